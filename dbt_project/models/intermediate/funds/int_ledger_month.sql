-- Ledger against payments and against what reports take from it, by month. Explained: outlay that pays no claim (capacity,
-- adjustment, interest); a claim booked in full in other months than the payment's; an advance whose claim is not settled.
with lines as (
    select reporting_unit, booked_month, claim_id, purpose, outlay_yuan
    from {{ ref('fct_ledger_line') }}
    where purpose <> 'opening' and outlay_yuan <> 0 and booked_on <= (select data_date from {{ source('control', 'build') }})
),

claims as (
    select
        slot_unit as reporting_unit, claim_id, max(advance_yuan) as advance_yuan,
        date_trunc('month', max(paid_on) filter (where claim_status in ('paid', 'recovered')))::date as booked_month,
        sum(paid_yuan) filter (where claim_status in ('paid', 'recovered')) as paid_yuan
    from {{ ref('fct_claim') }}
    where is_money_row and is_counted and coalesce(paid_on <= (select data_date from {{ source('control', 'build') }}), true)
    group by slot_unit, claim_id
),

moves as (
    select reporting_unit, booked_month, claim_id, sum(outlay_yuan) as left_yuan, 0 as right_yuan from lines group by all
    union all
    select reporting_unit, booked_month, claim_id, 0, paid_yuan from claims where booked_month is not null and paid_yuan is not null
),

months as (
    select
        reporting_unit, claim_id, booked_month, sum(left_yuan) as left_yuan, sum(right_yuan) as right_yuan,
        sum(sum(left_yuan)) over claim as booked_yuan, sum(sum(right_yuan)) over claim as settled_yuan
    from moves
    group by reporting_unit, claim_id, booked_month
    window claim as (partition by reporting_unit, claim_id)
),

others as (
    select reporting_unit, booked_month, sum(outlay_yuan) as other_yuan
    from lines
    where claim_id is null and purpose in ('capacity', 'adjustment', 'interest')
    group by all
)

select
    'ledger_payment' as leg, m.reporting_unit, m.booked_month, sum(m.left_yuan) as left_yuan, sum(m.right_yuan) as right_yuan,
    coalesce(max(o.other_yuan), 0) + coalesce(sum(m.left_yuan - m.right_yuan) filter (where m.claim_id is not null
        and (m.booked_yuan = m.settled_yuan or m.settled_yuan = 0 and m.booked_yuan = c.advance_yuan)), 0) as explained_yuan
from months as m
left join claims as c on c.reporting_unit = m.reporting_unit and c.claim_id = m.claim_id
left join others as o on o.reporting_unit = m.reporting_unit and o.booked_month = m.booked_month
group by m.reporting_unit, m.booked_month
union all
select 'ledger_report', reporting_unit, booked_month, sum(left_yuan), sum(right_yuan), 0
from (
    select reporting_unit, booked_month, outlay_yuan as left_yuan, 0 as right_yuan from lines
    union all
    select reporting_unit, date_trunc('month', booked_on)::date, 0, outlay_yuan from {{ ref('int_ledger_entry') }} where outlay_yuan <> 0
)
group by reporting_unit, booked_month
