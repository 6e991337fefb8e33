-- Which unit's person counts a unit shows: its own, or where it is made of one unit alone, that unit's (the same persons).
select
    reporting_unit,
    case when count(*) = 1 then any_value(member_unit) else reporting_unit end as source_unit
from {{ ref('int_unit_member') }}
group by reporting_unit
