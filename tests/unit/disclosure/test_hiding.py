"""What is hidden in a table, what stays, and that an attacker with all sums finds nothing; on drawn tables."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboards.disclosure.attack import Attack
from dashboards.disclosure.model import HIDDEN, SHOWN, Limits, Variable, interval, rounded, shown_value
from dashboards.disclosure.policy import policy
from dashboards.disclosure.suppression import protect
from tests.unit.disclosure.grids import grid, possible

COUNTS = st.one_of(st.integers(0, 14), st.integers(0, 120))
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(COUNTS, min_size=width, max_size=width), min_size=2, max_size=5)
)
LIMITS = Limits()


def states(counts: list[list[int]]) -> list[tuple[str, str]]:
    model = grid(counts)
    protect(model, list(range(len(model.variables))))
    return [(one.name, one.state) for one in model.variables]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(TABLES)
@example([[9, 10], [10, 10]])
@example([[0, 0], [0, 12]])
@example([[3, 40], [40, 40]])
def test_no_hidden_figure_of_a_drawn_table_has_three_values_or_fewer(counts):
    model = grid(counts)
    found = protect(model, list(range(len(model.variables))))
    assert found == [] and Attack(model).exposed() == []


@settings(max_examples=40, deadline=None, derandomize=True)
@given(TABLES)
def test_small_figures_are_hidden_and_what_is_shown_is_the_truth_rounded(counts):
    model = grid(counts)
    protect(model, list(range(len(model.variables))))
    for one in model.variables:
        if one.truth < 10:
            assert one.state == HIDDEN
        if one.state == SHOWN:
            assert shown_value(one, LIMITS) % 5 == 0 and abs(shown_value(one, LIMITS) - one.truth) <= 2
            low, high = interval(one, LIMITS)
            assert low <= one.truth <= high


@settings(max_examples=30, deadline=None, derandomize=True)
@given(TABLES)
def test_no_figure_is_hidden_alone_in_a_line_whose_total_is_shown(counts):
    model = grid(counts)
    protect(model, list(range(len(model.variables))))
    for relation in model.relations:
        total, *parts = relation.parts
        hidden = [part for part in parts if model.variables[part].state == HIDDEN]
        assert len(hidden) != 1 or model.variables[total].state == HIDDEN


@settings(max_examples=15, deadline=None, derandomize=True)
@given(TABLES)
def test_the_same_table_is_hidden_the_same_way(counts):
    assert states(counts) == states(counts)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.integers(0, 22), min_size=2, max_size=2), min_size=2, max_size=2), st.integers(0, 3))
@example([[9, 1], [1, 9]], 0)
@example([[11, 1], [13, 40]], 1)
def test_the_attacker_finds_what_trying_every_table_finds(counts, target):
    model = grid(counts)
    for one in model.variables:
        one.state = HIDDEN if one.truth < LIMITS.threshold else SHOWN
    if model.variables[target].state == SHOWN:
        return
    values = possible(model, target)
    assert (Attack(model).exposed([target]) == [target]) == (max(values) - min(values) + 1 <= LIMITS.values)


def test_the_attacker_reads_small_figures_off_a_table_that_hides_no_second_one():
    model = grid([[3, 41], [44, 52]], Limits(base=1))
    for one in model.variables:
        one.state = HIDDEN if one.truth < 10 else SHOWN
    assert [model.variables[at].name for at in Attack(model).exposed()] == ["0.0"]


def test_a_total_between_ten_and_twelve_with_one_part_shown_tells_the_other():
    # 10 is printed for 10 to 12 alone, since less is hidden: whole and part leave 0 to 2 for the rest
    model = grid([[10, 1], [30, 30]])
    for one in model.variables:
        one.state = HIDDEN if one.truth < 10 else SHOWN
    at = next(at for at, one in enumerate(model.variables) if one.name == "0.1")
    assert at in Attack(model).exposed()
    assert protect(model, list(range(len(model.variables)))) == []


def test_money_goes_with_its_persons_and_is_told_in_persons():
    model = grid([[6, 40], [20, 30]])
    heads = {one.name: at for at, one in enumerate(model.variables)}
    paid = {}
    for name, at in list(heads.items()):
        one = Variable(f"money {name}", model.variables[at].truth * 1180, is_money=True, price=1180.0, follows=at)
        paid[name] = model.add(one)
    model.line(paid["row 0"], [paid["0.0"], paid["0.1"]])
    assert protect(model, list(range(len(model.variables)))) == []
    assert model.variables[paid["0.0"]].state == HIDDEN and model.variables[paid["0.1"]].state == HIDDEN
    assert shown_value(model.variables[paid["whole"]], LIMITS) % 100 == 0


@pytest.mark.parametrize(
    ("truth", "base", "printed"), [(12, 5, 10), (13, 5, 15), (2.5, 5, 5), (1180.5, 100, 1200), (50, 100, 100)]
)
def test_rounding_is_to_the_nearest_and_halves_go_up(truth, base, printed):
    assert rounded(truth, base) == printed


def test_an_earlier_state_stays_and_another_figure_is_hidden_instead():
    model = grid([[4, 30, 33], [40, 41, 42]])
    names = {one.name: one for one in model.variables}
    names["0.1"].state, names["0.1"].is_fixed = SHOWN, True
    assert protect(model, list(range(len(model.variables)))) == []
    assert names["0.1"].state == SHOWN and names["0.2"].state == HIDDEN


@pytest.mark.parametrize(
    "category", ["disabled", "prisoner", "drug_rehab", "low_income_family", "zero_job_family", "poor_labourer"]
)
def test_sensitive_categories_never_meet_a_place_below_the_district(category):
    rules = policy()
    pair = ("trainee_category", category)
    assert not rules.is_withheld("500103", [pair])
    assert rules.is_withheld("500103", [pair, ("street", "七星岗街道")])
    assert rules.is_withheld("500103", [pair, ("institution_id", "i")])
    assert rules.is_withheld("500103001", [pair])
    assert not rules.is_withheld("500103", [("trainee_category", "veteran"), ("street", "七星岗街道")])


def test_a_withheld_figure_is_hidden_however_large():
    model = grid([[400, 300], [200, 100]])
    model.variables[0].is_withheld = True
    assert protect(model, list(range(len(model.variables)))) == []
    assert model.variables[0].state == HIDDEN
