"""`trace`: the rows it names come to the published figure, for every indicator that can be traced."""

import pytest

from orchestration.trace import SOURCES, NoSuchTrace, trace

STOCKS = ("skilled_share", "high_skilled_share")


@pytest.mark.parametrize("code", sorted(set(SOURCES) - set(STOCKS)))
@pytest.mark.parametrize("period", ["2021Q2", "2020", "2019-2021"])
def test_rows_come_to_the_published_numerator(bureau, code, period):
    found = trace(bureau.settings, code, unit="500103", period=period)
    assert float(found["rows_come_to"] or 0) == pytest.approx(float(found["figure"]["numerator"] or 0))


@pytest.mark.parametrize(
    "breakdown", ["sex=female", "training_type=job_skills", "skill_level=none", "trainee_category=rural_worker"]
)
def test_a_breakdown_takes_the_members_rows_only(bureau, breakdown):
    found = trace(bureau.settings, "person_times", unit="500103", period="2019-2021", breakdown=breakdown)
    assert found["rows_come_to"] == found["figure"]["numerator"] == len(found["rows"]) > 0


def test_the_municipality_takes_its_districts_rows(bureau):
    district = trace(bureau.settings, "person_times", unit="500103", period="2021")
    city = trace(bureau.settings, "person_times", unit="500000", period="2021")
    assert city["rows"] == district["rows"]


def test_every_row_says_where_it_stood(bureau):
    found = trace(bureau.settings, "person_times", unit="500103", period="2021Q2")
    for row in found["rows"]:
        assert row["submission_id"] and row["file_name"] and row["row_no"] >= 1


@pytest.mark.parametrize("code", STOCKS)
def test_a_share_names_the_official_rows(bureau, code):
    assert trace(bureau.settings, code, unit="500103", period="2021")["rows"]


@pytest.mark.parametrize(("code", "period"), [("no_such", "2021"), ("person_times", "2031")])
def test_a_figure_that_is_not_there_is_refused(bureau, code, period):
    with pytest.raises(NoSuchTrace):
        trace(bureau.settings, code, unit="500103", period=period)
