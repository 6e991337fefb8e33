-- Paid but not in the system: the class of a paid claim is unknown or has no roster. Every training claim must name a class.
with rosters as (
    select distinct c.class_id
    from {{ ref('stg_classes') }} as c
    inner join {{ ref('stg_enrollments') }} as e on e.class_id = c.class_id
)

select
    {{ finding_columns('c', 'c.reporting_unit', 'c.paid_yuan', 'coalesce(c.paid_on, c.claimed_on)', "{'class_id': c.class_id, 'subsidy_kind': c.subsidy_kind}",
        class_id='c.class_id', claim_id='c.claim_id', key='c.claim_key') }}
from {{ ref('int_policy_claim') }} as c
{{ bound('paid_not_in_system', 'c.reporting_unit', 'coalesce(c.paid_on, c.claimed_on)') }}
where c.claim_status in ('paid', 'recovered') and c.paid_yuan > 0
    and (c.class_id is not null or c.subsidy_kind in ('training', 'apprenticeship'))
    and (c.class_id is null or c.class_id not in (select class_id from rosters))
