-- Pairs of a unit and the units its figures are made of: itself, and for a province, municipality or city those below it.
with units as (
    select u.reporting_unit as member_unit, coalesce(left(o.parent_unit, 6), u.reporting_unit) as place
    from {{ ref('int_unit') }} as u
    left join {{ source('given', 'reporting_unit') }} as o on o.reporting_unit = u.reporting_unit
),

rollups as (
    select member_unit, left(place, 2) || '0000' as reporting_unit from units
    union all
    -- the four municipalities have no city between district and municipality
    select member_unit, left(place, 4) || '00' from units where left(place, 2) not in ('11', '12', '31', '50')
)

select member_unit as reporting_unit, member_unit, false as is_rollup from units
union all
select distinct reporting_unit, member_unit, true
from rollups
where reporting_unit <> member_unit and reporting_unit <> '000000'
