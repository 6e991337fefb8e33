"""Columns worked out from the printed figures beside them, so that they tell no more than those do. Not here: true figures."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from dashboards.release import Row
from dashboards.words import HIDDEN

Look = Callable[[Any], Any]
Printed = Callable[[Look], Any]


def _sum(names: list[str], found: dict[str, Printed], look: Look) -> Any:
    values = [found[name](look) if name in found else HIDDEN for name in names]
    if HIDDEN in values:
        return HIDDEN
    known = [Decimal(str(value)) for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _pair(column: dict[str, Any], found: dict[str, Printed], other: str, look: Look) -> tuple[Any, Any]:
    return _sum(column["of"], found, look), _sum(column[other], found, look)


def _quotient(column: dict[str, Any], name: str, row: Row, found: dict[str, Printed], less: int = 0) -> Printed:
    def value(look: Look) -> Any:
        above, below = _pair(column, found, "over", look)
        if HIDDEN in (above, below):
            return HIDDEN
        return None if above is None or not below else float(above / below) - less

    return value


def _growth(column: dict[str, Any], name: str, row: Row, found: dict[str, Printed]) -> Printed:
    return _quotient(column, name, row, found, 1)


def _difference(column: dict[str, Any], name: str, row: Row, found: dict[str, Printed]) -> Printed:
    def value(look: Look) -> Any:
        first, second = _pair(column, found, "less", look)
        if HIDDEN in (first, second):
            return HIDDEN
        return None if first is None or second is None else float(first - second)

    return value


def _shift(column: dict[str, Any], name: str, row: Row, found: dict[str, Printed]) -> Printed:
    """A ratio less something public (the share of time gone): moved by as much as rounding moved the ratio."""
    by = column["by"]

    def value(look: Look) -> Any:
        printed = found[by](look) if by in found else HIDDEN
        if printed is None or printed == HIDDEN or row.get(by) is None or row.get(name) is None:
            return HIDDEN if printed == HIDDEN else None
        # the true ratio cancels out: what is left is the public part
        return printed + round(float(row[name]) - float(row[by]), 12)

    return value


def _shortfall(column: dict[str, Any], name: str, row: Row, found: dict[str, Printed]) -> Printed:
    def value(look: Look) -> Any:
        actual, target = _pair(column, found, "over", look)
        if HIDDEN in (actual, target):
            return HIDDEN
        if actual is None or target is None:
            return None
        gap = float(target - actual)
        return {"ge": max(0.0, gap), "le": max(0.0, -gap)}.get(str(row.get("comparator")), abs(gap))

    return value


def _state(column: dict[str, Any], name: str, row: Row, found: dict[str, Printed]) -> Printed:
    """met, missed, running, unknown: a word for what the printed figures say, put into the reader's language by the form."""

    def value(look: Look) -> Any:
        actual, target = _pair(column, found, "over", look)
        if HIDDEN in (actual, target):
            return HIDDEN
        if actual is None or target is None:
            return "unknown"
        met = {"ge": actual >= target, "le": actual <= target}.get(str(row.get("comparator")), actual == target)
        if met:
            return "met"
        return "running" if float(row.get("time_progress_ratio") or 0) < 1 else "missed"

    return value


def _pace(column: dict[str, Any], name: str, row: Row, found: dict[str, Printed]) -> Printed:
    """behind or ahead of the time gone, as the printed gap says."""

    def value(look: Look) -> Any:
        gap = _sum(column["of"], found, look)
        if gap is None or gap == HIDDEN:
            return "" if gap is None else HIDDEN
        return "behind" if gap < 0 else "ahead"

    return value


# `is` in the declarations: (declaration, column, row, what prints the columns beside) -> what prints this one
DERIVED: dict[str, Callable[[dict[str, Any], str, Row, dict[str, Printed]], Printed]] = {
    "quotient": _quotient,
    "growth": _growth,
    "difference": _difference,
    "shift": _shift,
    "shortfall": _shortfall,
    "state": _state,
    "pace": _pace,
}
