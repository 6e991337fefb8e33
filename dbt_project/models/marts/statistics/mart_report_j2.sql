-- One row per unit, period and line of form J2 (targets by unit), as printed; the last line is the total (no unit code).
with lines as (
    select
        r.*,
        u.unit_name,
        case when u.is_rollup then null else g.target_value end as target_value,
        case when u.is_rollup then null else r.member_unit end as rate_unit
    from {{ ref('int_report_unit') }} as r
    inner join {{ ref('dim_unit') }} as u on u.reporting_unit = r.member_unit
    left join {{ ref('mart_target_progress') }} as g
        on g.reporting_unit = r.member_unit and g.period = left(r.period, 4) and g.indicator_code = 'person_times'
        and g.breakdown = '' and g.is_latest_version
),

printed as (
    select
        reporting_unit, period, member_unit as unit_code, unit_name, rate_unit, target_value, current_value, cumulative_value,
        subsidy_yuan, row_number() over (partition by reporting_unit, period order by member_unit) as line_no
    from lines
    union all
    select
        reporting_unit, period, null, '合计', reporting_unit, sum(target_value), sum(current_value), sum(cumulative_value),
        sum(subsidy_yuan), count(*) + 1
    from lines
    group by reporting_unit, period
),

rates as (
    select
        reporting_unit, period, max(value) filter (where indicator_code = 'pass_rate') as pass_rate,
        max(value) filter (where indicator_code = 'employment_rate') as employment_rate
    from {{ ref('mart_indicator') }}
    where dimension = 'cumulative'
    group by reporting_unit, period
)

select
    p.reporting_unit,
    p.period,
    p.line_no::integer as line_no,
    p.unit_code,
    p.unit_name,
    p.target_value::double as target_value,
    p.current_value::double as current_value,
    p.cumulative_value::double as cumulative_value,
    p.cumulative_value / nullif(p.target_value, 0)::double as completion_ratio,
    p.cumulative_value / nullif(p.target_value, 0)::double
        - (w.counts_to - w.starts_on + 1) / dayofyear(make_date(year(w.ends_on), 12, 31))::double as time_gap_ratio,
    r.pass_rate,
    r.employment_rate,
    p.subsidy_yuan::decimal(18, 2) as subsidy_yuan
from printed as p
inner join {{ ref('int_window') }} as w on w.period = p.period and w.is_cumulative
left join rates as r on r.reporting_unit = p.rate_unit and r.period = p.period
