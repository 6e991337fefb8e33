"""The figure of an indicator that a cell of a printed form shows (J1, J2, J7, N1, N3, N5, C1, C2, E1), and the rows behind it.

Belongs here: from form, line and column to indicator, unit, period and breakdown. Not here: rows (`figures/trace.py`), cells
that are no indicators (`figures/trace_form.py`).
"""

from __future__ import annotations

import re
from typing import Any

from orchestration.errors import UsageError
from orchestration.figures.trace import trace
from orchestration.settings import Settings

SO_FAR = "cumulative=all"
# Column -> the indicator (None: the line names it) and its breakdown.
LINES = {"current_value": (None, None), "cumulative_value": (None, SO_FAR), "previous_year_value": (None, None)}
UNITS = {
    "current_value": ("person_times", None),
    "cumulative_value": ("person_times", SO_FAR),
    "pass_rate": ("pass_rate", SO_FAR),
    "employment_rate": ("employment_rate", SO_FAR),
    "subsidy_yuan": ("fund_spend", SO_FAR),
}
MOVED = {"current_value": (None, None), "frozen_value": (None, None)}
ACTUAL = {"actual_value": (None, None)}
FORMS = {"J1": LINES, "J2": UNITS, "C2": UNITS, "J7": MOVED, "N5": MOVED, "N1": ACTUAL, "C1": ACTUAL, "E1": ACTUAL, "N3": {}}
# The one column of N2 that is an indicator, of the institution in the line.
SATISFIED = "satisfaction_rate"
YEARS = ("N1", "N3")
# C2 of a month has a mart of its own.
MONTH = re.compile(r"\d{6}")


def is_line(form: str, period: str, column: str) -> bool:
    """Whether the cells of this column of the form are figures of an indicator."""
    if form == "N2":
        return column == SATISFIED
    return form in FORMS and not (form == "C2" and MONTH.fullmatch(period))


def trace_line(
    settings: Settings, form: str, *, unit: str, period: str, line: str, column: str, release: str | None = None
) -> dict[str, Any]:
    """The figure in the cell with its rows, as `figures.trace.trace` gives them.

    `line`: the indicator's code, in J2 and C2 the unit's (`all` is the total). `column`: as the form's mart calls it, in N1
    and N3 also a year. UsageError where the column is reckoned from others; NoSuchTrace where the release holds no such figure.
    """
    if form == "N2":
        breakdown = None if line == "all" else f"institution_id={line}"
        return trace(settings, SATISFIED, unit=unit, period=period, breakdown=breakdown, release=release)
    known = FORMS[form]
    year = column.removeprefix("cell_")
    if form in YEARS and re.fullmatch(r"\d{4}", year):
        return trace(settings, line, unit=unit, period=year, release=release)
    if column not in known:
        raise UsageError(
            f"{form} 的 {column} 栏不能直接追溯：可用 {'、'.join(known) or '年份'}；其余各栏由它们算出，目标值随指标一并列出。",
            f"column {column} of {form} is not traced: use {', '.join(known) or 'a year'}; others are reckoned from them,"
            " and targets are listed with the indicator.",
        )
    indicator, breakdown = known[column]
    if known is UNITS and line != "all":
        unit = line
    if column == "previous_year_value":
        period = f"{int(period[:4]) - 1}{period[4:]}"
    if column == "frozen_value":
        release = _official(settings, period)
    return trace(settings, indicator or line, unit=unit, period=period, breakdown=breakdown, release=release)


def _official(settings: Settings, period: str) -> str:
    from orchestration.release.freeze import frozen

    known = frozen(settings).get(period)
    if known is None:
        raise UsageError(f"{period} 尚未定稿，没有定稿数。", f"{period} is not frozen.")
    return str(known["release_id"])
