"""Which reports a release can print."""

from __future__ import annotations

from dashboards.release import Release, Row


def printable(release: Release) -> list[Row]:
    """Reporting unit and period (year or quarter) that has rows, the newest first."""
    return release.rows(
        "select distinct reporting_unit, period from marts.mart_report_j1 where period similar to '[0-9]{4}(Q[1-4])?' "
        "order by period desc, reporting_unit"
    )
