-- One row per reporting unit, with the municipalities and provinces their figures roll up to.
with units as (
    select reporting_unit, bool_or(is_rollup) as is_rollup
    from {{ ref('int_unit_member') }}
    group by reporting_unit
)

select
    u.reporting_unit,
    coalesce(o.unit_name, d.name, u.reporting_unit) as unit_name,
    coalesce(d.level, case when u.reporting_unit = '000000' then 'nation' else 'own' end) as unit_level,
    coalesce(o.parent_unit, d.parent_code) as parent_unit,
    u.is_rollup,
    i.reporting_unit is not null as is_reporting
from units as u
left join {{ source('given', 'division') }} as d on d.code = u.reporting_unit
left join {{ source('given', 'reporting_unit') }} as o on o.reporting_unit = u.reporting_unit
left join {{ ref('int_unit') }} as i on i.reporting_unit = u.reporting_unit
