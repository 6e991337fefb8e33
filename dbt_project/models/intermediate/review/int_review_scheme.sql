-- The scheme that a unit is reviewed by: the default one of the most local jurisdiction; a preview only where switched on.
select u.reporting_unit, arg_max(s.scheme, length(s.prefix)) as scheme
from {{ ref('dim_unit') }} as u
cross join {{ source('control', 'build') }} as b
inner join {{ source('given', 'scheme') }} as s on s.is_default and starts_with(u.reporting_unit, s.prefix)
where not u.is_rollup and (s.status <> 'preview' or list_contains(b.preview, s.jurisdiction))
group by u.reporting_unit
