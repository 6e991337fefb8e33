"""A report's printed cells as figures: which keys and true values stand behind each, and what it prints once states are settled.

Belongs here: reading rows by the declarations of `data/disclosure.yml`; what is not declared is closed.
Not here: which figures are hidden (`suppression.py`), and the marts (`figures.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from dashboards.disclosure.derived import DERIVED
from dashboards.disclosure.figures import Figures, Sides
from dashboards.disclosure.keys import Key, at_period, breakdown
from dashboards.disclosure.model import rounded
from dashboards.disclosure.policy import Policy
from dashboards.release import Row
from dashboards.words import HIDDEN

FIELD = re.compile(r"\{(\w+)\}")
Look = Callable[[Key], Any]
Printed = Callable[[Look], Any]


@dataclass(frozen=True)
class Cell:
    """One true figure of a publication. `persons` names the count behind money, `rate` what is printed that each gets."""

    truth: float
    is_money: bool = False
    low: float = 0.0
    counts_persons: bool = True
    is_withheld: bool = False
    persons: Key | None = None
    rate: float | None = None


@dataclass
class Reading:
    """What one report or page of a release prints, as figures; filled form by form."""

    figures: Figures
    unit: str
    period: str
    policy: Policy
    cells: dict[Key, Cell] = field(default_factory=dict)
    span: str | None = None

    def row(self, form: str, columns: Iterable[tuple[str, str]], row: Row, is_total: bool) -> dict[str, Printed]:
        """What prints each column (field, kind) of a row, by field, in the order in which they can be worked out."""
        declared = self.policy.form(form)
        found: dict[str, Printed] = {}
        later: dict[str, dict[str, Any]] = {}
        for name, kind in columns:
            if declared is None:
                found[name] = self._undeclared(form, name, kind, row)
                continue
            column = self.policy.column(form, name)
            if column is None:
                is_name = kind == "text" and name in self.policy.given["texts"]
                found[name] = _fixed(row.get(name) if is_name or row.get(name) in (None, "") else HIDDEN)
            elif column["is"] in DERIVED:
                later[name] = column
            else:
                found[name] = self._base({**declared, **column}, declared, column, name, row, is_total)
        for name, column in later.items():
            found[name] = DERIVED[column["is"]](column, name, row, found)
        return found

    def count(self, key: Key, truth: float, low: float = 0.0, about: Iterable[tuple[str, str]] = ()) -> Printed:
        """A count on record; prints the rounded count or the mark."""
        withheld = self.policy.is_withheld(key.unit, (*key.where, *about))
        persons = self.policy.counts_persons(key.quantity)
        return _look(self._add(key, Cell(truth, False, low if truth >= low else 0.0, persons, withheld)))

    def indicator(
        self, code: str, key: Key, sides: Sides, unit_of_measure: str
    ) -> tuple[Printed, dict[str, Printed | None]]:
        """What prints the value of a row of mart_indicator, and its numerator and denominator where it is a rate."""
        value = self.sides(code, key, sides, unit_of_measure)
        upper, lower = self.policy.given["rates"].get(code, (f"{code}.upper", f"{code}.lower"))
        found = {}
        for name, quantity, truth in (("numerator", upper, sides.numerator), ("denominator", lower, sides.denominator)):
            one = replace(key, quantity=quantity)
            is_known = sides.denominator is not None and one in self.cells and self.cells[one].truth == truth
            found[name] = _look(one) if is_known else _fixed(HIDDEN)
        return value, found

    def sides(self, indicator: str, key: Key, sides: Sides | None, unit_of_measure: str | None = None) -> Printed:
        """A value of mart_indicator: count, rate, mean or money, from its rounded sides. `key` says of what."""
        if sides is None or (sides.value is None and sides.denominator is None and sides.numerator is None):
            return _fixed(None)
        if indicator in self.policy.given["days"]:
            return self._days(indicator, key, sides)
        if sides.denominator is None:
            if unit_of_measure == "yuan":
                return _fixed(rounded(sides.value or 0, self.policy.limits.money_base))
            return self.count(replace(key, quantity=indicator), sides.value or 0.0, 1.0 if key.where else 0.0)
        money = self.policy.limits.money_base
        if indicator in self.policy.given["money_rates"]:
            above, below = rounded(sides.numerator or 0, money), rounded(sides.denominator, money)
            return _fixed(above / below if below else None)
        upper, lower = self.policy.given["rates"].get(indicator, (f"{indicator}.upper", f"{indicator}.lower"))
        count = self.count(replace(key, quantity=lower), sides.denominator, 1.0 if key.where else 0.0)
        if upper in self.policy.given["money_of_persons"]:
            part = self._money(replace(key, quantity=upper), sides.numerator or 0.0, replace(key, quantity=lower))
        elif unit_of_measure == "yuan":
            return _fixed(HIDDEN)  # a mean of money that nobody declared
        else:
            part = self.count(replace(key, quantity=upper), sides.numerator or 0.0)
        return lambda look: quotient(part(look), count(look))

    def _base(
        self, given: dict[str, Any], declared: dict[str, Any], column: dict[str, Any], name: str, row: Row, total: bool
    ) -> Printed:
        if given["is"] == "given":
            return _fixed(row.get(name))
        value, ending = row.get(name), column.get("ending", "")
        if given["is"] == "money" and "of" not in given:
            return _fixed(None if value is None else rounded(float(value), self.policy.limits.money_base))
        key = self._key(given, declared, column, row, ending, total)
        if value is None and "empty" not in given:
            return _fixed(None)
        about = [(dimension, _filled(text, row)) for dimension, text in given.get("about", {}).items()]
        if given["is"] == "count":
            low = 1.0 if key.where and value is not None else 0.0
            return self.count(key, float(value or 0), low, [pair for pair in about if pair[1]])
        if given["is"] == "money":
            heads = str(declared["columns"][given["persons"]]["of"])
            rate = row.get(given.get("rate", ""))
            # a total tells no single person's money, and may have no count beside it
            persons = replace(key, quantity=heads) if key.where else None
            withheld = self.policy.is_withheld(key.unit, (*key.where, *(pair for pair in about if pair[1])))
            return self._money(key, float(value or 0), persons, None if rate is None else float(rate), withheld)
        return self._figure(given, key, row, value)

    def _figure(self, given: dict[str, Any], key: Key, row: Row, value: Any) -> Printed:
        """A line whose unit of measure says what it is; a rate comes from its two sides in mart_indicator."""
        measure = "ratio" if given["is"] == "rate" else row.get("unit_of_measure")
        indicator = key.quantity
        if given.get("as"):  # what an earlier release printed: its sides are not in this one
            frozen = replace(key, quantity=f"{indicator}.{given['as']}")
            return self.count(frozen, float(value)) if measure in COUNTED else _fixed(HIDDEN)
        dimension, member = key.where[0] if key.where else ("all", "all")
        period = key.period
        if period.endswith("+"):
            dimension, period = "cumulative", period[:-1]
        if len(key.where) > 1 or (key.where and dimension == "cumulative"):
            return _fixed(HIDDEN)
        sides = self.figures.sides(indicator, key.unit, period, dimension, member)
        if measure == "ratio" or indicator in self.policy.given["days"] or (sides and sides.denominator is not None):
            return self.sides(indicator, key, sides, measure) if sides else _fixed(HIDDEN)
        if measure == "yuan":
            return _fixed(rounded(float(value), self.policy.limits.money_base))
        return self.count(key, float(value), 1.0 if key.where else 0.0)

    def _key(
        self,
        given: dict[str, Any],
        declared: dict[str, Any],
        column: dict[str, Any],
        row: Row,
        ending: str,
        total: bool,
    ) -> Key:
        unit = _filled(given.get("unit", ""), row) or self.unit
        period = (_filled(given.get("period", ""), row) or self.period).replace("*", ending)
        if given.get("at") == "span":
            period = self.span or f"{period}~"
        pairs = [] if total else list({**declared.get("where", {}), **column.get("where", {})}.items())
        if total:
            pairs = list(column.get("where", {}).items()) if "line" not in column.get("where", {}) else []
        filled = [(name, (_filled(text, row) or "all").replace("*", ending)) for name, text in pairs]
        if given.get("breakdown"):
            name, _, member = (_filled(given["breakdown"], row) or "").partition("=")
            filled.append((name, member or "all"))
        quantity = _filled(given["of"], row) or "-"
        return Key(quantity, unit, at_period(period, given.get("at", "current")), breakdown(filled, self.policy))

    def _money(
        self, key: Key, truth: float, persons: Key | None, rate: float | None = None, withheld: bool = False
    ) -> Printed:
        low = 0.0 if truth >= 0 else float("-inf")
        return _look(self._add(key, Cell(truth, True, low, True, withheld, persons, rate)))

    def leaves_out(self, form: str, row: Row) -> bool:
        """Whether a line would tell of a sensitive category below the district by standing there at all."""
        declared = self.policy.form(form) or {}
        about = [(name, _filled(text, row)) for name, text in declared.get("about", {}).items()]
        return bool(declared.get("leaves_out_withheld")) and self.policy.is_withheld(
            self.unit, [(name, member) for name, member in about if member]
        )

    def _days(self, indicator: str, key: Key, sides: Sides) -> Printed:
        base = replace(key, quantity=self.policy.given["days"][indicator])
        dimension, member = key.where[0] if key.where else ("all", "all")
        period = key.period[:-1] if key.period.endswith("+") else key.period
        found = self.figures.sides(base.quantity, key.unit, period, dimension, member)
        count = self.count(base, found.value if found and found.value else 0.0)
        return lambda look: HIDDEN if count(look) == HIDDEN else sides.value

    def _undeclared(self, form: str, name: str, kind: str, row: Row) -> Printed:
        value = row.get(name)
        if value in (None, ""):
            return _fixed(value)
        if kind == "text":
            return _fixed(value if name in self.policy.given["texts"] else HIDDEN)
        is_count = kind == "number" or (kind == "line" and row.get("unit_of_measure") in COUNTED)
        if not is_count:
            return _fixed(HIDDEN)
        line = sum(1 for key in self.cells if key.quantity == f"{form}.{name}")
        return self.count(Key(f"{form}.{name}", self.unit, self.period, (("line", str(line)),)), float(value))

    def _add(self, key: Key, cell: Cell) -> Key:
        """The key under which the figure stands: another one where this name already means another number."""
        number = 1
        plain = key
        while key in self.cells and abs(self.cells[key].truth - cell.truth) > 1e-9:
            number += 1
            key = replace(plain, quantity=f"{plain.quantity}.{number}")
        known = self.cells.get(key)
        if known is None or known.low < cell.low or cell.is_withheld:
            self.cells[key] = cell
        return key


COUNTED = ("person_times", "persons", "count", "classes", "person_months")


def quotient(above: Any, below: Any) -> Any:
    """A rate of two printed figures: hidden where either is, None where there is nothing to divide by."""
    if HIDDEN in (above, below):
        return HIDDEN
    return None if above is None or not below else above / below


def _fixed(value: Any) -> Printed:
    return lambda look: value


def _look(key: Key) -> Printed:
    return lambda look: look(key)


def _filled(text: str, row: Row) -> str | None:
    """A template with the row's fields; None where it is one field and that is empty."""
    if FIELD.fullmatch(text):
        value = row.get(text[1:-1])
        return None if value in (None, "") else str(value)
    return FIELD.sub(lambda found: str(row.get(found[1]) or "-"), text)
