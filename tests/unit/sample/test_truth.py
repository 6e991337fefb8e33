"""The truth told with a sample: near its aims, closed in itself, every planted finding with its subjects."""

from __future__ import annotations

import json

import pytest

from expectations.contract import code_lists
from orchestration.sample import write_sample


@pytest.fixture(scope="module")
def truth(tmp_path_factory):
    folder = tmp_path_factory.mktemp("truth")
    write_sample(folder, people=20_000, form="parquet", dirt="real", truth=folder / "truth.json")
    return json.loads((folder / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def value(truth):
    rows = {
        (row["indicator_code"], row["period"], row["dimension"], row["member"]): row["value"]
        for row in truth["indicators"]
    }
    return lambda code, period="2019-2021", dimension="all", member="all": rows[code, period, dimension, member]


def test_every_indicator_is_told_for_every_period(truth):
    codes = {code.code for code in code_lists()["indicator"]}
    for period in ("2019Q1", "2021Q4", "2020", "2019-2021"):
        told = {r["indicator_code"] for r in truth["indicators"] if r["period"] == period and r["dimension"] == "all"}
        assert codes <= told


def test_person_times_land_near_the_aim(value):
    assert value("person_times") == pytest.approx(20_000, rel=0.03)
    assert value("persons") == pytest.approx(0.75 * value("person_times"), rel=0.08)


def test_parts_of_a_year_add_up(truth, value):
    for year in ("2019", "2020", "2021"):
        assert sum(value("person_times", f"{year}Q{q}") for q in (1, 2, 3, 4)) == value("person_times", year)
        assert value("person_times", f"{year}Q4", "cumulative") == value("person_times", year)
        for dimension in ("training_type", "skill_level", "sex", "fund_source", "delivery_mode", "institution_id"):
            members = [
                r["value"] for r in truth["indicators"]
                if (r["indicator_code"], r["period"], r["dimension"]) == ("person_times", year, dimension)
            ]  # fmt: skip
            assert sum(members) == value("person_times", year)


def test_categories_count_in_full(truth, value):
    members = [
        r["value"] for r in truth["indicators"]
        if (r["indicator_code"], r["period"], r["dimension"]) == ("person_times", "2021", "trainee_category")
    ]  # fmt: skip
    assert sum(members) > value("person_times", "2021")


def test_shares_and_costs_are_those_of_a_real_district(value):
    assert value("skilled_share", "2021") == pytest.approx(0.27, abs=0.005)
    assert value("high_skilled_share", "2021") == pytest.approx(0.32, abs=0.005)
    assert value("skilled_share", "2021Q3") is None
    assert 850 < value("unit_cost_yuan") < 1450
    assert 0.8 < value("execution_rate") < 1
    assert 0.9 < value("completion_rate") < 0.96


@pytest.mark.parametrize(
    "code", ["certificate_rate", "participation_rate", "pass_rate", "employment_rate", "link_rate"]
)
def test_rates_are_the_quotient_of_their_parts(truth, code):
    for row in truth["indicators"]:
        if row["indicator_code"] == code and row["denominator"]:
            assert row["value"] == pytest.approx(row["numerator"] / row["denominator"])
            assert row["numerator"] <= row["denominator"]


def test_subsets_are_no_larger_than_the_whole(value):
    assert value("person_times_paid") <= value("person_times_certified") <= value("person_times")
    assert value("apprentices_completed") < value("apprentices")


def test_planted_findings_are_many_and_name_no_person(truth):
    assert len(truth["findings"]) > 40
    text = json.dumps(truth["findings"])
    assert "5099551" not in text.replace("915099551", "").replace("525099551", "").replace("125099551", "")
    assert all(finding["count"] >= len(finding["subjects"]) >= 1 for finding in truth["findings"])


def test_the_ledger_pays_what_the_claims_say_save_what_is_planted():
    from orchestration.sample.plan import make_plan
    from orchestration.sample.world import build_world

    plan = make_plan(
        people=2000, first="2019-01", last="2021-12", unit="500103", dirt="none", form="csv", seed=3
    )  # fmt: skip
    with build_world(plan) as world:
        difference = world.execute("""
            SELECT count(*) FROM (SELECT claim_id, sum(outlay) AS a FROM ledger WHERE claim_id IS NOT NULL GROUP BY 1)
            FULL JOIN (SELECT claim_id, sum(paid) AS b FROM claim_as_of(getvariable('horizon'))
                WHERE is_money AND paid > 0 GROUP BY 1) USING (claim_id) WHERE a IS DISTINCT FROM b""").fetchone()
    assert difference == (0,)
