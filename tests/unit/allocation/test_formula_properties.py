"""The allocation formula on a thousand drawn schemes: exact, bounded, monotone, the same in any order of rows."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.allocation.kernel import amounts, ask, refusals, row

POTS = 25
FACTORS = (1, 2, 3)
PERFORMANCE = 2

drawn_bound = st.one_of(st.none(), st.integers(0, 400))
drawn_recipient = st.fixed_dictionaries(
    {
        "sizes": st.tuples(*[st.integers(0, 50)] * len(FACTORS)),
        "measures": st.tuples(*[st.integers(0, 1500)] * len(FACTORS)),
        "last_year_fen": st.integers(0, 500),
        "floor_fen": drawn_bound,
        "floor_ratio": st.sampled_from([None, None, "0.5", "0.8"]),
        "floor_share": st.sampled_from([None, None, "0.05"]),
        "cap_fen": drawn_bound,
        "cap_ratio": st.sampled_from([None, None, "1.2", "1.5"]),
        "cap_share": st.sampled_from([None, None, None, "0.4"]),
        "locked_fen": st.sampled_from([None, None, None, None, 30]),
        "is_suspended": st.sampled_from([False, False, False, True]),
    }
)
drawn_pot = st.fixed_dictionaries(
    {
        "shares": st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda w: (w[0], w[1], 120 - w[0] - w[1])),
        "recipients": st.lists(drawn_recipient, min_size=1, max_size=8),
        "pool": st.one_of(st.integers(1, 2000), st.integers(10**8, 10**13)),
    }
)
drawn_pots = st.lists(drawn_pot, min_size=POTS, max_size=POTS)
thousand = settings(
    max_examples=250 // POTS, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large],
)  # fmt: skip


def written(pots: list[dict]) -> tuple[list[dict], dict[str, int]]:
    """Rows and pools of drawn pots, as the formula reads them."""
    rows, pools = [], {}
    for number, pot in enumerate(pots):
        key = f"p{number:02}"
        pools[key] = pot["pool"]
        for place, recipient in enumerate(pot["recipients"]):
            bounds = {name: value for name, value in recipient.items() if name not in ("sizes", "measures")}
            for at, factor in enumerate(FACTORS):
                own = {"share": pot["shares"][at], "times_value": recipient["sizes"][at]}
                own |= {"measure_value": f"{recipient['measures'][at] / 1000:.3f}"}
                rows.append(row(key, f"r{place}", factor_no=factor, **own, **bounds))
    return rows, pools


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


@thousand
@given(drawn_pots)
def test_every_fen_is_given_out_within_floor_and_cap_as_the_definition_says(pots):
    rows, pools = written(pots)
    given_out = amounts(rows, pools)
    feasible = claims(rows, pools)
    assert {pot for pot, _ in given_out} == set(feasible)
    for pot, claimed in feasible.items():
        got = {recipient: given_out[pot, recipient] for recipient, *_ in claimed}
        assert sum(got.values()) == pools[pot]
        assert all(floor <= got[recipient] <= cap for recipient, _, floor, cap in claimed)
        assert got == by_definition(pools[pot], claimed)


@thousand
@given(drawn_pots, st.integers(1, 700))
def test_a_better_result_never_gets_less_and_the_order_of_rows_says_nothing(pots, gain):
    rows, pools = written(pots)
    before = amounts(rows, pools)
    assert amounts(rows[::-1], pools) == before
    better = [
        r | {"measure_value": f"{float(r['measure_value']) + gain / 1000:.3f}"}
        if (r["recipient_id"], r["factor_no"]) == ("r0", PERFORMANCE) else r
        for r in rows
    ]  # fmt: skip
    after = amounts(better, pools)
    assert [pot for (pot, recipient), fen in before.items() if recipient == "r0" and after[pot, recipient] < fen] == []


@thousand
@given(drawn_pots)
def test_the_parts_of_a_recipient_and_its_adjustment_add_up_to_its_amount(pots):
    rows, pools = written(pots)
    wanted = """
        SELECT a.pot_key, a.recipient_id, any_value(a.plain_fen), any_value(a.points), (sum(p.part_yuan) * 100)::BIGINT,
            min(p.part_yuan)
        FROM int_allocation_amount AS a JOIN mart_allocation_part AS p USING (pot_key, recipient_id) GROUP BY ALL"""
    plain: dict[str, int] = {}
    for pot, _, plain_fen, _, parts, least in ask(rows, pools, wanted):
        assert parts == plain_fen and least >= 0
        plain[pot] = plain.get(pot, 0) + plain_fen
    assert all(total == pools[pot] for pot, total in plain.items())


@thousand
@given(drawn_pots)
def test_what_cannot_be_given_out_is_refused_with_its_reason(pots):
    rows, pools = written(pots)
    suspended = {pot: all(r["is_suspended"] for r in rows if r["pot_key"] == pot) for pot in pools}
    wanted = (
        "SELECT pot_key, list((points, floor_fen, cap_fen)), any_value(refusal) FROM int_allocation_claim GROUP BY 1"
    )
    for pot, claimed, refusal in ask(rows, pools, wanted):
        floors, caps = sum(floor for _, floor, _ in claimed), sum(cap for *_, cap in claimed)
        if suspended[pot]:
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
