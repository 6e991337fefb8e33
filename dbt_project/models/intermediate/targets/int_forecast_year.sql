-- Expected value of the year of the data date for each figure with a target: the ended quarters, corrected for late arrival,
-- over the share that these quarters had in earlier years; and how far the same reckoning missed those years.
-- Fractions are summed in the order of time: another order would move the last bits, and two builds would differ.
with years as (
    select
        indicator_code, reporting_unit, dimension, member, calendar_year,
        any_value(current_year) as current_year,
        count(*) filter (where has_ended) as ended_count,
        list_sum(list(value order by quarter_of_year)) as year_value,
        list(value order by quarter_of_year) as quarter_values,
        list_sum(list(value / known_ratio order by quarter_of_year) filter (where has_ended)) as corrected_value,
        list_sum(list(value order by quarter_of_year) filter (where has_ended)) as ended_value
    from (select *, max(calendar_year) over () as current_year from {{ ref('int_forecast_quarter') }})
    group by all
),

present as (select * from years where calendar_year = current_year),

-- an earlier year at the same point of time, judged by the other earlier years
earlier as (
    select
        y.indicator_code, y.reporting_unit, y.dimension, y.member, y.calendar_year, y.year_value,
        list_sum(y.quarter_values[:p.ended_count]) as elapsed_value,
        ln(y.year_value / nullif(lag(y.year_value) over (figure order by y.calendar_year), 0)) as growth_log
    from years as y
    inner join present as p
        on p.indicator_code = y.indicator_code and p.reporting_unit = y.reporting_unit and p.dimension = y.dimension
        and p.member = y.member
    where y.calendar_year < y.current_year and y.ended_count = 4 and y.year_value > 0
    window figure as (partition by y.indicator_code, y.reporting_unit, y.dimension, y.member)
),

judged as (
    select
        *,
        elapsed_value * (sum(year_value) over figure - year_value)
            / nullif(sum(elapsed_value) over figure - elapsed_value, 0) as expected_value
    from earlier
    window figure as (
        partition by indicator_code, reporting_unit, dimension, member
        order by calendar_year rows between unbounded preceding and unbounded following
    )
),

history as (
    select
        indicator_code, reporting_unit, dimension, member, count(*) as year_count,
        list_sum(list(elapsed_value order by calendar_year)) / list_sum(list(year_value order by calendar_year)) as elapsed_ratio,
        count(expected_value) filter (where expected_value > 0) as tested_count,
        list_avg(list(abs(expected_value / year_value - 1) order by calendar_year)) as error_ratio,
        -- a filter does not keep the logarithm from rows without an expectation
        sqrt(list_avg(list(ln(nullif(greatest(expected_value, 0), 0) / year_value) ** 2 order by calendar_year))) as error_log,
        sqrt(list_avg(list(growth_log ** 2 order by calendar_year))) as growth_log
    from judged
    group by all
)

select
    p.indicator_code, p.reporting_unit, p.dimension, p.member, p.current_year as calendar_year,
    p.year_value as actual_value,
    p.ended_count,
    coalesce(h.year_count, 0) as year_count,
    p.ended_value / nullif(p.corrected_value, 0) as known_ratio,
    case when p.ended_count = 4 then 1 else h.elapsed_ratio end as elapsed_ratio,
    case when p.ended_count > 0 then greatest(p.year_value, p.corrected_value / nullif(
        case when p.ended_count = 4 then 1 else h.elapsed_ratio end, 0)) end as forecast_value,
    coalesce(h.tested_count, 0) as tested_count,
    h.error_ratio,
    h.error_log,
    h.growth_log
from present as p
left join history as h
    on h.indicator_code = p.indicator_code and h.reporting_unit = p.reporting_unit and h.dimension = p.dimension
    and h.member = p.member
