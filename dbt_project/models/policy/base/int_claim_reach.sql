-- Trainings a claim reaches: of the persons it names in its class; of everybody in the class where it names nobody.
with named as (
    select distinct claim_key, class_id, person_key, subsidy_kind
    from {{ ref('int_policy_claim_row') }}
    where class_id is not null and person_key is not null
)

select claim_key, class_id, person_key, subsidy_kind, true as is_named from named
union all
select c.claim_key, c.class_id, t.person_key, c.subsidy_kind, false
from {{ ref('int_policy_claim') }} as c
inner join {{ ref('int_policy_training') }} as t on t.class_id = c.class_id
where c.claim_key not in (select claim_key from named)
