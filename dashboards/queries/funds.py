"""Money: rows of mart_fund_position and mart_fund_reconciliation as they are."""

from __future__ import annotations

from dashboards.release import Release, Row


def positions(release: Release, unit: str) -> list[Row]:
    """Every fund's years of one unit, in order of fund and year."""
    return release.rows(
        "select * from marts.mart_fund_position where reporting_unit = $1 and period similar to '[0-9]{4}' "
        "order by period, fund_source",
        [unit],
    )


def quarters(release: Release, unit: str, year: str) -> list[Row]:
    """Every fund's quarters of one year."""
    return release.rows(
        "select * from marts.mart_fund_position where reporting_unit = $1 and period like $2 || 'Q_' "
        "order by fund_source, period",
        [unit, year],
    )


def units_with_funds(release: Release) -> list[str]:
    """Units with a fund position, in order of their code."""
    found = release.rows("select distinct reporting_unit from marts.mart_fund_position order by 1")
    return [row["reporting_unit"] for row in found]


def reconciliation(release: Release, unit: str, period: str) -> list[Row]:
    """Legs of the reconciliation of one unit and period; empty where the release has none."""
    if not release.has("mart_fund_reconciliation"):
        return []
    return release.rows(
        "select * from marts.mart_fund_reconciliation where reporting_unit = $1 and period = $2 order by leg",
        [unit, period],
    )
