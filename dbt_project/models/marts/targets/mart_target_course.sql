-- One row per unit, indicator and quarter of a plan's years: what the quarter brought, what has come together since the plan
-- began, and at each year's end what the targets of the years come to. Only of what adds up over quarters.
with targets as (
    select t.reporting_unit, t.indicator_code, t.period, t.target_value
    from {{ ref('mart_target_progress') }} as t
    inner join {{ source('given', 'indicator') }} as d on d.indicator_code = t.indicator_code
    -- a person may train in several quarters; a person-time and a yuan belong to one
    where d.is_flow and d.unit_of_measure in ('person_times', 'yuan') and t.is_latest_version and t.breakdown = ''
        and regexp_full_match(t.period, '[0-9]{4}(-[0-9]{4})?')
),

spans as (
    select reporting_unit, indicator_code, min(left(period, 4))::integer as first_year, max(right(period, 4))::integer as last_year
    from targets
    group by all
),

years as (
    select reporting_unit, indicator_code, unnest(range(first_year, last_year + 1)) as calendar_year from spans
),

quarters as (
    select y.*, n.quarter_no, y.calendar_year || 'Q' || n.quarter_no as period,
        last_day(make_date(y.calendar_year, n.quarter_no::bigint * 3, 1)) as ends_on
    from years as y
    cross join (select unnest(range(1, 5)) as quarter_no) as n
)

select
    q.reporting_unit,
    q.indicator_code,
    q.period,
    q.ends_on,
    i.value,
    case when i.value is not null then sum(i.value) over course end as running_value,
    case when t.target_value is not null then sum(t.target_value) over course end as running_target
from quarters as q
left join {{ ref('mart_indicator') }} as i
    on i.reporting_unit = q.reporting_unit and i.indicator_code = q.indicator_code and i.period = q.period and i.dimension = 'all'
left join targets as t
    on t.reporting_unit = q.reporting_unit and t.indicator_code = q.indicator_code and q.quarter_no = 4
    and t.period = q.calendar_year::varchar
window course as (partition by q.reporting_unit, q.indicator_code order by q.ends_on)
