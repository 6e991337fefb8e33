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
from dashboards.disclosure.model import HIDDEN, SHOWN, UNPRINTED, Model, Relation, Variable, shown_value
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
    # money, its persons' key and what each gets, by release
    links: set[tuple[str, int, str, float]] = field(default_factory=set)
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
        if record.get("rate"):
            self.links.add((release, at, record["persons"], float(record["rate"])))
        return at

    def above_others(self) -> set[int]:
        """Figures of units above others: which units those are may change from one release to the next."""
        return {at for places in self.places.values() for key, at in places.items() if key.unit in self.above}

    def relate(self) -> None:
        """Add all that holds between the figures of each release, once all of them are there."""
        for places in self.places.values():
            relate(self.model, places, self.policy, self.above)
        for release, at, persons, rate in sorted(self.links):
            heads = self.places[release].get(Key.parse(persons))
            if heads is not None:
                gap = self.model.variables[at].truth - rate * self.model.variables[heads].truth
                if abs(gap) < 0.005:
                    self.model.relations.append(Relation(((at, 1.0), (heads, -rate)), -0.005, 0.005))


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
    touched = _speak_of_earlier(known, earlier, new, reread)
    records = _records(cells, policy)
    printed = {key: known.put(new.release, key, record) for key, record in records.items()}
    for key, cell in cells.items():
        if cell.persons is not None:
            known.model.variables[printed[key]].follows = printed.get(cell.persons)
    known.relate()
    touched |= set(printed.values()) | known.above_others()
    # figures that do not hang together with anything new were attacked when they were published, under the same rules
    is_settled = all(publication.policy == new.policy for publication in earlier)
    found = protect(known.model, sorted(set(printed.values())), touched if is_settled else None)
    if found:
        raise Exposed([known.model.variables[at].name for at in found])
    for key, at in printed.items():
        new.cells[key] = {**records[key], "state": known.model.variables[at].state}
    for publication in earlier:
        if publication.name == new.name:  # the same report again, perhaps with more in it
            new.cells = publication.cells | new.cells
            new.known = publication.known | new.known
            new.heard = publication.heard | new.heard
    register.write(new)
    return lambda key: _print(known.model.variables[printed[key]], policy)


def attack(register: Register, policy: Policy, above: dict[str, list[str]]) -> tuple[int, list[str]]:
    """Attack everything on record: how many hidden figures there are, and the names of those found."""
    known = Known(policy, Model(policy.limits), above)
    for publication in register.publications():
        for key, record in (*publication.cells.items(), *publication.known.items()):
            known.put(publication.release, key, record)
    known.relate()
    hidden = sum(one.state == HIDDEN for one in known.model.variables)
    return hidden, [known.model.variables[at].name for at in Attack(known.model).exposed()]


def _print(one: Variable, policy: Policy) -> Any:
    return MARK if one.state == HIDDEN else shown_value(one, policy.limits)


def _speak_of_earlier(known: Known, earlier: list[Publication], new: Publication, reread: Reread) -> set[int]:
    """What this release says of figures that were published from another one: unchanged figures are the same unknowns.

    The variables it speaks of. An earlier publication of this release has read again all that it heard of: a release says the
    same for ever.
    """
    alike = [one for one in earlier if one.release == new.release and one.policy == new.policy]
    heard = {name for one in alike for name in one.heard}
    done = {_place(one) for one in earlier if one.release == new.release or _heard_as(one) in heard}
    spoken, touched = set(known.places.get(new.release, {})), set()
    for publication in earlier:
        if publication.name != new.name:
            new.heard.add(_heard_as(publication))
        if _place(publication) in done:
            continue
        done.add(_place(publication))
        for key, record in _records(reread(publication.source), known.policy).items():
            if key not in spoken:
                new.known[key] = {**record, "state": UNPRINTED}
                touched.add(known.put(new.release, key, new.known[key]))
    return touched


def _heard_as(publication: Publication) -> str:
    """Its name and how much is in it: the same report published again with more in it has not been heard of."""
    return f"{publication.name}#{len(publication.cells)}"


def _place(publication: Publication) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(publication.source.items()))


def _records(cells: dict[Key, Cell], policy: Policy) -> dict[Key, dict[str, Any]]:
    found = {}
    for key, cell in cells.items():
        persons = cell.persons is None or cell.persons in cells
        found[key] = {
            "truth": cell.truth,
            "state": UNPRINTED,
            "money": cell.is_money,
            "price": _price(key, cell, cells),
            "low": cell.low if cell.low > float("-inf") else cell.truth,
            "withheld": cell.is_withheld or not persons,
            "persons": cell.persons.text if cell.persons else None,
            "rate": cell.rate,
        }
    return found


def _price(key: Key, cell: Cell, cells: dict[Key, Cell]) -> float:
    """What one person comes to: money by its own persons, else by those of the largest sum of its kind; 1 for a count."""
    if not cell.is_money:
        return float(cell.counts_persons)
    kind = (key.quantity, key.unit, key.period)
    alike = [
        one for other, one in cells.items() if (other.quantity, other.unit, other.period) == kind and one.truth > 0
    ]
    for one in (cell, *sorted(alike, key=lambda one: -one.truth)):
        if one.persons in cells and one.truth > 0 and cells[one.persons].truth > 0:
            return max(1.0, one.truth / cells[one.persons].truth)
    return 1.0
