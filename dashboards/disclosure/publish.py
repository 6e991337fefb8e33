"""One publication: its figures among all earlier ones of the home, protected, attacked, put on record; or refused.

A figure that has not changed since an earlier release is one unknown with that one; a figure that has changed is another.
Not here: how figures are read from a report (`cells.py`) and what a refusal says (`__init__.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from dashboards.disclosure.attack import Attack
from dashboards.disclosure.cells import Cell
from dashboards.disclosure.keys import Key, relate
from dashboards.disclosure.model import HIDDEN, SHOWN, UNPRINTED, Model, Variable, shown_value
from dashboards.disclosure.policy import Policy
from dashboards.disclosure.register import Publication, Register
from dashboards.disclosure.suppression import protect
from dashboards.words import HIDDEN as MARK

Reread = Callable[[dict[str, str]], dict[Key, Cell]]


class Exposed(Exception):
    """The attacker finds hidden figures: `names` of them, those of this publication first."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(str(len(names)))
        self.names = names


@dataclass
class Known:
    """The attacker's knowledge, built up publication by publication."""

    policy: Policy
    model: Model
    above: dict[str, list[str]]
    versions: dict[tuple[Key, float], int] = field(default_factory=dict)
    places: dict[str, dict[Key, int]] = field(default_factory=dict)

    def put(self, release: str, key: Key, record: dict[str, Any]) -> int:
        """The variable of a figure as a release has it; a state on record stays."""
        truth = float(record["truth"])
        below = self.above.get(key.unit, [])
        if len(below) == 1:  # a unit above a single one is that one
            key = replace(key, unit=below[0])
        at = self.versions.get((key, truth))
        if at is None:
            at = self.versions[key, truth] = self.model.add(
                Variable(
                    key.text,
                    truth,
                    is_money=record["money"],
                    price=record["price"],
                    low=record["low"],
                    is_whole=not key.where,
                    is_withheld=record["withheld"],
                )
            )
        one = self.model.variables[at]
        if record["state"] != UNPRINTED and one.state != SHOWN:
            one.state, one.is_fixed = record["state"], True
        self.places.setdefault(release, {})[key] = at
        return at


def publish(
    register: Register,
    new: Publication,
    cells: dict[Key, Cell],
    policy: Policy,
    above: dict[str, list[str]],
    reread: Reread,
) -> Callable[[Key], Any]:
    """Settle what is shown of `cells`, attack it with everything published before, put it on record.

    Returns what prints a key: the rounded figure or the mark. Raises Exposed, and nothing is on record then.
    """
    known = Known(policy, Model(policy.limits), above)
    earlier = register.publications()
    for publication in earlier:
        for key, record in (*publication.cells.items(), *publication.known.items()):
            known.put(publication.release, key, record)
    _speak_of_earlier(known, earlier, new, reread)
    records = _records(cells, policy)
    printed = {key: known.put(new.release, key, record) for key, record in records.items()}
    for key, cell in cells.items():
        if cell.persons is not None:
            known.model.variables[printed[key]].follows = printed.get(cell.persons)
    for places in known.places.values():
        relate(known.model, places, policy, above)
    found = protect(known.model, sorted(set(printed.values())))
    if found:
        raise Exposed([known.model.variables[at].name for at in found])
    for key, at in printed.items():
        new.cells[key] = {**records[key], "state": known.model.variables[at].state}
    for publication in earlier:
        if publication.name == new.name:  # the same report again, perhaps with more in it
            new.cells = publication.cells | new.cells
            new.known = publication.known | new.known
    register.write(new)
    return lambda key: _print(known.model.variables[printed[key]], policy)


def attack(register: Register, policy: Policy, above: dict[str, list[str]]) -> tuple[int, list[str]]:
    """Attack everything on record: how many hidden figures there are, and the names of those found."""
    known = Known(policy, Model(policy.limits), above)
    for publication in register.publications():
        for key, record in (*publication.cells.items(), *publication.known.items()):
            known.put(publication.release, key, record)
    for places in known.places.values():
        relate(known.model, places, policy, above)
    hidden = sum(one.state == HIDDEN for one in known.model.variables)
    return hidden, [known.model.variables[at].name for at in Attack(known.model).exposed()]


def _print(one: Variable, policy: Policy) -> Any:
    return MARK if one.state == HIDDEN else shown_value(one, policy.limits)


def _speak_of_earlier(known: Known, earlier: list[Publication], new: Publication, reread: Reread) -> None:
    """What this release says of figures that were published from another one: unchanged figures are the same unknowns."""
    done = {tuple(sorted(one.source.items())) for one in earlier if one.release == new.release}
    spoken = set(known.places.get(new.release, {}))
    for publication in earlier:
        source = tuple(sorted(publication.source.items()))
        if source in done:
            continue
        done.add(source)
        for key, record in _records(reread(publication.source), known.policy).items():
            if key not in spoken:
                new.known[key] = {**record, "state": UNPRINTED}
                known.put(new.release, key, new.known[key])


def _records(cells: dict[Key, Cell], policy: Policy) -> dict[Key, dict[str, Any]]:
    prices = _prices(cells)
    found = {}
    for key, cell in cells.items():
        persons = cell.persons is None or cell.persons in cells
        found[key] = {
            "truth": cell.truth,
            "state": UNPRINTED,
            "money": cell.is_money,
            "price": prices.get((key.quantity, key.unit, key.period), 1.0)
            if cell.is_money
            else float(cell.counts_persons),
            "low": cell.low if cell.low > float("-inf") else cell.truth,
            "withheld": cell.is_withheld or not persons,
        }
    return found


def _prices(cells: dict[Key, Cell]) -> dict[tuple[str, str, str], float]:
    """What one person comes to, by quantity, unit and period: money by persons of the largest sum."""
    largest: dict[tuple[str, str, str], Cell] = {}
    for key, cell in cells.items():
        at = (key.quantity, key.unit, key.period)
        if cell.is_money and cell.persons in cells and (at not in largest or cell.truth > largest[at].truth):
            largest[at] = cell
    prices = {}
    for at, cell in largest.items():
        persons = cells[cell.persons].truth if cell.persons else 0.0
        prices[at] = max(1.0, cell.truth / persons) if persons else 1.0
    return prices
