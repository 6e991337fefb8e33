"""Targets against actuals: rows of mart_target_progress, of its forecast and of its course over the years.

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

# The plan's years quarter by quarter, with what has come together and what the targets come to.
COURSE = """
select period, ends_on, value, running_value, running_target
from marts.mart_target_course
where reporting_unit = $1 and indicator_code = $2
order by ends_on
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


def course(release: Release, unit: str, indicator: str) -> list[Row]:
    """Quarters of the plan's years: period, ends_on DATE, value, running_value, and running_target at each year's end."""
    return release.rows(COURSE, [unit, indicator]) if release.has("mart_target_course") else []
