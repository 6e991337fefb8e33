"""Scores: each rule at its boundary, lines that fall out, penalties, ranks, grades, verdicts; better never scores less."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spec.review.desk import Desk, line, scheme

UNIT = "500103"


def one(
    changes: dict, value: float, over: float | None = 100, measure: str = "senior_share", desk: Desk | None = None
) -> dict:
    """The row of one line of weight 100 with this value."""
    desk = desk or Desk()
    desk.unit(UNIT)
    desk.figure(UNIT, measure, value, over)
    return desk.score(scheme([line(measure, 100, **changes)]))[UNIT, "2021", measure]


STEPS = [{"at": 0.8, "share": 0.8}, {"at": 0.9, "share": 1}, {"at": 0.6, "share": 0.5}]
STEPPED = {"target": None, "rule": "threshold", "steps": STEPS}
SHARES = [
    # rule, value of 100, points
    ({"target": 0.5}, 50, 100), ({"target": 0.5}, 49, 98), ({"target": 0.5}, 60, 100), ({"target": 0.5, "cap": 1.2}, 70, 120),
    ({"target": 0.5, "cap": 1.2}, 55, 110), ({"target": 0.5}, 0, 0), ({"target": 0.5, "direction": "down"}, 50, 100),
    ({"target": 0.5, "direction": "down"}, 80, 62.5), ({"target": 0.5, "direction": "down"}, 0, 100),
    (STEPPED, 90, 100), (STEPPED, 89, 80), (STEPPED, 60, 50), (STEPPED, 59, 0),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "value", "points"), SHARES)
def test_points_of_a_rule(changes, value, points):
    assert one(changes, value)["score"] == Decimal(str(points))


def test_a_penalty_takes_points_off_up_to_its_most_and_never_below_nothing():
    for blocked, off, total in ((0, 0, 100), (3, -3, 97), (50, -10, 90)):
        desk = Desk()
        desk.unit(UNIT)
        desk.figure(UNIT, "senior_share", 1, 1)
        desk.add("mart_review_measure", subject_kind="district", subject_id=UNIT, reporting_unit=UNIT, period="2021",
                 measure="blocked_share", numerator=blocked, denominator=100, value=blocked / 100)  # fmt: skip
        penalty = line(
            "blocked_share", 0, rule="penalty", target=None, direction="down", points_per_unit=100, maximum_points=10
        )
        row = desk.score(scheme([line("senior_share", 100), penalty]))[UNIT, "2021", "blocked_share"]
        assert (row["score"], row["total_score"]) == (off, total)


def test_what_cannot_be_scored_falls_out_and_the_rest_counts_for_a_hundred():
    desk = Desk()
    desk.unit(UNIT)
    desk.figure(UNIT, "senior_share", 30, 60)
    desk.figure(UNIT, "satisfaction_rate", 4, 4)
    lines = [line("senior_share", 60), line("satisfaction_rate", 30, minimum_sample=5), line("employment_rate", 10)]
    rows = desk.score(scheme(lines))
    senior, answers, work = (
        rows[UNIT, "2021", code] for code in ("senior_share", "satisfaction_rate", "employment_rate")
    )
    assert (senior["scored_weight"], senior["score"], senior["total_score"]) == (100, 50, 50)
    assert (answers["is_scored"], answers["verdict"], work["is_scored"], work["verdict"]) == (
        False,
        "cannot_tell",
        False,
        None,
    )
    assert (senior["covered_weight"], senior["rank"], senior["grade"]) == (60, 1, "poor")


@pytest.mark.parametrize(("minimum", "grade", "rank"), [(50, "good", 1), (50.01, None, None)])
def test_too_little_scored_gives_a_total_but_neither_rank_nor_grade(minimum, grade, rank):
    desk = Desk()
    desk.unit(UNIT)
    desk.figure(UNIT, "senior_share", 1, 1)
    tried = scheme([line("senior_share", 50), line("employment_rate", 50)], minimum_coverage=minimum)
    row = desk.score(tried)[UNIT, "2021", "senior_share"]
    assert (row["total_score"], row["grade"], row["rank"]) == (100, grade, rank)


@pytest.mark.parametrize(("value", "grade"), [(60, "good"), (59.99, "poor")])
def test_a_grade_begins_at_its_score(value, grade):
    assert one({}, value)["grade"] == grade


def test_a_plan_is_the_latest_version_and_a_quarter_of_a_count_stands_against_a_quarter_of_it():
    desk = Desk()
    desk.unit(UNIT)
    desk.figure(UNIT, "person_times", 30, period="2021Q1")
    desk.figure(UNIT, "senior_share", 30, 100, period="2021Q1")
    for version, target in ((0, 100), (1, 200)):
        for code, value in (("person_times", target), ("senior_share", 0.6)):
            desk.add("mart_target_progress", reporting_unit=UNIT, indicator_code=code, period="2021", breakdown="",
                     plan_version=version, is_latest_version=version == 1, target_value=value)  # fmt: skip
    rows = desk.score(scheme([line("person_times", 50, target="plan"), line("senior_share", 50, target="plan")]))
    assert rows[UNIT, "2021", "person_times"]["target_value"] == 200
    assert rows[UNIT, "2021Q1", "person_times"]["target_value"] == 50
    assert rows[UNIT, "2021Q1", "senior_share"]["target_value"] == 0.6
    assert rows[UNIT, "2021Q1", "person_times"]["score"] == 30


@pytest.mark.parametrize(
    ("value", "over", "verdict"),
    [(600, 1000, "cannot_tell"), (700, 1000, "above"), (500, 1000, "below"), (6, 10, "cannot_tell"), (9, 10, "above")],
)
def test_the_verdict_is_open_while_the_interval_holds_the_target(value, over, verdict):
    assert one({"target": 0.55 if over == 10 else 0.6}, value, over)["verdict"] == verdict


def test_the_interval_is_the_score_interval_of_wilson():
    row = one({"target": 0.5}, 81, 263)  # worked example: 0.2553 to 0.3662
    assert (round(row["interval_low"], 4), round(row["interval_high"], 4)) == (0.2553, 0.3662)


def test_a_count_has_no_interval_and_reaches_its_target_on_the_spot():
    assert [one({"target": 100}, v, None, "person_times")["verdict"] for v in (100, 99)] == ["above", "below"]


def test_equal_values_share_a_rank_and_a_single_subject_is_not_ranked_on_a_line():
    desk = Desk()
    for unit, value in (("500101", 10), ("500102", 20), ("500103", 20), ("500104", 30)):
        desk.unit(unit)
        desk.figure(unit, "senior_share", value, 100)
    tried = scheme([line("senior_share", 100, rule="rank", target=None)])
    rows = desk.score(tried)
    assert [rows[u, "2021", "senior_share"]["rank"] for u in ("500101", "500102", "500103", "500104")] == [4, 2, 2, 1]
    assert [round(rows[u, "2021", "senior_share"]["score"]) for u in ("500101", "500102", "500104")] == [0, 67, 100]
    assert one({"rule": "rank", "target": None}, 50)["is_scored"] is False


def test_adjusted_and_shrunk_values_are_scored_where_the_scheme_says_so():
    for basis, points in (("raw", 50), ("adjusted", 60), ("shrunk", 55)):
        desk = Desk()
        desk.add("mart_review_case_mix", subject_kind="district", subject_id=UNIT, reporting_unit=UNIT, period="2021",
                 indicator_code="employment_rate", expected_value=0.3, reference_value=0.4, adjusted_value=0.6, interval_low=0.5,
                 interval_high=0.7, credibility=0.75, shrunk_value=0.55)  # fmt: skip
        assert one({"basis": basis}, 50, 100, "employment_rate", desk)["score"] == points


def test_institutions_are_ranked_within_their_unit_and_bases_are_looked_at_once_more():
    desk = Desk()
    for unit, institution, value in ((UNIT, "A", 1), (UNIT, "B", 2), ("500105", "C", 1)):
        if institution != "B":
            desk.unit(unit)
        desk.add("dim_institution", institution_id=institution, is_high_skill_base=institution == "B")
        desk.figure(institution, "person_times", 5, unit=unit)
        desk.figure(institution, "senior_share", value, 4, unit=unit)
    rows = desk.score(scheme([line("senior_share", 100)], "institution"))
    assert {i: rows[i, "2021", "senior_share"]["rank"] for i in "ABC"} == {"A": 2, "B": 1, "C": 1}
    assert {key[0] for key in Desk.score(desk_of(desk), scheme([line("senior_share", 100)], "base"))} == {"B"}


def desk_of(desk: Desk) -> Desk:
    """A fresh desk with the same figures."""
    fresh = Desk()
    for table in ("mart_indicator", "dim_unit", "dim_institution"):
        rows = desk.connection.execute(f"SELECT * FROM marts.{table}").fetchall()
        fresh.connection.executemany(f"INSERT INTO marts.{table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    return fresh


CODES = ("senior_share", "satisfaction_rate", "link_rate", "unit_cost_yuan")


@settings(max_examples=8, deadline=None)
@given(
    values=st.lists(st.tuples(*[st.integers(1, 100)] * 4), min_size=2, max_size=6),
    cuts=st.lists(st.integers(1, 97), min_size=3, max_size=3, unique=True), better=st.integers(1, 50), order=st.randoms(),
)  # fmt: skip
def test_better_never_scores_less_nor_ranks_lower_and_the_order_of_rows_says_nothing(values, cuts, better, order):
    first, second, third = sorted(cuts)
    weights = (first, second - first, third - second, 100 - third)
    directions = ("up", "up", "up", "down")
    tried = scheme([
        line(code, weight, direction=direction, target=0.5)
        for code, weight, direction in zip(CODES, weights, directions, strict=True)
    ])  # fmt: skip

    def results(rows: list[tuple[str, tuple]]) -> dict[str, tuple]:
        desk = Desk()
        for unit, figures in rows:
            desk.unit(unit)
            for code, value in zip(CODES, figures, strict=True):
                desk.figure(unit, code, value, 100)
        found = desk.score(tried)
        for unit, _ in rows:  # the parts add up to the total
            assert (
                sum(found[unit, "2021", code]["score"] for code in CODES)
                == found[unit, "2021", CODES[0]]["total_score"]
            )
        return {
            unit: (found[unit, "2021", CODES[0]]["total_score"], found[unit, "2021", CODES[0]]["rank"])
            for unit, _ in rows
        }

    rows = [(f"5001{number:02}", figures) for number, figures in enumerate(values, start=1)]
    plain = results(rows)
    shuffled = rows[:]
    order.shuffle(shuffled)
    assert results(shuffled) == plain
    name, figures = rows[0]
    raised = results([(name, (figures[0] + better, *figures[1:3], max(1, figures[3] - better))), *rows[1:]])
    assert raised[name][0] >= plain[name][0] and raised[name][1] <= plain[name][1]
    assert all(raised[unit][0] == plain[unit][0] for unit, _ in rows[1:]), "another's result moves nobody's ratio score"
