"""Demonstration classes, pushes, training bases, satisfaction, senior share, and the printed forms J1 and J2."""

import pytest

from tests.spec.marts.home import Home
from tests.spec.marts.rows import figure, klass, trainee, value

FIVE = ("graduate", "unemployed", "rural_worker", "veteran", "disabled")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    base = {"institution_name": "基地", "district_code": "500103", "listed_on": "2019-01-01"}
    home.submit("institutions", [
        base | {"institution_id": "B1", "institution_kind": "high_skill_base"},
        base | {"institution_id": "I1", "institution_kind": "private_school"},
    ], period="2020")  # fmt: skip
    home.submit("classes", [
        klass("A", institution_id="B1", skill_level="3"),
        klass("B", institution_id="B1", skill_level="4"),
        klass("C", institution_id="I1", skill_level="2"),
        klass("D", institution_id="B1", skill_level="1", starts_on="2020-02-01", ends_on="2020-02-29"),
        klass("demo", is_demonstration=True, training_type="on_the_job", starts_on="2021-06-30", ends_on="2021-12-31"),
        klass("demo_returned", is_demonstration=True, class_status="returned"),
        klass("far", district_code="500105", skill_level=None, occupation_name="无此职业"),
    ], period="2021Q2")  # fmt: skip
    people = [
        trainee(c, p) for c, p in (("A", "p1"), ("A", "p2"), ("B", "p3"), ("C", "p4"), ("D", "p5"), ("far", "p6"))
    ]
    home.submit("enrollments", people, period="2021Q2")
    push = {"item": "training_push", "period": "2021"}
    pushes = [push | {"audience": g, "published_on": f"2021-0{m}-01"} for g in FIVE for m in (4, 5)]
    pushes += [
        push | {"audience": "veteran", "published_on": "2021-01-01"},
        push | {"audience": None, "published_on": "2021-04-01"},
        {"item": "fund_use", "period": "2021", "audience": "veteran", "published_on": "2021-04-02"},
    ]
    home.submit("publications", pushes, period="2021Q2")
    answer = {"contacted_on": "2021-06-01"}
    answers = [("A", "5"), ("A", "4"), ("A", "3"), ("A", None), ("demo_returned", "1"), ("no_class", "1")]
    home.submit("followups", [answer | {"class_id": c, "response_no": str(n), "satisfaction": s}
                              for n, (c, s) in enumerate(answers)], period="2021Q2")  # fmt: skip
    firm = {"employer_name": "合成企业", "year": 2021}
    home.submit("enterprises", [
        firm | {"employer_id": f"E{d}", "district_code": d, "payroll_yuan": p, "education_fund_drawn_yuan": n}
        for d, p, n in (("500103", "4000", "80"), ("500106", "5000", "100"))], period="2021")  # fmt: skip
    target = {"indicator_code": "person_times", "period": "2021", "plan_version": 0, "unit_of_measure": "person_times"}
    home.submit("targets", [target | {"reporting_unit": u, "target_value": n} for u, n in (("500103", 8), ("500105", 2))],
                period="2021Q2")  # fmt: skip
    connection = home.build()
    yield connection
    connection.close()


def test_demonstration_classes_by_the_day_they_begin(built):
    assert value(built, "demonstration_classes") == 1
    assert value(built, "demonstration_classes", period="2021Q1") == 0


def test_pushes_are_those_of_the_group_with_the_fewest(built):
    assert value(built, "pushes_per_group") == 2
    assert value(built, "pushes_per_group", period="2021Q1") == 0
    assert value(built, "pushes_per_group", period="2021") == 2
    assert value(built, "pushes_per_group", period="2021", dimension="trainee_category", member="veteran") == 3


def test_senior_person_times_of_bases_are_a_mean_per_year_over_a_span(built):
    assert value(built, "base_senior_person_times", period="2021") == 2
    assert value(built, "base_senior_person_times", period="2020-2021") == 1.5
    assert value(built, "base_senior_person_times", period="2021", dimension="institution_id", member="B1") == 2
    assert figure(built, "base_senior_person_times", period="2021", dimension="institution_id", member="I1") is None


def test_satisfaction_of_non_blank_answers_of_counted_classes(built):
    assert figure(built, "satisfaction_rate") == (2, 3, 2 / 3)


def test_the_major_group_of_a_class_without_a_code_is_that_of_its_name(built):
    # 焊工 is 6-18-02-04; a name that is on no list has no major group
    assert value(built, "person_times", dimension="occupation_major", member="6") == 4
    rows = built.execute("SELECT class_id FROM marts.dim_class WHERE occupation_major IS NULL").fetchall()
    assert rows == [("far",)]


def test_the_municipality_counts_enterprises_of_districts_that_are_no_unit_of_their_own(built):
    assert figure(built, "education_fund_ratio", period="2021") == (80, 4000, 0.02)
    assert figure(built, "education_fund_ratio", unit="500000", period="2021") == (180, 9000, 0.02)
    assert figure(built, "education_fund_ratio", unit="500106", period="2021") is None


def test_senior_share_among_those_with_a_level(built):
    assert figure(built, "senior_share") == (3, 4, 0.75)
    assert figure(built, "senior_share", unit="500105") == (0, 0, None)
    assert figure(built, "senior_share", unit="500000") == (3, 4, 0.75)


def test_form_j1_compares_with_the_year_before_and_the_target_of_the_year(built):
    row = built.execute(
        "SELECT current_value, cumulative_value, previous_year_value, change_ratio, target_value, completion_ratio"
        " FROM marts.mart_report_j1 WHERE reporting_unit = '500103' AND period = '2021Q2' AND code = 'person_times'"
    ).fetchone()
    assert row == (4, 4, 0, None, 8, 0.5)


def test_form_j2_has_a_line_per_unit_and_a_total_that_adds_up(built):
    rows = built.execute(
        "SELECT unit_code, unit_name, target_value, current_value, cumulative_value, completion_ratio, time_gap_ratio"
        " FROM marts.mart_report_j2 WHERE reporting_unit = '500000' AND period = '2021Q2' ORDER BY line_no"
    ).fetchall()
    gone = 181 / 365
    assert rows == [
        ("500103", "渝中区", 8, 4, 4, 0.5, pytest.approx(0.5 - gone)),
        ("500105", "江北区", 2, 1, 1, 0.5, pytest.approx(0.5 - gone)),
        (None, "合计", 10, 5, 5, 0.5, pytest.approx(0.5 - gone)),
    ]
