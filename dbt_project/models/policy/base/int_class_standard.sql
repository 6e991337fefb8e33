-- Standard of a class in force on the day it was approved: that of the project it names, best with its level; else its own.
select
    c.class_id,
    coalesce(p.standard_yuan, c.standard_yuan) as standard_yuan,
    p.standard_from,
    p.daily_rate_yuan,
    coalesce(p.is_in_force and p.is_new_occupation, false) as is_flagged_new,
    case when p.is_in_force then p.certificate_kind end as project_certificate_kind
from {{ ref('stg_classes') }} as c
left join {{ ref('int_class_project') }} as p on p.class_id = c.class_id
