-- The project row a class stands on: in force on the day it was approved, then of its level, then of any, then the newest. A row
-- out of force or of another level only tells kinds; one of several levels with other standards gives a class without a level none.
with named as (
    select
        c.class_id, c.standard_yuan as own_yuan, c.skill_level as class_level,
        p.occupation_name = c.occupation_name as is_same_occupation,
        c.approved_on between p.valid_from and coalesce(p.valid_to, date '9999-12-31') as is_in_force,
        p.skill_level is not distinct from c.skill_level as is_of_level,
        p.skill_level is null or c.skill_level is null or p.skill_level = c.skill_level as is_fitting,
        p.*
    from {{ ref('stg_classes') }} as c
    inner join {{ ref('stg_projects') }} as p on p.project_id = c.project_id
),

chosen as (
    select
        *,
        coalesce(class_level is null and skill_level is not null
            and min(standard_yuan) filter (where is_in_force and is_fitting) over (partition by class_id)
                <> max(standard_yuan) filter (where is_in_force and is_fitting) over (partition by class_id)
            and min(skill_level) filter (where is_in_force and is_fitting) over (partition by class_id)
                <> max(skill_level) filter (where is_in_force and is_fitting) over (partition by class_id), false) as is_open
    from named
    -- without anything that tells them apart, the least standard
    qualify row_number() over (
        partition by class_id
        order by (is_in_force and is_fitting) desc, is_of_level desc, is_in_force desc, (skill_level is null) desc,
            valid_from desc, standard_yuan, skill_level desc
    ) = 1
)

select
    class_id,
    is_in_force and is_fitting as is_in_force,
    certificate_kind,
    case when is_same_occupation then occupation_code end as occupation_code,
    is_new_occupation,
    is_in_force and is_fitting and not (is_open and own_yuan is not null) as gives_standard,
    case when gives_standard then valid_from end as standard_from,
    case when gives_standard then standard_yuan end as standard_yuan,
    case when gives_standard then daily_rate_yuan end as daily_rate_yuan,
    case when gives_standard then base_standard_yuan end as base_yuan,
    case when gives_standard then assessment_standard_yuan end as assessment_yuan
from chosen
