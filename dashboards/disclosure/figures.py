"""The true figures behind a report's cells, out of the release's marts. Not here: which are shown, and any rounding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboards.release import Release

# unit, period, then every indicator of it in every breakdown asked for
INDICATORS = """
select indicator_code, dimension, member, numerator::double as numerator, denominator::double as denominator,
    value::double as value
from marts.mart_indicator
where reporting_unit = $1 and period = $2
"""
UNITS = "select reporting_unit, is_rollup from marts.dim_unit order by reporting_unit"

SPAN = """
select min(period) as period
from marts.mart_target_progress
where reporting_unit = $1 and period like '%-%' and left($2, 4) between left(period, 4) and right(period, 4)
"""


@dataclass(frozen=True)
class Sides:
    """A row of mart_indicator: the figure and what it is made of."""

    numerator: float | None
    denominator: float | None
    value: float | None


class Figures:
    """Rows of mart_indicator by indicator, unit, period and breakdown; read once per unit and period."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self._read: dict[tuple[str, str], dict[tuple[str, str, str], Sides]] = {}

    def sides(self, indicator: str, unit: str, period: str, dimension: str, member: str) -> Sides | None:
        """The row, or None where the release has none; `dimension` is all, cumulative or a breakdown."""
        if (unit, period) not in self._read:
            rows = self.release.rows(INDICATORS, [unit, period]) if self.release.has("mart_indicator") else []
            self._read[unit, period] = {
                (row["indicator_code"], row["dimension"], row["member"]): Sides(
                    row["numerator"], row["denominator"], row["value"]
                )
                for row in rows
            }
        return self._read[unit, period].get((indicator, dimension, member))


def units_below(release: Release) -> dict[str, list[str]]:
    """The units that each unit above sums up, by the digits of their codes."""
    if not {"reporting_unit", "is_rollup"} <= release.tables.get("dim_unit", set()):
        return {}
    rows = release.rows(UNITS)
    own = [row["reporting_unit"] for row in rows if not row["is_rollup"]]
    return {row["reporting_unit"]: _below(row["reporting_unit"], own) for row in rows if row["is_rollup"]}


def span_of(release: Release, unit: str, period: str) -> str | None:
    """The plan of several years that covers a period."""
    if not release.has("mart_target_progress"):
        return None
    return next((row["period"] for row in release.rows(SPAN, [unit, period])), None)


def _below(unit: str, among: Iterable[str]) -> list[str]:
    stem = unit.rstrip("0")
    stem += "0" * (len(stem) % 2)
    return [one for one in among if one.startswith(stem)]
