-- Standard of a class in force on the day it was approved: that of the project it names, best with its level; else its own.
with projects as (
    select
        c.class_id,
        p.valid_from,
        p.standard_yuan,
        p.daily_rate_yuan,
        p.is_new_occupation,
        p.certificate_kind
    from {{ ref('stg_classes') }} as c
    inner join {{ ref('stg_projects') }} as p
        on p.project_id = c.project_id
        and c.approved_on between p.valid_from and coalesce(p.valid_to, date '9999-12-31')
        and (p.skill_level is not distinct from c.skill_level or p.skill_level is null or c.skill_level is null)
    qualify row_number() over (
        partition by c.class_id
        order by (p.skill_level is not distinct from c.skill_level) desc, (p.skill_level is null) desc, p.valid_from desc, p.skill_level
    ) = 1
)

select
    c.class_id,
    coalesce(p.standard_yuan, c.standard_yuan) as standard_yuan,
    p.valid_from as standard_from,
    p.daily_rate_yuan,
    coalesce(p.is_new_occupation, false) as is_flagged_new,
    p.certificate_kind as project_certificate_kind
from {{ ref('stg_classes') }} as c
left join projects as p on p.class_id = c.class_id
