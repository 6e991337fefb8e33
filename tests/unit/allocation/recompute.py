"""An allocation computed again in plain fractions, from docs/allocation.md, the file of the scheme and the published measures.

`allocate(...)` reads no code and no SQL of the product. Not here: any expectation.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any


def allocate(
    scheme: dict[str, Any], pool: int, measures: dict[tuple[str, str], Fraction], scores: dict[str, tuple],
    units: dict[str, str], black: frozenset[str] = frozenset(),
) -> dict[str, dict[str, Any]]:  # fmt: skip
    """Amounts in fen by recipient: {"amount", "plain", "parts": {factor: fen}, "floor", "cap"}; nothing where it is infeasible.

    `measures`: (recipient, measure) -> value; `scores`: recipient -> (score or None, suspended); `units`: recipient -> unit.
    """
    recipients = sorted(units)
    own = scheme["allocation"]
    points = {r: [] for r in recipients}
    for factor in own["factors"]:
        sizes = {r: measured(factor, r, measures, scores, units) for r in recipients}
        whole = sum(sizes.values())
        for r in recipients:
            share = Fraction(str(factor["share"])) * 100 * 10**12
            points[r].append(int(share * sizes[r] / whole) if whole else 0)
    is_out = {r: scores.get(r, (None, False))[1] or r in black for r in recipients}
    total = {r: 0 if is_out[r] else sum(points[r]) for r in recipients}
    last = {r: int(measures.get((r, "last_year_yuan"), Fraction(0)) * 100) for r in recipients}
    bounds = {r: bounded(own, pool, last[r], sum(last.values()), is_out[r]) for r in recipients}
    for r in recipients:
        if total[r] == 0:
            bounds[r] = (bounds[r][0], bounds[r][0])
    low, high = sum(b[0] for b in bounds.values()), sum(b[1] for b in bounds.values())
    if pool <= 0 or not sum(total.values()) or any(a > b for a, b in bounds.values()) or not low <= pool <= high:
        return {}
    amounts = to_the_fen(pool, filled(pool, total, bounds))
    plain = to_the_fen(pool, {r: Fraction(pool * total[r], sum(total.values())) for r in recipients})
    found = {}
    for r in recipients:
        exact = {n: Fraction(plain[r] * p, sum(points[r])) if sum(points[r]) and total[r] else Fraction(0)
                 for n, p in enumerate(points[r])}  # fmt: skip
        found[r] = {
            "amount": amounts[r], "plain": plain[r], "floor": bounds[r][0], "cap": bounds[r][1],
            "parts": to_the_fen(plain[r], exact) if total[r] else dict.fromkeys(exact, 0),
        }  # fmt: skip
    return found


def measured(factor: dict, recipient: str, measures: dict, scores: dict, units: dict) -> Fraction:
    """Measure x multiplier of a recipient: without a result the factor's floor, an unknown mix or coefficient 1; then clamped."""
    name = factor["measure"]
    if name == "review_score":
        value = scores.get(recipient, (None, False))[0]
    elif name == "given_coefficient":
        value = factor.get("by_unit", {}).get(units[recipient], 1)
    else:
        value = measures.get((recipient, name))
    least = Fraction(str(factor.get("floor", 0)))
    if value is None:
        value = 1 if name == "case_mix_difficulty" else least
    value = Fraction(str(value))
    if "cap" in factor:
        value = min(value, Fraction(str(factor["cap"])))
    times = Fraction(1) if "times" not in factor else measures.get((recipient, factor["times"]), Fraction(0))
    return max(value, least, Fraction(0)) * times


def bounded(own: dict, pool: int, last: int, all_last: int, is_out: bool) -> tuple[int, int]:
    """Least and most in fen: the tightest of a sum, a part of last year's amount, a part of the pool."""
    if is_out:
        return 0, 0
    floor, cap = own.get("floor", {}), own.get("cap", {})
    lows, highs = [0], [pool]
    if "yuan" in floor:
        lows.append(int(Fraction(str(floor["yuan"])) * 100))
    if "of_pool" in floor:
        lows.append(int(pool * Fraction(str(floor["of_pool"]))))
    if "of_last_year" in floor and all_last:
        lows.append(int(last * Fraction(str(floor["of_last_year"])) * min(pool, all_last) / all_last))
    if "yuan" in cap:
        highs.append(int(Fraction(str(cap["yuan"])) * 100))
    if "of_pool" in cap:
        highs.append(int(pool * Fraction(str(cap["of_pool"]))))
    if "of_last_year" in cap and last:
        highs.append(int(last * Fraction(str(cap["of_last_year"])) * max(pool, all_last) / all_last))
    return max(lows), min(highs)


def filled(pool: int, points: dict[str, int], bounds: dict[str, tuple[int, int]]) -> dict[str, Fraction]:
    """Each gets level x points within its bounds, at the one level where the sum is the pool."""

    def at(level: Fraction) -> dict[str, Fraction]:
        return {r: min(max(level * points[r], Fraction(bounds[r][0])), Fraction(bounds[r][1])) for r in points}

    corners = sorted({Fraction(b, points[r]) for r in points if points[r] for b in bounds[r]} | {Fraction(0)})
    below = max((c for c in corners if sum(at(c).values()) <= pool), default=Fraction(0))
    rest = pool - sum(at(below).values())
    if rest:
        free = sum(points[r] for r in points if points[r] and bounds[r][0] <= below * points[r] < bounds[r][1])
        below += Fraction(rest) / free
    return at(below)


def to_the_fen(pool: int, exact: dict) -> dict:
    """Whole fen: cut, and what is left over to the largest remainders, ties to the lower key."""
    whole = {key: int(value) for key, value in exact.items()}
    order = sorted(exact, key=lambda key: (whole[key] - exact[key], key))
    for key in order[: pool - sum(whole.values())]:
        whole[key] += 1
    return whole
