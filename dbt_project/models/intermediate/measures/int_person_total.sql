-- Distinct persons for every window.
select
    u.reporting_unit,
    w.period,
    case when w.is_cumulative then 'cumulative' else p.dimension end as dimension,
    p.member,
    coalesce(sum(p.person_count) filter (where p.event = 'trained'), 0) as trained_count,
    coalesce(sum(p.person_count) filter (where p.event = 'apprentice'), 0) as apprentice_count,
    coalesce(sum(p.person_count) filter (where p.event = 'graduate'), 0) as graduate_count
from {{ ref('int_person_presence') }} as p
inner join {{ ref('int_unit_source') }} as u on u.source_unit = p.reporting_unit
inner join {{ ref('int_window') }} as w on p.quarter_mask & w.quarter_mask <> 0
where not w.is_cumulative or p.dimension = 'all'
group by all
