-- Dalian, persons: the seven groups, the conditions of new hires, induction in time, start-up simulation after its certificate.
with trainings as (
    select t.*
    from {{ ref('int_policy_training') }} as t
    where t.is_counted
),

firms as (
    select employer_id, bool_or(is_labour_dispatch) as is_dispatch, arg_max(district_code, year) as district_code
    from {{ ref('stg_enterprises') }}
    group by employer_id
),

spells as (
    select
        t.class_id, t.person_key,
        bool_or(
            e.insurance_kind = 'pension' and e.employer_id = t.employer_id and t.starts_on between e.starts_on and e.in_force_to
        ) as is_insured,
        bool_or(e.insurance_kind = 'registration') as is_registered
    from trainings as t
    inner join {{ ref('fct_employment') }} as e on e.person_key = t.person_key
    group by t.class_id, t.person_key
),

starters as (
    select person_key, min(examined_on) as held_on
    from {{ ref('fct_certification') }}
    where is_certificate and certificate_kind = 'startup_completion'
    group by person_key
)

select {{ finding_columns('t', 't.reporting_unit', 't.standard_yuan', 't.ends_on', "{'categories': len(t.trainee_categories)}", class_id='t.class_id', person_key='t.person_key') }}
from trainings as t
{{ bound('category_not_eligible', 't.reporting_unit', 't.ends_on') }}
where not list_has_any(t.trainee_categories, {{ category_list('eligible', 'rule.jurisdiction', 't.ends_on') }})
union all
select
    {{ finding_columns('t', 't.reporting_unit', 't.standard_yuan', 't.ends_on',
        "{'contract_from': t.contract_from, 'contract_to': t.contract_to, 'is_insured': coalesce(s.is_insured, false),"
        ~ " 'is_registered': coalesce(s.is_registered, false), 'is_dispatch': f.is_dispatch, 'district': f.district_code}",
        class_id='t.class_id', person_key='t.person_key', employer_id='t.employer_id') }}
from trainings as t
{{ bound('new_hire_conditions', 't.reporting_unit', 't.ends_on') }}
{{ limit('contract_years_min', 'p', 't.ends_on') }}
left join firms as f on f.employer_id = t.employer_id
left join spells as s on s.class_id = t.class_id and s.person_key = t.person_key
where list_contains(t.trainee_categories, 'new_hire')
    and not list_has_any(t.trainee_categories, list_filter({{ category_list('eligible', 'rule.jurisdiction', 't.ends_on') }}, lambda g: g <> 'new_hire'))
    and not coalesce(
        coalesce(t.contract_to, date '9999-12-31') >= t.contract_from + to_years(p.amount::integer) - interval 1 day
        and s.is_insured and s.is_registered and not coalesce(f.is_dispatch, false)
        and starts_with(f.district_code, {{ division_prefix('rule.jurisdiction') }}), false)
union all
select {{ finding_columns('t', 't.reporting_unit', 't.standard_yuan', 't.ends_on', "{'contract_from': t.contract_from, 'starts_on': t.starts_on}", class_id='t.class_id', person_key='t.person_key') }}
from trainings as t
{{ bound('induction_late', 't.reporting_unit', 't.ends_on') }}
{{ limit('induction_months', 'p', 't.ends_on') }}
where t.training_type = 'induction' and t.starts_on > t.contract_from + to_months(p.amount::integer)
union all
select {{ finding_columns('t', 't.reporting_unit', 't.standard_yuan', 't.ends_on', "{'held_on': s.held_on, 'starts_on': t.starts_on}", class_id='t.class_id', person_key='t.person_key') }}
from trainings as t
{{ bound('simulation_without_certificate', 't.reporting_unit', 't.ends_on') }}
left join starters as s on s.person_key = t.person_key
where t.training_type = 'startup_simulation' and not coalesce(s.held_on <= t.starts_on, false)
