-- Trainings of ended classes in scope, with the quarter of their end and what the sums need.
select
    t.class_id,
    t.person_key,
    t.reporting_unit,
    q.quarter_no,
    {% for d in training_dimensions() %}t.{{ d }},
    {% endfor %}t.trainee_categories,
    t.skill_level in ('1', '2', '3') as is_senior,
    {% for flag in ['is_counted', 'is_certified', 'is_paid', 'has_result', 'is_linked', 'is_employment_base_3m', 'is_employed_3m',
        'is_employment_base', 'is_employed', 'is_employment_base_12m', 'is_employed_12m', 'is_retained_6m',
        'is_retention_base_12m', 'is_retained_12m', 'is_startup_base', 'is_startup'] %}t.{{ flag }},
    {% endfor %}coalesce(p.examined_count, 0) as examined_count,
    coalesce(p.passed_count, 0) as passed_count,
    {% for months in [3, 6, 12] %}t.ends_on + interval {{ months }} month <= b.data_date as is_mature_{{ months }}m{{ ',' if not loop.last }}
    {% endfor %}
from {{ ref('fct_training') }} as t
cross join {{ source('control', 'build') }} as b
inner join {{ ref('int_quarter') }} as q on q.quarter = year(t.ends_on) || 'Q' || quarter(t.ends_on)
left join {{ ref('int_training_pass') }} as p on p.class_id = t.class_id and p.person_key = t.person_key
where t.is_in_scope and t.has_ended
