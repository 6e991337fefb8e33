"""What an attacker knows of a set of figures: unknowns with the interval each is published in, and the sums between them.

Belongs here: shapes and intervals. Not here: where figures come from, which are hidden, and how the attack is run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from math import inf

SHOWN, HIDDEN, UNPRINTED = "shown", "hidden", "unprinted"


@dataclass(frozen=True)
class Limits:
    """The parameters of `data/disclosure.yml` that intervals depend on; persons, persons, yuan, values."""

    threshold: int = 10
    base: int = 5
    money_base: int = 100
    values: int = 3


@dataclass
class Variable:
    """One true figure. `price`: what one person comes to, 1 for counts, yuan for money, 0 for what counts no persons.

    `low` is what everybody knows (a printed member has at least one person). `is_fixed`: an earlier publication settled the
    state. `is_whole`: an unbroken total, hidden only as a last resort. `is_withheld`: hidden whatever its count.
    `follows`: the count behind money; where that is hidden, the money is.
    """

    name: str
    truth: float
    state: str = UNPRINTED
    is_money: bool = False
    price: float = 1.0
    low: float = 0.0
    is_fixed: bool = False
    is_whole: bool = False
    is_withheld: bool = False
    follows: int | None = None

    def is_small(self, limits: Limits) -> bool:
        """Whether the figure itself may not be printed: fewer persons than the threshold."""
        return self.price > 0 and not self.is_money and self.truth < limits.threshold


@dataclass(frozen=True)
class Relation:
    """`low <= sum of coefficient x variable <= high`. `parts`: a total, then its parts, where the sum is such a line."""

    terms: tuple[tuple[int, float], ...]
    low: float = 0.0
    high: float = 0.0
    parts: tuple[int, ...] = ()


@dataclass
class Model:
    """All figures ever published or hidden together, and what holds between them."""

    limits: Limits
    variables: list[Variable] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    def add(self, variable: Variable) -> int:
        """The index of a new variable."""
        self.variables.append(variable)
        return len(self.variables) - 1

    def line(self, total: int, parts: list[int], is_complete: bool = True) -> None:
        """The total is the sum of its parts (or at least that, where parts are missing), as far as the truth agrees."""
        gap = self.variables[total].truth - sum(self.variables[part].truth for part in parts)
        terms = ((total, 1.0), *((part, -1.0) for part in parts))
        slack = 0.005 if self.variables[total].is_money else 0.0
        if is_complete and abs(gap) <= slack:
            self.relations.append(Relation(terms, -slack, slack, (total, *parts)))
        elif gap >= 0:
            self.relations.append(Relation(terms, 0.0, inf))
        else:  # distinct persons: a part is within the whole, the whole within the sum
            self.relations.append(Relation(terms, -inf, 0.0))
            for part in parts:
                self.within(part, total)

    def within(self, part: int, whole: int) -> None:
        """The part is never more than the whole, if the truth agrees."""
        if self.variables[part].truth <= self.variables[whole].truth:
            self.relations.append(Relation(((whole, 1.0), (part, -1.0)), 0.0, inf))

    def checked(self) -> list[int]:
        """What the attacker must not find: hidden figures of persons, and small ones that nobody printed."""
        return [
            at
            for at, one in enumerate(self.variables)
            if one.price > 0 and (one.state == HIDDEN or (one.state == UNPRINTED and one.is_small(self.limits)))
        ]


def rounded(truth: float, base: int) -> int:
    """To the nearest multiple of `base`, halves away from zero."""
    return int((Decimal(str(truth)) / base).quantize(Decimal(1), ROUND_HALF_UP)) * base


def shown_value(one: Variable, limits: Limits) -> int | float:
    """What a shown figure prints."""
    if one.is_money:
        return rounded(one.truth, limits.money_base)
    if one.price == 0 and one.truth < limits.threshold:
        return one.truth
    return rounded(one.truth, limits.base)


def interval(one: Variable, limits: Limits) -> tuple[float, float]:
    """What an attacker takes for granted, who knows the rules and which hidden figures are small."""
    if one.state == SHOWN:
        value = shown_value(one, limits)
        if one.is_money:
            return value - limits.money_base / 2, value + limits.money_base / 2
        if one.price == 0 and one.truth < limits.threshold:
            return value, value
        # an even base is rounded half up, so a value may lie half a base below and less than half above
        low, high = value - limits.base // 2, value + (limits.base - 1) // 2
        return max(low, one.low, limits.threshold if one.price else 0), high
    low = one.low if one.truth >= one.low else -inf
    if one.state == HIDDEN and not one.is_money and not one.is_withheld and one.price:
        return (low, limits.threshold - 1) if one.is_small(limits) else (limits.threshold, inf)
    return low, inf
