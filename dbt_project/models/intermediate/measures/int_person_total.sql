-- Distinct persons for every window.
select
    p.reporting_unit,
    w.period,
    case when w.is_cumulative then 'cumulative' else p.dimension end as dimension,
    p.member,
    coalesce(sum(p.person_count) filter (where p.trained_mask & w.quarter_mask <> 0), 0) as trained_count,
    coalesce(sum(p.person_count) filter (where p.apprentice_mask & w.quarter_mask <> 0), 0) as apprentice_count,
    coalesce(sum(p.person_count) filter (where p.graduate_mask & w.quarter_mask <> 0), 0) as graduate_count
from {{ ref('int_person_presence') }} as p
cross join {{ ref('int_window') }} as w
where not w.is_cumulative or p.dimension = 'all'
group by all
