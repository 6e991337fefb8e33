-- Ledger lines and openings stated without a voucher, in file order, with the balance after each: the last one stated,
-- carried on by income less outlay. An opening states a balance and moves nothing.
with entries as (
    select
        slot_unit as reporting_unit, account as fund_source, booked_on, 1 as entry_order,
        slot_period, file_name, sheet, row_no, voucher_no, line_no, purpose,
        case when purpose = 'opening' then 0 else coalesce(income_yuan, 0) end as income_yuan,
        case when purpose = 'opening' then 0 else coalesce(outlay_yuan, 0) end as outlay_yuan,
        case when purpose = 'opening' then coalesce(balance_yuan, income_yuan) else balance_yuan end as balance_yuan
    from {{ ref('stg_fund_ledger') }}
    union all
    select reporting_unit, account, booked_month, 0, period, '', '', 0, '', 0, 'opening', 0, 0, opening_yuan
    from {{ source('control', 'opening') }}
),

ordered as (
    select
        *,
        row_number() over (partition by reporting_unit, fund_source
            order by booked_on, entry_order, slot_period, file_name, sheet, row_no, voucher_no, line_no) as entry_no
    from entries
    where booked_on <= (select data_date from {{ source('control', 'build') }})
),

stretches as (
    select *, count(balance_yuan) over (partition by reporting_unit, fund_source order by entry_no) as stretch_no
    from ordered
),

-- before the first stated balance the opening is what the first statement implies, 0 where none is ever stated
bases as (
    select
        reporting_unit, fund_source,
        coalesce(
            first(balance_yuan - income_yuan + outlay_yuan order by entry_no) filter (where balance_yuan is not null)
                - coalesce(sum(income_yuan - outlay_yuan) filter (where stretch_no = 0), 0),
            0
        ) as base_yuan
    from stretches
    group by reporting_unit, fund_source
)

select
    s.* exclude (stretch_no, entry_order),
    b.base_yuan::decimal(18, 2) as base_yuan,
    coalesce(
        s.balance_yuan,
        coalesce(max(s.balance_yuan) over stretch, b.base_yuan)
            + sum(case when s.balance_yuan is null then s.income_yuan - s.outlay_yuan else 0 end) over (stretch order by s.entry_no)
    )::decimal(18, 2) as running_yuan
from stretches as s
inner join bases as b on b.reporting_unit = s.reporting_unit and b.fund_source = s.fund_source
window stretch as (partition by s.reporting_unit, s.fund_source, s.stretch_no)
