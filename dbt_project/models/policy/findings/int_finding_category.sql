-- Trainees against the groups of their class: project-based outside the groups, charged though free, insured though unemployed.
with insured as (
    select distinct t.class_id, t.person_key
    from {{ ref('int_policy_training') }} as t
    {{ bound('insured_in_unemployed_training', 't.reporting_unit', 't.starts_on') }}
    inner join {{ ref('fct_employment') }} as e
        on e.person_key = t.person_key and t.starts_on between e.starts_on and e.in_force_to
    inner join {{ ref('int_policy_category') }} as g
        on g.category_set = 'insured' and g.jurisdiction = rule.jurisdiction and g.category = e.insurance_kind
        and t.starts_on between g.valid_from and g.valid_to
    where list_contains(t.trainee_categories, 'unemployed')
)

select
    {{ finding_columns('t', 't.reporting_unit', 't.standard_yuan', 't.starts_on', "{'is_project_based': true}",
        class_id='t.class_id', person_key='t.person_key') }}
from {{ ref('int_policy_training') }} as t
{{ bound('project_based_category', 't.reporting_unit', 't.starts_on') }}
where t.is_project_based
    and not list_has_any(t.trainee_categories, {{ category_list('project_based', 'rule.jurisdiction', 't.starts_on') }})
union all
select
    {{ finding_columns('t', 't.reporting_unit', 't.fee_yuan', 't.starts_on', "{'fee_yuan': t.fee_yuan}",
        class_id='t.class_id', person_key='t.person_key') }}
from {{ ref('int_policy_training') }} as t
{{ bound('fee_in_free_training', 't.reporting_unit', 't.starts_on') }}
where t.fee_yuan > 0
    and list_has_any(t.trainee_categories, {{ category_list('free_training', 'rule.jurisdiction', 't.starts_on') }})
union all
select
    {{ finding_columns('t', 't.reporting_unit', 't.standard_yuan', 't.starts_on', "{'insured_on': t.starts_on}",
        class_id='t.class_id', person_key='t.person_key') }}
from {{ ref('int_policy_training') }} as t
inner join insured as i on i.class_id = t.class_id and i.person_key = t.person_key
{{ bound('insured_in_unemployed_training', 't.reporting_unit', 't.starts_on') }}
