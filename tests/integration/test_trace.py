"""`trace`: the rows it names come to the published figure, on both sides, for every indicator of the code list."""

import pytest

from orchestration.indicators import indicator_definitions
from orchestration.trace import NoSuchTrace, trace

CODES = [item["code"] for _, item in indicator_definitions()]
LINES = ["classes_started", "enrolled", "trained", "passed", "employed"]


def side(figure: dict, name: str) -> float:
    """What is published on one side; a quantile is told as the value alone."""
    told = figure[name] if figure[name] is not None or name == "denominator" else figure["value"]
    return float(told or 0)


@pytest.mark.parametrize("code", CODES + LINES)
@pytest.mark.parametrize("period", ["2021Q2", "2019-2021"])
def test_rows_come_to_both_sides_of_the_published_figure(bureau, code, period):
    if code in LINES and period == "2019-2021":
        period = "2021"  # forms are printed by quarter and year
    found = trace(bureau.settings, code, unit="500103", period=period)
    assert "denominator" in found["sides"] or found["figure"]["denominator"] is None
    for name, behind in found["sides"].items():
        assert float(behind["rows_come_to"] or 0) == pytest.approx(side(found["figure"], name)), name
        assert bool(behind["rows"]) or not side(found["figure"], name)


@pytest.mark.parametrize(
    ("code", "breakdown"),
    [
        ("person_times", "sex=female"),
        ("person_times", "skill_level=none"),
        ("persons", "trainee_category=rural_worker"),
        ("pass_rate", "training_type=job_skills"),
        ("unit_cost_per_job_yuan", "delivery_mode=offline"),
        ("execution_rate", "fund_source=employment_fund"),
        ("employment_rate", "cumulative=all"),
        ("execution_rate", "cumulative=all"),
    ],
)
def test_a_breakdown_takes_the_members_rows_only(bureau, code, breakdown):
    dimension, member = breakdown.split("=")
    sql = f"SELECT max(period) FROM marts.mart_indicator WHERE indicator_code = '{code}' AND dimension = '{dimension}'"
    ((period,),) = bureau.query(f"{sql} AND member = '{member}' AND value > 0 AND period LIKE '20__'")
    found = trace(bureau.settings, code, unit="500103", period=period, breakdown=breakdown)
    for name, behind in found["sides"].items():
        assert float(behind["rows_come_to"]) > 0
        assert float(behind["rows_come_to"]) == pytest.approx(side(found["figure"], name)), name


def test_the_municipality_takes_its_districts_rows(bureau):
    district = trace(bureau.settings, "person_times", unit="500103", period="2021")
    city = trace(bureau.settings, "person_times", unit="500000", period="2021")
    assert city["rows"] == district["rows"]


def test_every_row_says_where_it_stood_and_each_row_is_told_once(bureau):
    found = trace(bureau.settings, "certificate_rate", unit="500103", period="2021Q2")
    places = [(row["file_name"], row["sheet"], row["row_no"], row["submission_id"]) for row in found["rows"]]
    assert len(set(places)) == len(places) == found["figure"]["denominator"]
    assert sum(row["in_numerator"] for row in found["rows"]) == found["figure"]["numerator"]
    assert all(row["submission_id"] and row["file_name"] and row["row_no"] >= 1 for row in found["rows"])


def test_a_target_is_told_with_the_row_that_set_it(bureau):
    (target, *_) = trace(bureau.settings, "person_times", unit="500103", period="2021")["targets"]
    assert target["target_value"] > 0 and target["file_name"] and target["row_no"] >= 1


@pytest.mark.parametrize(("code", "period"), [("no_such", "2021"), ("person_times", "2031")])
def test_a_figure_that_is_not_there_is_refused(bureau, code, period):
    with pytest.raises(NoSuchTrace):
        trace(bureau.settings, code, unit="500103", period=period)
