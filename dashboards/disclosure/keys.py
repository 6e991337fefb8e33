"""What a published figure is of: quantity, unit, period, breakdown; and the sums that hold between such figures.

Belongs here: names of figures and their relations. Not here: their values, and how they are printed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dashboards.disclosure.model import UNPRINTED, Model, Variable
from dashboards.disclosure.policy import Policy

CUMULATIVE = re.compile(r"(\d{4})Q([1-4])\+")
QUARTER = re.compile(r"(\d{4})Q[1-4]")
SPAN = re.compile(r"(\d{4})-(\d{4})")
# what separates the parts of a key's text
SAFE = str.maketrans("&|=", "＆｜＝")


@dataclass(frozen=True, order=True)
class Key:
    """`period` is 2021, 2021Q2, 2019-2021, or 2021Q2+ for the year up to and with that quarter."""

    quantity: str
    unit: str
    period: str
    where: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The key as the register writes it."""
        return "|".join((self.quantity, self.unit, self.period, "&".join(f"{k}={v}" for k, v in self.where)))

    @classmethod
    def parse(cls, text: str) -> Key:
        """The key of its text."""
        quantity, unit, period, where = text.split("|", 3)
        pairs = (pair.partition("=") for pair in where.split("&") if pair)
        return cls(quantity, unit, period, tuple((name, member) for name, _, member in pairs))


def at_period(period: str, at: str) -> str:
    """The period a column speaks of. The year up to Q1 is Q1, up to Q4 the year."""
    if at == "cumulative" and QUARTER.fullmatch(period):
        return {"1": period, "4": period[:4]}.get(period[-1], f"{period}+")
    if at == "year_before":
        return f"{int(period[:4]) - 1}{period[4:]}"
    if at == "period_before" and period.endswith("Q1"):
        return f"{int(period[:4]) - 1}Q4"
    if at == "period_before":
        return f"{period[:-1]}{int(period[-1]) - 1}" if "Q" in period else str(int(period) - 1)
    return period


def breakdown(pairs: Iterable[tuple[str, object]], policy: Policy) -> tuple[tuple[str, str], ...]:
    """Dimension and member in one order, without what stands for the whole."""
    clean = ((name, str(member).translate(SAFE)) for name, member in pairs if name and member is not None)
    return tuple(sorted({pair for pair in clean if pair[1] not in policy.given["whole_members"]}))


def parts_of_period(period: str) -> list[str]:
    """The periods that make up a period: years of a span, quarters of a year."""
    if found := SPAN.fullmatch(period):
        return [str(year) for year in range(int(found[1]), int(found[2]) + 1)]
    elif found := CUMULATIVE.fullmatch(period):
        return [f"{found[1]}Q{number}" for number in range(1, int(found[2]) + 1)]
    elif len(period) == 4:
        return [f"{period}Q{number}" for number in range(1, 5)]
    return []


def relate(model: Model, places: dict[Key, int], policy: Policy, above: dict[str, list[str]]) -> None:
    """Add what holds between the figures of one release: breakdowns, periods, units, rates and what lies within what.

    `places` gives the variable of each key, `above` the units each unit above is made of.
    """
    by_whole: dict[tuple[Key, str], list[int]] = defaultdict(list)
    for one, at in sorted(places.items()):
        for name, _ in one.where:
            whole = replace(one, where=tuple(pair for pair in one.where if pair[0] != name))
            if whole in places and places[whole] != at:
                by_whole[whole, name].append(at)
    for (whole, name), parts in sorted(by_whole.items()):
        _line(model, places[whole], parts, policy.overlaps(name), f"{whole.text}/{name}")
    for one in sorted(places):
        _related(model, places, one, [replace(one, period=part) for part in parts_of_period(one.period)], "period")
        units = [unit for unit in above.get(one.unit, []) if unit != one.unit]
        _related(model, places, one, [replace(one, unit=unit) for unit in units], "unit")
        twin = tuple(sorted((policy.given["same"].get(name, name), member) for name, member in one.where))
        if twin != one.where and (other := replace(one, where=twin)) in places:
            model.line(places[other], [places[one]])
        whole = policy.given["within"].get(one.quantity)
        if whole and (outer := replace(one, quantity=whole)) in places:
            _within(model, places[one], places[outer], f"{one.text}/rest")
    for numerator, denominator in policy.given["rates"].values():
        for one in sorted(key for key in places if key.quantity == numerator):
            outer = replace(one, quantity=denominator)
            if outer in places and policy.given["within"].get(numerator) != denominator:
                if not model.variables[places[one]].is_money:
                    _within(model, places[one], places[outer], f"{one.text}/of {denominator}")


def _related(model: Model, places: dict[Key, int], whole: Key, parts: list[Key], name: str) -> None:
    known = [places[part] for part in parts if part in places]
    if known:
        _line(model, places[whole], known, False, f"{whole.text}/{name}", len(known) == len(parts))


def _line(model: Model, total: int, parts: list[int], overlaps: bool, name: str, is_complete: bool = True) -> None:
    gap = model.variables[total].truth - sum(model.variables[part].truth for part in parts)
    if overlaps and gap > 0:
        for part in parts:
            model.within(part, total)
    elif gap > 0.005 or (gap >= 0 and not is_complete):
        # parts that nobody printed are a figure too: what is left of the whole
        model.line(total, [*parts, _rest(model, total, gap, name)])
    else:
        model.line(total, parts)


def _within(model: Model, part: int, whole: int, name: str) -> None:
    gap = model.variables[whole].truth - model.variables[part].truth
    if gap > 0:
        model.line(whole, [part, _rest(model, whole, gap, name)])
    elif gap == 0:
        model.line(whole, [part, _rest(model, whole, 0.0, name)])


def _rest(model: Model, total: int, gap: float, name: str) -> int:
    whole = model.variables[total]
    return model.add(Variable(name, gap, UNPRINTED, whole.is_money, 0.0 if whole.is_money else whole.price))
