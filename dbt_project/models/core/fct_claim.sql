-- One row per claim or line of it. Where a claim has a row without a person, that row carries the money.
with claims as (
    select
        c.*,
        b.data_date,
        c.slot_unit || '/' || c.claim_id as claim_key,
        bool_or(c.person_key is null) over (partition by c.slot_unit, c.claim_id) as has_header,
        coalesce(k.reporting_unit, c.slot_unit) as reporting_unit
    from {{ ref('stg_claims') }} as c
    cross join {{ source('control', 'build') }} as b
    left join {{ ref('dim_class') }} as k on k.class_id = c.class_id
)

select
    claim_key,
    claim_id,
    slot_unit,
    reporting_unit,
    class_id,
    person_key,
    ojt_month,
    payee_kind,
    payee_id,
    subsidy_kind,
    fund_source,
    claim_status,
    claimed_on,
    paid_on,
    advance_on,
    claimed_yuan,
    cut_yuan,
    approved_yuan,
    advance_yuan,
    paid_yuan,
    recovered_yuan,
    person_key is null or not has_header as is_money_row,
    has_header,
    coalesce(claim_status not in ('returned', 'void'), false) as is_live,
    claimed_on <= data_date as is_counted,
    (case when coalesce(paid_on <= data_date, true) then coalesce(paid_yuan, 0) else 0 end
        - case when coalesce(recovered_on <= data_date, true) then coalesce(recovered_yuan, 0) else 0 end
    )::decimal(18, 2) as net_paid_yuan,
    submission_id,
    file_name,
    sheet,
    row_no
from claims
