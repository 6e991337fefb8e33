-- One row per unit, month and line of form C2 (progress towards targets by unit), as printed; the last line is the total (no
-- unit code). Quarters and years of the same form are lines of J2.
with months as (
    select
        strftime(m.starts_on, '%Y%m') as period, y.period as calendar_year,
        -- share of the year gone by at the month's end, or by the data date
        (least(last_day(m.starts_on::date), b.data_date) - y.starts_on + 1) / y.day_count::double as time_ratio
    from {{ ref('dim_period') }} as y
    cross join {{ source('control', 'build') }} as b
    cross join unnest(generate_series(y.starts_on::timestamp, least(y.ends_on, b.data_date)::timestamp, interval 1 month)) as m (starts_on)
    where y.period_kind = 'year' and y.is_loaded
),

completed as (
    select reporting_unit as member_unit, strftime(ends_on, '%Y%m') as period, count(*) as completed_count
    from {{ ref('fct_training') }}
    where is_counted
    group by all
),

targets as (
    select reporting_unit, period, target_value
    from {{ ref('mart_target_progress') }}
    where indicator_code = 'person_times' and breakdown = '' and is_latest_version
),

-- of several plans of several years that cover a year, the one that began last
spans as (
    select t.*, y.calendar_year
    from targets as t
    inner join (select distinct calendar_year from months) as y
        on t.period like '%-%' and y.calendar_year between left(t.period, 4) and right(t.period, 4)
    qualify row_number() over (partition by t.reporting_unit, y.calendar_year order by t.period desc) = 1
),

lines as (
    select
        r.reporting_unit, m.*, r.member_unit as unit_code, u.unit_name, r.member_unit as target_unit,
        case when not u.is_rollup then t.target_value end as target_value,
        coalesce(c.completed_count, 0) as current_value
    from {{ ref('int_report_unit') }} as r
    inner join months as m on m.calendar_year = r.period
    inner join {{ ref('dim_unit') }} as u on u.reporting_unit = r.member_unit
    left join completed as c on c.member_unit = r.member_unit and c.period = m.period
    left join targets as t on t.reporting_unit = r.member_unit and t.period = m.calendar_year
),

printed as (
    select *, row_number() over (partition by reporting_unit, period order by unit_code) as line_no from lines
    union all by name
    select
        reporting_unit, period, calendar_year, time_ratio, null as unit_code, '合计' as unit_name, reporting_unit as target_unit,
        sum(target_value) as target_value, sum(current_value) as current_value, count(*) + 1 as line_no
    from lines
    group by reporting_unit, period, calendar_year, time_ratio
),

summed as (
    select
        p.*, s.target_value as span_target_value,
        sum(p.current_value) over (partition by p.reporting_unit, p.unit_code, p.calendar_year order by p.period) as cumulative_value,
        sum(p.current_value) over (partition by p.reporting_unit, p.unit_code, s.period order by p.period) as span_value
    from printed as p
    left join spans as s on s.reporting_unit = p.target_unit and s.calendar_year = p.calendar_year
)

select
    reporting_unit, period, line_no::integer as line_no, unit_code, unit_name,
    target_value::double as target_value, current_value::double as current_value, cumulative_value::double as cumulative_value,
    cumulative_value / nullif(target_value, 0)::double as completion_ratio,
    cumulative_value / nullif(target_value, 0)::double - time_ratio as time_gap_ratio,
    span_target_value::double as span_target_value,
    case when span_target_value is not null then span_value::double end as span_actual_value,
    span_value / nullif(span_target_value, 0)::double as span_completion_ratio
from summed
