"""Live checks under a form: an Excel formula over printed cells, and what it shows before anyone recalculates.

Belongs here: relations between printed numbers (审核关系). Not here: any number of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from dashboards.release import Row
from dashboards.reports.tables import Form, is_total


@dataclass
class Placed:
    """Where a form stands in the workbook: `cell(row_index, field)` is an A1 reference on its sheet."""

    form: Form
    rows: list[Row]
    sheet: str
    first_row: int
    letters: dict[str, str] = field(default_factory=dict)

    def cell(self, index: int, column: str, elsewhere: bool = False) -> str:
        reference = f"{self.letters[column]}{self.first_row + index + 1}"
        return f"'{self.sheet}'!{reference}" if elsewhere else reference

    def index_of(self, code: str) -> int | None:
        return next((index for index, row in enumerate(self.rows) if row.get("code") == code), None)

    def total(self) -> int | None:
        return next((index for index, row in enumerate(self.rows) if is_total(row)), None)


@dataclass(frozen=True)
class Check:
    """One relation: the condition as an Excel formula, and whether it holds for the rows printed."""

    text: str
    condition: str
    holds: bool


def _value(row: Row, column: str) -> Decimal:
    value = row.get(column)
    return Decimal(0) if value is None else Decimal(str(value))


def _order(placed: Placed, _: dict[str, Placed]) -> tuple[list[str], bool] | None:
    completed, certified = placed.index_of("person_times"), placed.index_of("person_times_certified")
    if completed is None or certified is None:
        return None
    columns = ("current_value", "cumulative_value")
    parts = [f"{placed.cell(certified, column)}<={placed.cell(completed, column)}" for column in columns]
    rows = placed.rows
    return parts, all(_value(rows[certified], column) <= _value(rows[completed], column) for column in columns)


def _cumulative(placed: Placed, _: dict[str, Placed]) -> tuple[list[str], bool] | None:
    parts, holds = [], True
    for index, row in enumerate(placed.rows):
        if row["unit_of_measure"] in ("person_times", "yuan", "count", "classes", "person_months"):
            parts.append(f"{placed.cell(index, 'cumulative_value')}>={placed.cell(index, 'current_value')}")
            holds = holds and _value(row, "cumulative_value") >= _value(row, "current_value")
    return (parts, holds) if parts else None


def _total(placed: Placed, _: dict[str, Placed]) -> tuple[list[str], bool] | None:
    total = placed.total()
    if total is None or total == 0:
        return None
    parts, holds = [], True
    for column in ("target_value", "current_value", "cumulative_value", "subsidy_yuan"):
        lines = f"{placed.cell(0, column)}:{placed.cell(total - 1, column)}"
        parts.append(f"ABS(SUM({lines})-{placed.cell(total, column)})<0.005")
        summed = sum((_value(row, column) for row in placed.rows[:total]), Decimal(0))
        holds = holds and abs(summed - _value(placed.rows[total], column)) < Decimal("0.005")
    return parts, holds


def _cross(placed: Placed, others: dict[str, Placed]) -> tuple[list[str], bool] | None:
    total, first = placed.total(), others.get("J1")
    line = first.index_of("person_times") if first else None
    if total is None or first is None or line is None:
        return None
    other = first.cell(line, "cumulative_value", elsewhere=True)
    holds = _value(placed.rows[total], "cumulative_value") == _value(first.rows[line], "cumulative_value")
    return [f"ABS({placed.cell(total, 'cumulative_value')}-{other})<0.005"], holds


def _types(placed: Placed, _: dict[str, Placed]) -> tuple[list[str], bool] | None:
    """Every training has one type, so types add up to the whole; categories of people overlap and do not."""
    total = placed.total()
    lines = [index for index, row in enumerate(placed.rows) if row.get("dimension") == "training_type"]
    if total is None or not lines:
        return None
    first, last = placed.cell(lines[0], "person_times"), placed.cell(lines[-1], "person_times")
    summed = sum((_value(placed.rows[index], "person_times") for index in lines), Decimal(0))
    condition = f"ABS(SUM({first}:{last})-{placed.cell(total, 'person_times')})<0.005"
    return [condition], summed == _value(placed.rows[total], "person_times")


def _balance(placed: Placed, _: dict[str, Placed]) -> tuple[list[str], bool] | None:
    parts, holds = [], True
    signs = {"opening_yuan": 1, "income_yuan": 1, "returned_yuan": 1, "outlay_yuan": -1, "unexplained_yuan": 1}
    for index, row in enumerate(placed.rows):
        terms = "".join(f"{'+' if sign > 0 else '-'}N({placed.cell(index, name)})" for name, sign in signs.items())
        parts.append(f"ABS({terms[1:]}-N({placed.cell(index, 'closing_yuan')}))<0.005")
        holds = holds and sum(sign * _value(row, name) for name, sign in signs.items()) == _value(row, "closing_yuan")
    return (parts, holds) if parts else None


RELATIONS: dict[str, Callable[[Placed, dict[str, Placed]], tuple[list[str], bool] | None]] = {
    "check_order": _order,
    "check_cumulative": _cumulative,
    "check_total": _total,
    "check_cross": _cross,
    "check_types": _types,
    "check_balance": _balance,
}


def checks_of(placed: Placed, others: dict[str, Placed], text: Callable[[str], str]) -> list[Check]:
    """The checks that the printed rows allow, in the form's order; `others` are the forms placed so far, by code."""
    found = []
    for name in placed.form.checks:
        relation = RELATIONS[name](placed, others)
        if relation is not None:
            parts, holds = relation
            condition = f"AND({','.join(parts)})" if len(parts) > 1 else parts[0]
            found.append(Check(text(placed.form.text_key(name)), condition, holds))
    return found
