-- One person in one class whose class is known, with a short number for the person (to count persons fast).
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
    coalesce(e.completion = 'completed', false) as is_completed,
    coalesce(e.completion = 'completed', false) and c.is_in_scope and c.has_ended as is_counted,
    coalesce(e.employed_at_start, false) as is_employed_by_flag
from {{ ref('stg_enrollments') }} as e
inner join persons as p on p.person_key = e.person_key
inner join {{ ref('dim_class') }} as c on c.class_id = e.class_id
