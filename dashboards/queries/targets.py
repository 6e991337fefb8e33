"""Targets against actuals: rows of mart_target_progress and its forecast; for the course of the years, of mart_indicator.

Not here: any ratio of its own.
"""

from __future__ import annotations

from dashboards.release import Release, Row

# Of several versions of a plan the newest is shown; the earlier ones stand in the table of versions.
PROGRESS = """
select *
from marts.mart_target_progress
where reporting_unit = $1
qualify plan_version = max(plan_version) over (partition by indicator_code, period, breakdown)
order by indicator_code, period like '%-%', period, breakdown
"""

_TARGET = ("indicator_code", "period", "breakdown", "plan_version")

VERSIONS = """
select indicator_code, period, breakdown, plan_version, target_value, comparator, clause, document_no
from marts.mart_target_progress
where reporting_unit = $1
qualify count(*) over (partition by indicator_code, period, breakdown) > 1
order by indicator_code, period, breakdown, plan_version
"""

# The running total of quarters: person-times are dated by one day each, so quarters add up to the span's own row.
BURN_UP = """
select
    period,
    last_day(make_date(left(period, 4)::integer, right(period, 1)::integer * 3, 1)) as ends_on,
    value,
    sum(value) over (order by period) as running_value
from marts.mart_indicator
where reporting_unit = $1
    and indicator_code = $2
    and dimension = 'all'
    and period similar to '[0-9]{4}Q[1-4]'
    and left(period, 4) between $3 and $4
order by period
"""

# The plan's own course: the targets of its years, one on the other.
PLAN_COURSE = """
select
    period,
    make_date(period::integer, 12, 31) as ends_on,
    target_value,
    sum(target_value) over (order by period) as running_target
from (
    select *
    from marts.mart_target_progress
    where reporting_unit = $1 and indicator_code = $2 and breakdown = '' and period similar to '[0-9]{4}'
        and period between $3 and $4
    qualify plan_version = max(plan_version) over (partition by period)
) as years
order by period
"""


# What is expected by the end of each target's time; a management figure, never part of a statistical report.
FORECAST = """
select indicator_code, period, breakdown, plan_version, forecast_value, lower_value, upper_value,
    expected_completion_ratio, is_expected_met, back_test_error_ratio, back_test_years, reason
from marts.mart_target_forecast
where reporting_unit = $1 and forecast_value is not null
"""

# The headline of every unit that has one, the furthest behind first: the longest period each has.
BY_UNIT = """
select *
from marts.mart_target_progress
where indicator_code = $1 and breakdown = ''
qualify plan_version = max(plan_version) over (partition by reporting_unit, period)
    and period = $2
order by completion_ratio - time_progress_ratio nulls last, reporting_unit
"""


def progress(release: Release, unit: str) -> list[Row]:
    """Rows of mart_target_progress of one unit, the newest plan version of each; years first, then spans.

    Where the release forecasts a target, its row carries forecast_value, lower_value, upper_value and what they rest on.
    """
    rows = release.rows(PROGRESS, [unit])
    expected = release.rows(FORECAST, [unit]) if release.has("mart_target_forecast") else []
    by_target = {tuple(row[name] for name in _TARGET): row for row in expected}
    return [{**by_target.get(tuple(row[name] for name in _TARGET), {}), **row} for row in rows]


def by_unit(release: Release, indicator: str, period: str) -> list[Row]:
    """The whole-unit target of one indicator and period of every unit, the furthest behind its time first."""
    return release.rows(BY_UNIT, [indicator, period])


def target_state(row: Row) -> str:
    """met, missed, running (not met, and its time is not over) or unknown (no actual)."""
    if row.get("is_met") is None:
        return "unknown"
    if row["is_met"]:
        return "met"
    return "running" if (row.get("time_progress_ratio") or 0) < 1 else "missed"


def versions(release: Release, unit: str) -> list[Row]:
    """Targets of the unit that were changed: every version of them."""
    return release.rows(VERSIONS, [unit])


def burn_up(release: Release, unit: str, indicator: str, first: str, last: str) -> list[Row]:
    """Quarters of `first` to `last` (years): period, ends_on DATE, value, running_value."""
    if not release.has("mart_indicator"):
        return []
    return release.rows(BURN_UP, [unit, indicator, first, last])


def plan_course(release: Release, unit: str, indicator: str, first: str, last: str) -> list[Row]:
    """Years of `first` to `last` with a target: period, ends_on DATE, target_value, running_target."""
    return release.rows(PLAN_COURSE, [unit, indicator, first, last])
