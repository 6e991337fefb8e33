"""The attacker: everything published goes into one integer programme; which hidden figures have few possible values?

A figure is safe as soon as solutions are known in which it takes values far enough apart; one solution serves many figures,
so most need no programme of their own. A programme that does not end in time counts as a success of the attacker.
Not here: what is hidden, and what is done about a figure that was found.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import ceil, floor, inf
from typing import Any

from dashboards.disclosure.model import Model, Relation, interval

SECONDS = 20.0
ROUNDS = 3
NEAR = 400
TOLERANCE = 1e-6


@dataclass
class Attack:
    """The extremes found so far by variable; kept between attacks, since hiding more never makes a solution impossible."""

    model: Model
    low: Any = None
    high: Any = None
    programmes: int = 0
    # what hangs together with these variables is attacked, and nothing else; all there is where it is None
    touched: set[int] | None = None

    def _scope(self) -> tuple[list[Relation], list[int]]:
        """The relations and the checked variables within reach of what was touched."""
        relations, checked = self.model.relations, self.model.checked()
        if self.touched is None:
            return relations, checked
        inside = {at for members, _ in _components(relations, sorted(self.touched)) for at in members}
        within = [relation for relation in relations if relation.terms and relation.terms[0][0] in inside]
        return within, [at for at in checked if at in inside]

    def exposed(self, among: list[int] | None = None) -> list[int]:
        """The checked variables (or those `among` them) that have no more than `limits.values` possible values."""
        import numpy

        relations, checked = self._scope()
        targets = checked if among is None else among
        if self.low is None:
            self.low = numpy.array([one.truth for one in self.model.variables])
            self.high = self.low.copy()
        bounds = [interval(one, self.model.limits) for one in self.model.variables]
        outer = _propagated(relations, bounds, self.model)
        open_, found = [], []
        for at in targets:
            if self._values(at, *outer[at]) <= self.model.limits.values:
                found.append(at)
            elif not self._is_safe(at):
                open_.append(at)
        self._search_near(open_, bounds, relations)
        open_ = [at for at in open_ if not self._is_safe(at)]
        for members, held in _components(relations, open_):
            found += self._search(members, held, bounds, [at for at in open_ if at in members])
        return sorted(found)

    def possible(self, at: int) -> float:
        """Possible values of one variable as far as it is known: exact for exposed ones, else at least that many."""
        return self._values(at, self.low[at], self.high[at])

    def _values(self, at: int, low: float, high: float) -> float:
        one = self.model.variables[at]
        if high - low == inf:
            return inf
        if one.is_money:  # how many persons it could stand for, at what one person comes to
            return floor((high - low) / one.price + TOLERANCE) + 1
        return floor(high + TOLERANCE) - ceil(low - TOLERANCE) + 1

    def _seen(self, members: list[int], values: Any) -> None:
        import numpy

        self.low[members] = numpy.minimum(self.low[members], values)
        self.high[members] = numpy.maximum(self.high[members], values)

    def _is_safe(self, at: int) -> bool:
        return self._values(at, self.low[at], self.high[at]) > self.model.limits.values

    def _search(
        self, members: list[int], relations: list[Relation], bounds: list[tuple[float, float]], targets: list[int]
    ) -> list[int]:
        programme = _Programme(self.model, members, relations, bounds)
        for _ in range(ROUNDS):
            left = [at for at in targets if not self._is_safe(at)]
            self._push(programme, left, relations)
            if len(left) == sum(not self._is_safe(at) for at in targets):
                break
        found = []
        for at in targets:
            for sign in (-1, 1):
                if not self._is_safe(at):
                    self._solve(programme, [at], sign)
            if not self._is_safe(at):
                found.append(at)
        return found

    def _push(self, programme: _Programme, targets: list[int], relations: list[Relation]) -> None:
        """Figures that share no sum can all be pushed at once: few programmes settle most of them."""
        for group in _apart(targets, relations):
            for sign in (-1, 1):
                picked = [at for at in group if not self._is_safe(at)]
                if picked:
                    self._solve(programme, picked, sign)

    def _search_near(self, targets: list[int], bounds: list[tuple[float, float]], relations: list[Relation]) -> None:
        """Look for solutions that differ from the truth near by only: small programmes, and what they find holds for all."""
        touching = _touching(relations)
        tried: set[int] = set()
        for target in targets:
            if target in tried or self._is_safe(target):
                continue
            members, used = _around(target, touching, relations)
            held = [relations[number] for number in used]
            inside = set(members)
            here = [at for at in targets if at in inside and at not in tried and not self._is_safe(at)]
            tried.update(here)
            self._push(_Programme(self.model, members, held, bounds), here, held)

    def _solve(self, programme: _Programme, picked: list[int], sign: int) -> None:
        self.programmes += 1
        values = programme.solve(picked, sign)
        if values is not None:
            self._seen(programme.members, values)


class _Programme:
    """Some figures as a mixed integer programme, all others at their truth; money is continuous, counts are whole."""

    def __init__(
        self, model: Model, members: list[int], relations: list[Relation], bounds: list[tuple[float, float]]
    ) -> None:
        import numpy
        from scipy.optimize import Bounds, LinearConstraint
        from scipy.sparse import csr_array

        self.members, self.model = members, model
        self.place = {at: place for place, at in enumerate(members)}
        rows, columns, values = [], [], []
        outside = numpy.zeros(len(relations))
        for row, relation in enumerate(relations):
            for at, coefficient in relation.terms:
                if at not in self.place:
                    outside[row] += coefficient * model.variables[at].truth
                    continue
                rows.append(row)
                columns.append(self.place[at])
                values.append(coefficient)
        self.matrix = csr_array((values, (rows, columns)), shape=(len(relations), len(members)))
        self.low = numpy.array([relation.low for relation in relations]) - outside
        self.high = numpy.array([relation.high for relation in relations]) - outside
        self.floor = numpy.array([bounds[at][0] for at in members])
        self.ceiling = numpy.array([bounds[at][1] for at in members])
        self.whole = numpy.array([0 if model.variables[at].is_money else 1 for at in members])
        # an open end would make the programme unbounded: far enough for any number of values that matters
        far = 4 * sum(abs(model.variables[at].truth) for at in members) + 1e4
        self.bounds = Bounds(numpy.maximum(self.floor, -far), numpy.minimum(self.ceiling, far))
        self.constraints = LinearConstraint(self.matrix, self.low, self.high) if relations else ()

    def solve(self, picked: list[int], sign: int) -> Any:
        """A solution that pushes the picked variables down (1) or up (-1), by member; None if none was found in time."""
        import numpy
        from scipy.optimize import milp

        aim = numpy.zeros(len(self.members))
        for at in picked:
            aim[self.place[at]] = sign / (self.model.variables[at].price or 1.0)
        # most of these programmes have whole solutions of themselves, which costs a tenth
        for integrality in (0 * self.whole, self.whole):
            answer = milp(
                aim,
                integrality=integrality,
                bounds=self.bounds,
                constraints=self.constraints,
                options={"time_limit": SECONDS, "mip_rel_gap": 0.0},
            )
            if answer.x is None:
                return None
            values = numpy.where(self.whole == 1, numpy.round(answer.x), answer.x)
            if self._keeps(values):
                return values
        return None

    def _keeps(self, values: Any) -> bool:
        sums = self.matrix @ values
        slack = 1e-4 * (1 + abs(sums))
        return bool((sums >= self.low - slack).all() and (sums <= self.high + slack).all())


def _apart(targets: list[int], relations: list[Relation]) -> list[list[int]]:
    """The targets in groups, no two of a group in one relation; greedy, in the order given."""
    inside = set(targets)
    neighbours: dict[int, set[int]] = {at: set() for at in targets}
    for relation in relations:
        shared = [at for at, _ in relation.terms if at in inside]
        for at in shared:
            neighbours[at].update(shared)
    groups: list[list[int]] = []
    colour: dict[int, int] = {}
    for at in targets:
        taken = {colour[other] for other in neighbours[at] if other in colour}
        colour[at] = next(number for number in range(len(groups) + 1) if number not in taken)
        if colour[at] == len(groups):
            groups.append([])
        groups[colour[at]].append(at)
    return groups


def _touching(relations: list[Relation]) -> dict[int, list[int]]:
    touching: dict[int, list[int]] = defaultdict(list)
    for number, relation in enumerate(relations):
        for at, _ in relation.terms:
            touching[at].append(number)
    return touching


def _around(target: int, touching: dict[int, list[int]], relations: list[Relation]) -> tuple[list[int], list[int]]:
    """The variables nearest to a target, at most `NEAR` and a sum, and every relation that touches one of them."""
    members, waiting = {target}, [target]
    while waiting and len(members) < NEAR:
        at = waiting.pop(0)
        for number in touching[at]:
            fresh = sorted({other for other, _ in relations[number].terms} - members)
            members.update(fresh)
            waiting += fresh
            if len(members) >= NEAR:
                break
    return sorted(members), sorted({number for at in members for number in touching[at]})


def _components(relations: list[Relation], targets: list[int]) -> list[tuple[list[int], list[Relation]]]:
    """Variables that hang together through relations, with their relations; only where a target is among them."""
    touching = _touching(relations)
    done: set[int] = set()
    found = []
    for target in targets:
        if target in done:
            continue
        members, used, waiting = {target}, set(), [target]
        while waiting:
            for number in touching[waiting.pop()]:
                if number not in used:
                    used.add(number)
                    fresh = {at for at, _ in relations[number].terms} - members
                    members |= fresh
                    waiting += fresh
        done |= members
        found.append((sorted(members), [relations[number] for number in sorted(used)]))
    return found


def _propagated(
    relations: list[Relation], bounds: list[tuple[float, float]], model: Model, rounds: int = 4
) -> list[tuple[float, float]]:
    """Intervals narrowed relation by relation: what needs no programme. Never narrower than the truth allows."""
    low, high = [pair[0] for pair in bounds], [pair[1] for pair in bounds]
    for _ in range(rounds):
        moved = False
        for relation in relations:
            ends = [(c * low[at], c * high[at]) if c > 0 else (c * high[at], c * low[at]) for at, c in relation.terms]
            least, most = sum(pair[0] for pair in ends), sum(pair[1] for pair in ends)
            for (at, c), (end_low, end_high) in zip(relation.terms, ends, strict=True):
                others_low = least - end_low if end_low > -inf else _without(ends, at, relation, 0)
                others_high = most - end_high if end_high < inf else _without(ends, at, relation, 1)
                one, other = (relation.low - others_high) / c, (relation.high - others_low) / c
                new_low, new_high = (one, other) if c > 0 else (other, one)
                if not model.variables[at].is_money:
                    new_low = ceil(new_low - TOLERANCE) if new_low > -inf else new_low
                    new_high = floor(new_high + TOLERANCE) if new_high < inf else new_high
                if new_low > low[at] + TOLERANCE:
                    low[at], moved = new_low, True
                if new_high < high[at] - TOLERANCE:
                    high[at], moved = new_high, True
        if not moved:
            break
    return list(zip(low, high, strict=True))


def _without(ends: list[tuple[float, float]], at: int, relation: Relation, side: int) -> float:
    return sum(pair[side] for (other, _), pair in zip(relation.terms, ends, strict=True) if other != at)
