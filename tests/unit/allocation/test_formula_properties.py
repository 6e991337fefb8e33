"""The allocation formula on a thousand drawn schemes: exact, bounded, monotone, the same in any order of rows.

The draws are such that floors and caps bind in most of them; how often is itself a test. Not here: the formula on a release.
"""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction

import pytest

from tests.unit.allocation.kernel import amounts, ask, refusals, row

POTS = 1000
PERFORMANCE = 2
SHARES = ((30, 40, 30), (10, 80, 10), (0, 100, 0), ("33.33", "33.34", "33.33"), ("0.01", "60", "39.99"))


def drawn_pot(draw: random.Random, key: str) -> tuple[list[dict], int]:
    """Rows and pool of one scheme with its recipients: bounds about what an equal share would be, now and then none or absurd."""
    count = draw.choice((1, 2, 3, 4, 5, 7))
    pool = draw.choice((draw.randint(1, 2 * count), draw.randint(50, 5000), draw.randint(10**6, 10**13)))
    equal, shares, kind = max(pool // count, 1), draw.choice(SHARES), draw.randrange(8)
    own = {
        "floor_fen": draw.choice((None, None, equal // 2, equal)), "cap_fen": draw.choice((None, None, equal, 2 * equal)),
        "floor_ratio": draw.choice((None, "0.5", "0.8", "1")), "cap_ratio": draw.choice((None, "1", "1.2", "1.5")),
        "floor_share": draw.choice((None, None, "0.05")), "cap_share": draw.choice((None, None, "0.4")),
    }  # fmt: skip
    rows = []
    for place in range(count):
        last = draw.choice((0, equal, draw.randint(equal // 2, 2 * equal)))
        mine = own | {"last_year_fen": last, "locked_fen": equal // 3 if kind == 1 and draw.random() < 0.3 else None,
                      "is_suspended": kind == 2 and draw.random() < 0.4}  # fmt: skip
        for factor, share in enumerate(shares, start=1):
            result = 700 if kind == 3 else draw.choice((0, 1, 500)) if kind == 4 else draw.randint(0, 1500)
            size = 1 if kind == 3 else draw.choice((1, 20, draw.randint(0, 50)))
            measured = {"share": share, "times_value": size, "measure_value": f"{result / 1000:.3f}"}
            rows.append(row(key, f"r{place}", factor_no=factor, **measured, **mine))
    return rows, pool


@pytest.fixture(scope="module")
def drawn() -> tuple[list[dict], dict[str, int]]:
    """A thousand pots: rows as the formula reads them, and pools in fen."""
    draw = random.Random(2021)
    pots = {f"p{number:03}": drawn_pot(draw, f"p{number:03}") for number in range(POTS)}
    return [row for rows, _ in pots.values() for row in rows], {key: pool for key, (_, pool) in pots.items()}


@pytest.fixture(scope="module")
def given_out(drawn) -> dict[tuple[str, str], int]:
    """What the formula gives to each recipient of a pot that can be given out."""
    return amounts(*drawn)


def claims(rows: list[dict], pools: dict[str, int]) -> dict[str, list[tuple[str, int, int, int]]]:
    """(recipient, points, floor, cap) by pot, those refused left out."""
    found: dict[str, list] = {}
    wanted = "SELECT pot_key, recipient_id, points, floor_fen, cap_fen FROM int_allocation_claim WHERE refusal IS NULL"
    for pot, *claim in sorted(ask(rows, pools, wanted)):
        found.setdefault(pot, []).append(tuple(claim))
    return found


def by_definition(pool: int, claimed: list[tuple[str, int, int, int]]) -> dict[str, int]:
    """Each gets level x points within floor and cap; the level at which the sum is the pool lies between two corners."""

    def at(level: Fraction) -> list[Fraction]:
        return [min(max(level * points, Fraction(floor)), Fraction(cap)) for _, points, floor, cap in claimed]

    corners = {Fraction(bound, points) for _, points, *bounds in claimed if points for bound in bounds}
    corners = sorted(corners | {Fraction(0)})
    low = max((corner for corner in corners if sum(at(corner)) <= pool), default=Fraction(0))
    exact, slope = at(low), sum(p for _, p, floor, cap in claimed if low * p >= floor and low * p < cap)
    if sum(exact) < pool:
        exact = at(low + (pool - sum(exact)) / slope)
    whole = [int(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda n: (whole[n] - exact[n], claimed[n][0]))
    for n in order[: pool - sum(whole)]:
        whole[n] += 1
    return {claim[0]: fen for claim, fen in zip(claimed, whole, strict=True)}


def test_the_draws_meet_floors_caps_and_every_refusal(drawn):
    refused = Counter(refusals(*drawn).values())
    assert min(refused[why] for why in ("floor_over_cap", "floors_over_pool", "caps_under_pool")) >= 30
    assert refused["no_points"] and refused["all_suspended"]
    held: dict[str, Counter] = {}
    for pot, side in ask(*drawn, "SELECT pot_key, held_at FROM int_allocation_amount"):
        held.setdefault(pot, Counter())[side] += 1
    bound = [sides for sides in held.values() if sides["shared"] and len(sides) > 1]
    assert len(held) >= 600 and len(bound) >= 300
    assert min(sum(sides[side] > 0 for sides in bound) for side in ("floor", "cap")) >= 100


def test_every_fen_is_given_out_within_floor_and_cap_as_the_definition_says(drawn, given_out):
    rows, pools = drawn
    feasible = claims(rows, pools)
    assert {pot for pot, _ in given_out} == set(feasible)
    for pot, claimed in feasible.items():
        got = {recipient: given_out[pot, recipient] for recipient, *_ in claimed}
        assert sum(got.values()) == pools[pot]
        assert all(floor <= got[recipient] <= cap for recipient, _, floor, cap in claimed)
        assert got == by_definition(pools[pot], claimed)


def test_the_order_of_rows_says_nothing(drawn, given_out):
    rows, pools = drawn
    mixed = random.Random(1).sample(rows, len(rows))
    assert amounts(mixed, dict(reversed(pools.items()))) == given_out


@pytest.mark.parametrize("gain", [1, 300])
def test_a_better_result_never_gets_less(drawn, given_out, gain):
    rows, pools = drawn
    better = [
        r | {"measure_value": f"{float(r['measure_value']) + gain / 1000:.3f}"}
        if (r["recipient_id"], r["factor_no"]) == ("r0", PERFORMANCE) else r
        for r in rows
    ]  # fmt: skip
    after = amounts(better, pools)
    assert [key for key, fen in given_out.items() if key[1] == "r0" and after[key] < fen] == []


def test_the_parts_of_a_recipient_add_up_to_its_amount_before_bounds_and_these_to_the_pool(drawn):
    rows, pools = drawn
    wanted = """
        SELECT a.pot_key, any_value(a.plain_fen), (sum(p.part_yuan) * 100)::BIGINT, min(p.part_yuan)
        FROM int_allocation_amount AS a JOIN mart_allocation_part AS p USING (pot_key, recipient_id)
        GROUP BY a.pot_key, a.recipient_id"""
    plain: Counter = Counter()
    for pot, plain_fen, parts, least in ask(rows, pools, wanted):
        assert parts == plain_fen and least >= 0
        plain[pot] += plain_fen
    assert all(total == pools[pot] for pot, total in plain.items())


def test_what_cannot_be_given_out_is_refused_with_its_reason(drawn):
    rows, pools = drawn
    active = {r["pot_key"] for r in rows if not r["is_suspended"]}
    wanted = (
        "SELECT pot_key, list((points, floor_fen, cap_fen)), any_value(refusal) FROM int_allocation_claim GROUP BY 1"
    )
    for pot, claimed, refusal in ask(rows, pools, wanted):
        floors, caps = sum(floor for _, floor, _ in claimed), sum(cap for *_, cap in claimed)
        if pot not in active:
            assert refusal == "all_suspended"
        elif not any(points for points, *_ in claimed):
            assert refusal == "no_points"
        elif any(floor > cap for _, floor, cap in claimed):
            assert refusal == "floor_over_cap"
        else:
            expected = "floors_over_pool" if floors > pools[pot] else "caps_under_pool" if caps < pools[pot] else None
            assert refusal == expected


def test_a_pool_of_nothing_is_refused():
    assert refusals([row("p", "a")], {"p": 0}) == {"p": "no_pool"}


def test_the_fen_left_over_goes_to_the_largest_remainder_and_a_tie_to_the_lower_code():
    rows = [row("p", "a", times_value=1), row("p", "b", times_value=1), row("p", "c", times_value=1)]
    assert amounts(rows, {"p": 100}) == {("p", "a"): 34, ("p", "b"): 33, ("p", "c"): 33}
    rows = [row("p", "a", times_value=1), row("p", "b", times_value=3), row("p", "c", times_value=3)]
    assert amounts(rows, {"p": 10}) == {("p", "a"): 2, ("p", "b"): 4, ("p", "c"): 4}


def test_what_a_cap_frees_can_lift_another_over_its_cap_in_turn():
    rows = [
        row("p", "a", times_value=90, cap_fen=40),
        row("p", "b", times_value=6, cap_fen=50),
        row("p", "c", times_value=4),
    ]
    assert amounts(rows, {"p": 120}) == {("p", "a"): 40, ("p", "b"): 48, ("p", "c"): 32}
    assert amounts(rows, {"p": 130}) == {("p", "a"): 40, ("p", "b"): 50, ("p", "c"): 40}


def test_a_suspended_recipient_gets_nothing_and_a_locked_one_its_sum():
    rows = [row("p", "a", floor_fen=10, is_suspended=True), row("p", "b", locked_fen=7), row("p", "c")]
    assert amounts(rows, {"p": 50}) == {("p", "a"): 0, ("p", "b"): 7, ("p", "c"): 43}


def test_the_result_that_is_told_to_bring_ten_thousand_yuan_brings_them():
    rows = []
    for name, score, size in (("a", 80, 300), ("b", 60, 500), ("c", 90, 200)):
        rows.append(row("p", name, factor_no=1, factor="base", share=60, times_value=size, measure="equal"))
        rows.append(row("p", name, factor_no=2, share=40, measure_value=score, times_value=size))
    pools = {"p": 1_000_000_000}
    before = amounts(rows, pools)
    levers = ask(rows, pools, "SELECT recipient_id, gain_at, lose_at FROM int_allocation_lever ORDER BY 1")
    for name, gain_at, lose_at in levers:
        for needed, step in ((gain_at, 1_000_000), (lose_at, -1_000_000)):
            changed = [
                r | {"measure_value": f"{needed:.6f}"} if (r["recipient_id"], r["factor_no"]) == (name, 2) else r
                for r in rows
            ]
            assert abs(amounts(changed, pools)["p", name] - before["p", name] - step) <= 10


def test_no_result_is_told_where_floor_cap_or_full_marks_stand_in_the_way():
    rows = [
        row("p", "a", measure_value=100, times_value=50),
        row("p", "b", measure_value=50, times_value=50, floor_fen=90_000_000),
    ]
    told = ask(
        rows,
        {"p": 200_000_000},
        "SELECT gain_at, lose_at, is_near_floor FROM int_allocation_lever ORDER BY recipient_id",
    )
    assert told[0][0] is None, "nobody has more than full marks"
    assert told[1][1:] == (None, True), "the floor keeps it"


def test_whoever_shares_alone_is_not_told_that_full_marks_bring_nothing_without_the_condition():
    # b and c are held at their caps, so a gets what they leave; its result counts again once its points free them
    rows = [row("p", "a", measure_value=20, times_value=3000)]
    rows += [row("p", name, measure_value=90, times_value=1000, cap_fen=30_000_000) for name in "bc"]
    wanted = "SELECT gain_at, is_cap_elsewhere, is_floor_elsewhere FROM int_allocation_lever WHERE recipient_id = 'a'"
    assert ask(rows, {"p": 100_000_000}, wanted) == [(None, True, False)]
    full = [rows[0] | {"measure_value": 100}, *rows[1:]]
    assert (amounts(rows, {"p": 100_000_000})["p", "a"], amounts(full, {"p": 100_000_000})["p", "a"]) == (40_000_000, 62_500_000)
