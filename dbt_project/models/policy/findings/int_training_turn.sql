-- Counted trainings of a person in order (last day, first day, class), over the whole area a count is made in: their place
-- in the calendar year, in life, and within one occupation and level (without a level: and certificate kind).
select
    t.class_id,
    t.person_key,
    t.reporting_unit,
    t.count_area,
    year(t.ends_on)::integer as calendar_year,
    t.occupation_key,
    t.skill_level,
    coalesce(t.skill_level, f.certificate_kind, '') as level_or_kind,
    row_number() over (life) as turn_in_life,
    row_number() over (partition by t.count_area, t.person_key, year(t.ends_on) order by t.ends_on, t.starts_on, t.class_id) as turn_in_year,
    row_number() over (
        partition by t.count_area, t.person_key, t.occupation_key, coalesce(t.skill_level, f.certificate_kind, '')
        order by t.ends_on, t.starts_on, t.class_id
    ) as turn_in_level
from {{ ref('int_policy_training') }} as t
inner join {{ ref('fct_training') }} as f on f.class_id = t.class_id and f.person_key = t.person_key
where t.is_counted
window life as (partition by t.count_area, t.person_key order by t.ends_on, t.starts_on, t.class_id)
