-- One row per target: what is expected by the end of its year or span, with an 80 % interval and the error of the same reckoning
-- in earlier years. None, with the reason, where it cannot be said.
with quantiles as (
    -- 0.9 quantile of Student's t by number of years tried
    select unnest(range(1, 11)) as tested_count,
        unnest([3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372]) as t
),

reckoned as (
    select
        p.*,
        y.* exclude (indicator_code, reporting_unit, dimension, member, actual_value),
        y.actual_value as year_actual_value,
        year(d.ends_on) - y.calendar_year as years_ahead,
        q.t * sqrt(1 + 1.0 / y.tested_count) * y.error_log as width,
        -- a year that is over can only gain what comes late: as much again as is expected
        case when y.ended_count = 4 then y.actual_value else y.forecast_value * exp(-width) end as year_low_value,
        case when y.ended_count = 4 then 2 * y.forecast_value - y.actual_value else y.forecast_value * exp(width) end
            as year_high_value,
        case
            when p.period like '%Q%' or length(p.period) = 6 then 'not_a_year'
            when not i.is_flow then 'not_a_flow'
            when y.indicator_code is null or year(d.starts_on) > y.calendar_year then 'not_begun'
            when year(d.ends_on) < y.calendar_year then 'closed'
            when y.ended_count = 0 then 'no_quarter_ended'
            when y.year_count = 0 then 'under_four_quarters'
            when y.forecast_value is null then 'no_history'
        end as reason
    from {{ ref('mart_target_progress') }} as p
    inner join {{ source('given', 'indicator') }} as i on i.indicator_code = p.indicator_code
    inner join {{ ref('int_target_period') }} as d on d.period = p.period
    left join {{ ref('int_forecast_year') }} as y
        on y.indicator_code = p.indicator_code and y.reporting_unit = p.reporting_unit and y.dimension = p.dimension
        and y.member = p.member
    left join quantiles as q on q.tested_count = least(10, y.tested_count)
),

-- years after the present one are expected to come to the same, as uncertain again as years differ from each other
ahead as (
    select
        *,
        case when years_ahead = 0 then 0 else years_ahead * forecast_value end as ahead_value,
        case when years_ahead = 0 then 1 else exp(sqrt(width ** 2 + growth_log ** 2)) end as ahead_factor
    from reckoned
),

expected as (
    select
        *,
        actual_value + forecast_value - year_actual_value + ahead_value as expected_value,
        case when year_low_value is not null then
            greatest(actual_value, actual_value + year_low_value - year_actual_value + ahead_value / ahead_factor)
        end as low_value,
        actual_value + year_high_value - year_actual_value + ahead_value * ahead_factor as high_value
    from ahead
)

select
    reporting_unit, indicator_code, period, breakdown, plan_version, is_latest_version, target_value, comparator, actual_value,
    case when reason is null then expected_value end as forecast_value,
    case when reason is null then low_value end as lower_value,
    case when reason is null then high_value end as upper_value,
    case when reason is null then expected_value / nullif(target_value, 0) end as expected_completion_ratio,
    case when reason is null then case comparator when 'ge' then expected_value >= target_value
        when 'le' then expected_value <= target_value end end as is_expected_met,
    case when reason is null and ended_count < 4 then error_ratio end as back_test_error_ratio,
    coalesce(tested_count, 0) as back_test_years,
    coalesce(ended_count, 0) as ended_quarters,
    case when reason is null then known_ratio end as known_ratio,
    case when reason is null and low_value is null then 'no_back_test' else reason end as reason
from expected
