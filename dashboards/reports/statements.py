"""The SELECTs of forms whose rows stand for several rows of a mart side by side; $1 is the unit, $2 the period.

Not here: any sum or rate of its own; what is printed is a value of a mart.
"""

from __future__ import annotations


def cross(code: str) -> str:
    """The SELECT of a cross-tab form: one row per row member, its cells by column member, the total last."""
    return f"""
        select
            form, row_member, any_value(row_label) as row_label, row_member = 'all' as is_total,
            map_from_entries(list((column_member, value) order by column_member)) as cells,
            max(value) filter (where column_member in ('all', 'completed')) as row_value
        from marts.mart_report_cross
        where reporting_unit = $1 and period = $2 and form = '{code}'
        group by form, row_member
        order by is_total, row_value desc, row_member
    """


# The first four figures of a quarter or month, a span as it is.
_YEARS = r"regexp_replace($2, '^(\d{4})(Q\d|\d{2})$', '\1')"
_FORECAST = "forecast_value, lower_value, upper_value, back_test_error_ratio"

# Targets whose period lies in the years of $2 or covers them, the newest version of each plan, with what is expected.
PROGRESS = f"""
select t.*, {_FORECAST}
from marts.mart_target_progress as t
left join marts.mart_target_forecast as f using (reporting_unit, indicator_code, period, breakdown, plan_version)
where t.reporting_unit = $1 and left(t.period, 4) <= right({_YEARS}, 4)
    and right(regexp_replace(t.period, '^(\\d{{4}})(Q\\d|\\d{{2}})$', '\\1'), 4) >= left($2, 4)
qualify t.plan_version = max(t.plan_version) over (partition by t.indicator_code, t.period, t.breakdown)
order by t.indicator_code <> 'person_times', t.indicator_code, t.period like '%-%', t.period, t.breakdown
"""

# Each unit's line of J2 beside its plan of several years that covers the period, or its line of the month; with what is
# expected by the end of the year.
UNIT_PROGRESS = f"""
with lines as (
    select
        j.*, t.target_value as span_target_value, t.actual_value as span_actual_value,
        t.completion_ratio as span_completion_ratio
    from marts.mart_report_j2 as j
    left join (
        select * from marts.mart_target_progress
        where indicator_code = 'person_times' and breakdown = '' and period like '%-%'
            and left($2, 4) between left(period, 4) and right(period, 4)
        qualify plan_version = max(plan_version) over (partition by reporting_unit, period)
    ) as t on t.reporting_unit = coalesce(j.unit_code, j.reporting_unit)
    where j.reporting_unit = $1 and j.period = $2
    union all by name
    select * from marts.mart_report_c2 where reporting_unit = $1 and period = $2
)
select l.*, {_FORECAST}, '' as in_charge
from lines as l
left join (
    select * from marts.mart_target_forecast
    where indicator_code = 'person_times' and breakdown = '' and period = left($2, 4)
    qualify plan_version = max(plan_version) over (partition by reporting_unit)
) as f on f.reporting_unit = coalesce(l.unit_code, l.reporting_unit)
order by l.line_no
"""

# Targets of several years that cover the year, with the value of each of their years.
SPANS = """
select t.*, (
        select map_from_entries(list((y.period, y.value) order by y.period))
        from marts.mart_indicator as y
        where y.reporting_unit = t.reporting_unit and y.indicator_code = t.indicator_code and y.dimension = 'all'
            and length(y.period) = 4 and y.period between left(t.period, 4) and right(t.period, 4)
    ) as cells
from marts.mart_target_progress as t
where t.reporting_unit = $1 and t.period like '%-%' and t.breakdown = ''
    and left($2, 4) between left(t.period, 4) and right(t.period, 4)
qualify plan_version = max(plan_version) over (partition by indicator_code, period)
order by t.indicator_code <> 'person_times', t.indicator_code, t.period
"""

# Lines of J1 over the five years that end with the year.
SERIES = """
select
    line_no, code, any_value(label_zh) as label_zh, any_value(label_en) as label_en,
    any_value(unit_of_measure) as unit_of_measure,
    map_from_entries(list((period, current_value) order by period)) as cells
from marts.mart_report_j1
where reporting_unit = $1 and length(period) = 4 and period between (left($2, 4)::integer - 4)::varchar and left($2, 4)
group by line_no, code
order by line_no
"""

# Institutions with what people said of them, beside the cross-tab of their results.
INSTITUTIONS = f"""
select c.*, s.value as satisfaction_rate, i.institution_kind
from ({cross("N2")}) as c
left join marts.mart_indicator as s
    on s.indicator_code = 'satisfaction_rate' and s.reporting_unit = $1 and s.period = $2
    and s.dimension = case when c.row_member = 'all' then 'all' else 'institution_id' end and s.member = c.row_member
left join marts.dim_institution as i on i.institution_id = c.row_member
order by c.is_total, c.row_value desc, c.row_member
"""

# Figures of frozen periods of the year, up to the report's own, that have moved since.
RESTATED = """
select r.*, d.label_zh, d.label_en
from marts.mart_restatement as r
left join marts.mart_indicator_definition as d using (indicator_code)
where r.reporting_unit = $1 and r.dimension = 'all' and left(r.period, 4) = left($2, 4)
    and (length($2) = 4 or r.period <= $2)
order by r.period, d.sort_no, r.indicator_code
"""
