-- Pushes of training information by group, and the lowest of the five groups over all (a group without a push has 0).
with pushes as (
    select
        left(p.slot_unit, 6) as reporting_unit, q.quarter_no, 'trainee_category' as dimension, p.audience as member,
        count(*) as push_count
    from {{ ref('stg_publications') }} as p
    cross join {{ source('control', 'build') }} as b
    inner join {{ ref('int_quarter') }} as q on q.quarter = year(p.published_on) || 'Q' || quarter(p.published_on)
    where p.item = 'training_push' and p.audience is not null and p.published_on <= b.data_date
    group by all
),

totals as (
    select m.reporting_unit, w.period, w.is_cumulative, p.member, sum(p.push_count) as push_count
    from pushes as p
    inner join {{ ref('int_unit_member') }} as m on m.member_unit = p.reporting_unit
    inner join {{ ref('int_window') }} as w on p.quarter_no between w.first_quarter_no and w.last_quarter_no
    group by all
),

five as (
    select unnest(['graduate', 'unemployed', 'rural_worker', 'veteran', 'disabled']) as member
)

select reporting_unit, period, 'trainee_category' as dimension, member, push_count
from totals
where not is_cumulative
union all
select
    u.reporting_unit, u.period, case when u.is_cumulative then 'cumulative' else 'all' end, 'all',
    min(coalesce(t.push_count, 0))
from (select distinct reporting_unit, period, is_cumulative from totals) as u
cross join five as f
left join totals as t
    on t.reporting_unit = u.reporting_unit and t.period = u.period and t.is_cumulative = u.is_cumulative and t.member = f.member
group by all
