-- Advances: of kinds that may have none, over the share allowed; and payments, advance included, above the approved sum.
with claims as (
    select
        c.*,
        c.payee_kind = 'enterprise' or coalesce(k.is_project_based, false) as may_have_advance
    from {{ ref('int_policy_claim') }} as c
    left join {{ ref('dim_class') }} as k on k.class_id = c.class_id
)

select
    {{ finding_columns('c', 'c.reporting_unit', 'c.advance_yuan - p.amount * c.approved_yuan', 'coalesce(c.advance_on, c.claimed_on)',
        "{'advance_yuan': c.advance_yuan, 'approved_yuan': c.approved_yuan, 'allowed_share': p.amount}",
        class_id='c.class_id', claim_id='c.claim_id', key='c.claim_key') }}
from claims as c
{{ bound('advance_over_half', 'c.reporting_unit', 'coalesce(c.advance_on, c.claimed_on)') }}
{{ limit('advance_share_max', 'p', 'coalesce(c.advance_on, c.claimed_on)') }}
where c.may_have_advance and c.advance_yuan > p.amount * c.approved_yuan
union all
select
    {{ finding_columns('c', 'c.reporting_unit', 'c.advance_yuan', 'coalesce(c.advance_on, c.claimed_on)',
        "{'advance_yuan': c.advance_yuan, 'payee_kind': c.payee_kind}",
        class_id='c.class_id', claim_id='c.claim_id', key='c.claim_key') }}
from claims as c
{{ bound('advance_not_allowed', 'c.reporting_unit', 'coalesce(c.advance_on, c.claimed_on)') }}
where not c.may_have_advance and c.advance_yuan > 0
union all
select
    {{ finding_columns('c', 'c.reporting_unit', 'c.paid_yuan - c.approved_yuan', 'coalesce(c.paid_on, c.claimed_on)',
        "{'paid_yuan': c.paid_yuan, 'advance_yuan': c.advance_yuan, 'approved_yuan': c.approved_yuan}",
        class_id='c.class_id', claim_id='c.claim_id', key='c.claim_key') }}
from claims as c
{{ bound('paid_above_approved', 'c.reporting_unit', 'coalesce(c.paid_on, c.claimed_on)') }}
where c.paid_yuan > c.approved_yuan
