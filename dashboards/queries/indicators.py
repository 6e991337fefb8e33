"""Values of indicators: rows of mart_indicator as they are."""

from __future__ import annotations

from dashboards.release import Release, Row

ROWS = """
select *
from marts.mart_indicator
where reporting_unit = $1 and period = $2 and dimension = $3
order by indicator_code, member
"""


def whole(release: Release, unit: str, period: str) -> dict[str, Row]:
    """The all/all row of every indicator of a unit and period, by indicator code."""
    return {row["indicator_code"]: row for row in by(release, unit, period, "all")}


def by(release: Release, unit: str, period: str, dimension: str) -> list[Row]:
    """Rows of one dimension, every indicator and member."""
    if not release.has("mart_indicator"):
        return []
    return release.rows(ROWS, [unit, period, dimension])


def periods(release: Release, unit: str) -> list[str]:
    """Years, then quarters, that the unit has values for, newest first."""
    found = release.rows(
        "select distinct period from marts.mart_indicator where reporting_unit = $1 and dimension = 'all' "
        "and period not like '%-%'",
        [unit],
    )
    return sorted((row["period"] for row in found), key=lambda period: (len(period) == 4, period), reverse=True)


def units_with_values(release: Release) -> list[str]:
    """Units that mart_indicator has rows for, in order of their code."""
    found = release.rows("select distinct reporting_unit from marts.mart_indicator order by 1")
    return [row["reporting_unit"] for row in found]
