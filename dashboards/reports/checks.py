"""Live checks under a form: an Excel formula over printed cells, and what it shows before anyone recalculates.

Belongs here: relations between printed numbers (审核关系). Not here: any number of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from dashboards.release import Row
from dashboards.reports.form import Form, is_total

# A formula holds 8,192 characters: above so many rows, a relation of each row is written over the whole block.
FORMULA_ROWS = 40
TOLERANCE = Decimal("0.005")
FLOWS = {"opening_yuan": 1, "income_yuan": 1, "returned_yuan": 1, "outlay_yuan": -1, "unexplained_yuan": 1}
ADDED_UP = ("person_times", "persons", "apprentices", "yuan", "count", "classes", "person_months")
LEVELS = {f"cell_{member}": 1 for member in ("5", "4", "3", "2", "1", "specific_ability", "none")}
PARTS = dict.fromkeys(("base_yuan", "task_yuan", "performance_yuan", "difficulty_yuan", "input_yuan", "adjustment_yuan"), 1)
FATES = ("rows_not_data", "rows_duplicate", "rows_quarantined", "rows_accepted")
# Form -> its total line's column, and the form, line (None for the total) and column that it equals.
SAME = {
    "J2": ("cumulative_value", "J1", "person_times", "cumulative_value"),
    "J3": ("cell_all", "J1", "person_times", "cumulative_value"),
    "J4": ("cell_all", "J1", "person_times", "cumulative_value"),
    "J5": ("outlay_yuan", "J2", None, "subsidy_yuan"),
}


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

    def index_of(self, code: str | None) -> int | None:
        """The line of a code; the total line for None."""
        found = (i for i, row in enumerate(self.rows) if (is_total(row) if code is None else row.get("code") == code))
        return next(found, None)

    def value(self, index: int, column: str) -> Decimal:
        value = self.rows[index].get(column)
        return Decimal(0) if value is None else Decimal(str(value))


@dataclass(frozen=True)
class Check:
    """One relation: the condition as an Excel formula, and whether it holds for the rows printed."""

    text: str
    condition: str
    holds: bool


# The conditions of a relation and whether all of them hold; None where the rows printed do not allow it.
Relation = tuple[list[str], bool] | None


def _order(placed: Placed, _: dict[str, Placed]) -> Relation:
    completed, certified = placed.index_of("person_times"), placed.index_of("person_times_certified")
    if completed is None or certified is None:
        return None
    columns = ("current_value", "cumulative_value")
    parts = [f"{placed.cell(certified, column)}<={placed.cell(completed, column)}" for column in columns]
    return parts, all(placed.value(certified, column) <= placed.value(completed, column) for column in columns)


def _cumulative(placed: Placed, _: dict[str, Placed]) -> Relation:
    lines = [index for index, row in enumerate(placed.rows) if row["unit_of_measure"] in ADDED_UP]
    parts = [f"{placed.cell(i, 'cumulative_value')}>={placed.cell(i, 'current_value')}" for i in lines]
    holds = all(placed.value(i, "cumulative_value") >= placed.value(i, "current_value") for i in lines)
    return (parts, holds) if parts else None


def _total(placed: Placed, _: dict[str, Placed]) -> Relation:
    """Every count and amount that the total line holds is the sum of the lines above it."""
    total = placed.index_of(None)
    if not total:
        return None
    parts, holds = [], True
    for column in placed.form.columns:
        if column.kind in ("number", "yuan") and placed.rows[total].get(column.field) is not None:
            lines = f"{placed.cell(0, column.field)}:{placed.cell(total - 1, column.field)}"
            parts.append(f"ABS(SUM({lines})-{placed.cell(total, column.field)})<0.005")
            summed = sum((placed.value(index, column.field) for index in range(total)), Decimal(0))
            holds = holds and abs(summed - placed.value(total, column.field)) < TOLERANCE
    return parts, holds


def _same(placed: Placed, others: dict[str, Placed]) -> Relation:
    """The total line equals a cell of an earlier form."""
    column, code, line, field_there = SAME[placed.form.code]
    there, total = others.get(code), placed.index_of(None)
    other = there.index_of(line) if there else None
    if total is None or there is None or other is None:
        return None
    condition = f"ABS(N({placed.cell(total, column)})-N({there.cell(other, field_there, elsewhere=True)}))<0.005"
    return [condition], abs(placed.value(total, column) - there.value(other, field_there)) < TOLERANCE


def _identity(signs: dict[str, int], whole: str) -> Callable[[Placed, dict[str, Placed]], Relation]:
    """In each line the signed cells add up to the whole."""

    def relation(placed: Placed, _: dict[str, Placed]) -> Relation:
        holds = all(
            abs(sum(sign * placed.value(i, name) for name, sign in signs.items()) - placed.value(i, whole)) < TOLERANCE
            for i in range(len(placed.rows))
        )
        if len(placed.rows) <= FORMULA_ROWS:
            parts = [
                _signed(signs, whole, lambda name, i=i: f"N({placed.cell(i, name)})") for i in range(len(placed.rows))
            ]
        else:
            end = len(placed.rows) - 1
            parts = [_signed(signs, whole, lambda name: f"SUM({placed.cell(0, name)}:{placed.cell(end, name)})")]
        return (parts, holds) if parts else None

    return relation


def _signed(signs: dict[str, int], whole: str, cell: Callable[[str], str]) -> str:
    terms = "".join(f"{'+' if sign > 0 else '-'}{cell(name)}" for name, sign in signs.items())
    return f"ABS({terms.removeprefix('+')}-{cell(whole)})<0.005"


def _rows(placed: Placed, _: dict[str, Placed]) -> Relation:
    """Of each unit, rows read = rows not data, repeated, set aside and accepted."""
    parts, holds = [], True
    for _unit, lines in groupby(range(len(placed.rows)), key=lambda i: placed.rows[i]["member_unit"]):
        at = {placed.rows[i]["item"]: i for i in lines}
        if {"rows_read", *FATES} <= set(at):
            terms = "-".join(f"N({placed.cell(at[item], 'current_value')})" for item in ("rows_read", *FATES))
            parts.append(f"ABS({terms})<0.005")
            fates = sum(placed.value(at[item], "current_value") for item in FATES)
            holds = holds and placed.value(at["rows_read"], "current_value") == fates
    return (parts[:FORMULA_ROWS], holds) if parts else None


RELATIONS: dict[str, Callable[[Placed, dict[str, Placed]], Relation]] = {
    "check_order": _order,
    "check_cumulative": _cumulative,
    "check_total": _total,
    "check_cross": _same,
    "check_levels": _identity(LEVELS, "cell_all"),
    "check_balance": _identity(FLOWS, "closing_yuan"),
    "check_claims": _identity({"claims_yuan": 1, "other_yuan": 1, "difference_yuan": 1}, "outlay_yuan"),
    "check_rows": _rows,
    "check_parts": _identity(PARTS, "proposed_yuan"),
}


def checks_of(placed: Placed, others: dict[str, Placed], text: Callable[[str], str]) -> Iterable[Check]:
    """The checks that the printed rows allow, in the form's order; `others` are the forms placed so far, by code."""
    for name in placed.form.checks:
        relation = RELATIONS[name](placed, others)
        if relation is not None and relation[0]:
            parts, holds = relation
            condition = f"AND({','.join(parts)})" if len(parts) > 1 else parts[0]
            yield Check(text(placed.form.text_key(name)), condition, holds)
