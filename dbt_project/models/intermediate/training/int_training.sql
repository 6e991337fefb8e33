-- One person in one class whose class is known, by the conventions of the unit's pack: whether it counts, and until when an
-- unlinked assessment or employment belongs to it. The short number of a person is to count persons fast.
with persons as (
    select person_key, row_number() over (order by person_key)::integer as person_no
    from (select distinct person_key from {{ ref('stg_enrollments') }})
)

select
    e.class_id,
    e.person_key,
    p.person_no,
    c.reporting_unit,
    c.starts_on,
    c.ends_on,
    c.occupation_code,
    c.occupation_name,
    c.skill_level,
    c.training_type,
    coalesce(list_contains(coalesce(v.completions, ['completed']), e.completion), false) as is_completed,
    coalesce(list_contains(coalesce(v.completions, ['completed']), e.completion), false) and c.is_in_scope and c.has_ended as is_counted,
    (c.ends_on + to_months(coalesce(v.certificate_window_months, 12)))::date as certificate_to,
    (c.ends_on + to_months(coalesce(v.employment_window_months, 6)))::date as employment_to,
    coalesce(e.employed_at_start, false) as is_employed_by_flag
from {{ ref('stg_enrollments') }} as e
inner join persons as p on p.person_key = e.person_key
inner join {{ ref('dim_class') }} as c on c.class_id = e.class_id
left join {{ ref('int_policy_convention') }} as v on v.unit_code = c.reporting_unit
