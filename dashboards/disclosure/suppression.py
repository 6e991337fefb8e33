"""Which figures are hidden: small ones, a second one in each line, and more until the attacker finds nothing.

Deterministic: ties are broken by name. What an earlier publication showed or hid stays as it was.
Not here: what the figures are, and who is told.
"""

from __future__ import annotations

from dashboards.disclosure.attack import Attack
from dashboards.disclosure.model import HIDDEN, SHOWN, Model

ROUNDS = 60


def protect(model: Model, printed: list[int], touched: set[int] | None = None) -> list[int]:
    """Settle the state of every printed variable; the variables an attacker would still find, empty when safe.

    `touched`: what is new, with all it hangs together with, is attacked; None: everything.
    """
    for at in printed:
        one = model.variables[at]
        if not one.is_fixed:
            one.state = HIDDEN if one.is_withheld or one.is_small(model.limits) else SHOWN
    attack = Attack(model, touched=touched)
    _complete(model)
    found = attack.exposed()
    for _ in range(ROUNDS):
        if not found or not _hide_beside(model, found):
            break
        _complete(model)
        # hiding more never exposes what was safe, but a figure that is newly hidden has to be tried itself
        found = attack.exposed()
    return found


def _complete(model: Model) -> None:
    """Until nothing changes: money goes with its persons, and no figure is hidden alone in its line."""
    before = -1
    while before != (before := sum(one.state == HIDDEN for one in model.variables)):
        for one in model.variables:
            if one.follows is not None and one.state == SHOWN and not one.is_fixed:
                if model.variables[one.follows].state == HIDDEN:
                    one.state = HIDDEN
        _second_in_each_line(model)


def _second_in_each_line(model: Model) -> None:
    """A figure hidden alone in its line is told by the total: a second one goes, the smallest; until no line is left so."""
    waiting = True
    while waiting:
        waiting = False
        for relation in model.relations:
            if not relation.parts:
                continue
            total, *parts = relation.parts
            hidden = [part for part in parts if model.variables[part].state == HIDDEN]
            unprinted = any(model.variables[part].state not in (HIDDEN, SHOWN) for part in parts)
            if len(hidden) != 1 or unprinted or len(parts) < 2 or model.variables[total].state != SHOWN:
                continue
            if model.variables[hidden[0]].price:
                choice = _smallest(model, set(parts))
                if choice is not None:
                    model.variables[choice].state, waiting = HIDDEN, True


def _hide_beside(model: Model, found: list[int]) -> bool:
    """Hide, for each figure found, the smallest shown one that stands in a sum with it; false if nothing can be hidden."""
    hidden = False
    for target in found:
        near = {
            at
            for relation in model.relations
            if any(at == target for at, _ in relation.terms)
            for at, _ in relation.terms
        }
        around = {
            at
            for relation in model.relations
            if any(at in near for at, _ in relation.terms)
            for at, _ in relation.terms
        }
        for candidates in (near, around):
            choice = _smallest(model, candidates)
            if choice is not None:
                model.variables[choice].state, hidden = HIDDEN, True
                break
    return hidden


def _smallest(model: Model, among: set[int]) -> int | None:
    """The shown figure that costs least to hide: parts before wholes, then the fewest persons, then by name."""
    open_ = [at for at in among if model.variables[at].state == SHOWN and not model.variables[at].is_fixed]
    open_ = [at for at in open_ if model.variables[at].price]
    if not open_:
        return None

    def cost(at: int) -> tuple[bool, float, str]:
        one = model.variables[at]
        return one.is_whole, one.truth / one.price, one.name

    return min(open_, key=cost)
