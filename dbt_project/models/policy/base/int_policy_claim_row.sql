-- Rows of claims neither returned nor void and dated by the data date, with the unit they bind in and the person they name.
with rows_ as (
    select
        c.*,
        c.slot_unit || '/' || c.claim_id as claim_key,
        bool_or(c.person_key is null) over claim as has_header,
        bool_or(c.person_key is not null) over claim as has_lines,
        max(c.class_id) over claim as claim_class_id
    from {{ ref('stg_claims') }} as c
    where c.claimed_on <= (select data_date from {{ source('control', 'build') }})
        and c.claim_status not in ('returned', 'void')
    window claim as (partition by c.slot_unit, c.claim_id)
)

select
    r.claim_key,
    r.claim_id,
    r.slot_unit,
    coalesce(k.reporting_unit, left(r.slot_unit, 6)) as reporting_unit,
    coalesce(r.class_id, r.claim_class_id) as class_id,
    coalesce(r.person_key, case when r.payee_kind = 'individual' and not r.has_lines then r.payee_id end) as person_key,
    r.person_key is null or not r.has_header as is_money_row,
    r.payee_kind,
    r.payee_id,
    r.subsidy_kind,
    r.fund_source,
    r.claim_status,
    r.standard_yuan,
    r.claimed_headcount,
    r.claimed_yuan,
    r.cut_yuan,
    r.cut_reason,
    r.approved_yuan,
    r.advance_yuan,
    r.advance_on,
    case when r.paid_on > b.data_date then null else r.paid_yuan end as paid_yuan,
    r.paid_on,
    case when r.recovered_on > b.data_date then null else r.recovered_yuan end as recovered_yuan,
    r.claimed_on,
    r.reviewed_on,
    r.ojt_month,
    r.submission_id,
    r.file_name,
    r.sheet,
    r.row_no
from rows_ as r
cross join {{ source('control', 'build') }} as b
left join {{ ref('dim_class') }} as k on k.class_id = coalesce(r.class_id, r.claim_class_id)
