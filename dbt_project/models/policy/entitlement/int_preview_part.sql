-- Base and assessment parts of a training under a draft that is switched on: the parts of its standard and the facts they hang on.
-- A draft owes nothing and does not say how much of a part poor results take away, so no sum is reckoned.
select
    t.class_id,
    t.person_key,
    to_json({'formula': 'base and assessment parts, preview', 'base_yuan': p.base_yuan, 'assessment_yuan': p.assessment_yuan,
        'is_completed': t.is_completed, 'is_certified': coalesce(f.is_certified, false)})::varchar as basis
from {{ ref('int_policy_training') }} as t
inner join {{ ref('int_policy_binding') }} as rule
    on rule.test = 'assessment_part_low' and rule.unit_code = t.reporting_unit
    and t.approved_on between rule.valid_from and rule.valid_to
inner join {{ ref('int_class_project') }} as p
    on p.class_id = t.class_id and coalesce(p.base_yuan, p.assessment_yuan) is not null
left join {{ ref('fct_training') }} as f on f.class_id = t.class_id and f.person_key = t.person_key
