-- The project row a class stands on: its project, best with its level, valid on the day the class was approved.
select
    c.class_id,
    p.certificate_kind,
    p.occupation_code,
    p.standard_yuan
from {{ ref('stg_classes') }} as c
inner join {{ ref('stg_projects') }} as p on p.project_id = c.project_id
qualify row_number() over (
    partition by c.class_id
    order by
        (p.skill_level is not distinct from c.skill_level) desc,
        (p.valid_from <= c.approved_on and coalesce(p.valid_to, c.approved_on) >= c.approved_on) desc,
        p.valid_from desc, p.skill_level
) = 1
