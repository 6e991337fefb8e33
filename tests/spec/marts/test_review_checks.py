"""Checks on gaming, one hand-worked case each with a twin just on the other side; and plans told by a training type's name."""

from __future__ import annotations

import pytest

from orchestration.review.score import score
from tests.spec.marts.home import Home
from tests.spec.marts.rows import assessment, klass, spell, trainee
from tests.spec.review.desk import Desk, line, scheme

# three districts with five institutions; the n-th institution completes 10 - 2n of its ten trainees
QUOTAS = {
    "500103": [100, 100, 100, 100, 100],  # split equally
    "500105": [500, 400, 300, 200, 100],  # the better has the larger quota
    "500107": [100, 200, 300, 400, 500],  # the worse has
}
# of fifty who completed in 2020 nobody was at work at the start; of fifty in 2021 these many were
AT_WORK = {"S1": 10, "S2": 9}
# of twenty employed these many have a registration alone
UNINSURED = {"E1": 6, "E2": 5}
BULK = {"A1": (100, 200), "A2": (99, 200), "A3": (199, 199)}


def fill(home: Home) -> None:
    classes, people, spells, targets, passed = [], [], [], [], []
    for unit, quotas in QUOTAS.items():
        for n, quota in enumerate(quotas):
            name = f"Q{n}-{unit}"
            classes.append(klass(name, institution_id=name, district_code=unit))
            for p in range(10):
                people.append(trainee(name, f"{name}-{p}", completion="completed" if p < 10 - 2 * n else "dropped_out"))
            targets.append(target(unit, quota, f"机构={name}"))
    for name, count in AT_WORK.items():
        for year in (2020, 2021):
            days = {"approved_on": f"{year}-03-20", "starts_on": f"{year}-04-01", "ends_on": f"{year}-04-30"}
            classes.append(klass(f"{name}-{year}", institution_id=name, **days))
            for p in range(50):
                people.append(trainee(f"{name}-{year}", f"{name}-{year}-{p}"))
                if year == 2021 and p < count:
                    spells.append(spell(f"{name}-{year}-{p}", "2021-01-01"))
    # trains as before, and others at their work besides: the base per completed halves, and nobody is hidden
    for year, kinds in ((2020, ["job_skills"]), (2021, ["job_skills", "upskilling"])):
        for kind in kinds:
            days = {"approved_on": f"{year}-03-20", "starts_on": f"{year}-04-01", "ends_on": f"{year}-04-30"}
            classes.append(klass(f"M-{kind}-{year}", institution_id="M", training_type=kind, **days))
            for p in range(50):
                people.append(trainee(f"M-{kind}-{year}", f"M-{kind}-{year}-{p}"))
                if kind == "upskilling":
                    spells.append(spell(f"M-{kind}-{year}-{p}", "2021-01-01"))
    for name, count in UNINSURED.items():
        classes.append(klass(name, institution_id=name))
        for p in range(20):
            people.append(trainee(name, f"{name}-{p}"))
            kind = {"insurance_kind": "registration"} if p < count else {}
            spells.append(spell(f"{name}-{p}", "2021-06-01", "2021-08-31", **kind))
    for name, (burst, count) in BULK.items():
        for n in range(count):
            day = "2021-06-15" if n < burst else f"2021-{1 + n % 5:02}-{1 + n % 20:02}"
            passed.append(assessment(f"{name}-{n}", assessor_id=name, examined_on=day, certificate_no=f"{name}-{n}"))
    targets.append(target("500103", 2000, "培训类型=就业技能培训"))
    targets.append(target("500105", 3000, "就业技能培训"))
    targets.append(target("500107", 4000, "培训类型：job_skills"))
    for year in ("2020", "2021"):
        own = [row for row in classes if row["starts_on"].startswith(year)]
        names = {row["class_id"] for row in own}
        home.submit("classes", own, period=year)
        home.submit("enrollments", [row for row in people if row["class_id"] in names], period=year)
    home.submit("employment", spells)
    home.submit("certifications", passed)
    for unit in QUOTAS:
        home.submit("targets", [t for t in targets if t["reporting_unit"] == unit], unit=unit)


def target(unit: str, value: int, breakdown: str) -> dict:
    return {
        "indicator_code": "person_times", "period": "2021", "breakdown": breakdown, "target_value": str(value),
        "comparator": "ge", "unit_of_measure": "person_times", "plan_version": 0, "document_no": "计划", "reporting_unit": unit,
    }  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    fill(home)
    connection = home.build(data_date="2021-12-31", policy=True)
    yield connection
    connection.close()


def checks(connection, code: str, year: int = 2021) -> dict[str, tuple]:
    """(measured, cases, raised) of a check by subject."""
    found = connection.execute(
        "SELECT subject_id, round(measured_value, 4), case_count, is_raised FROM marts.mart_review_check"
        " WHERE check_code = ? AND year = ?", [code, year],
    )  # fmt: skip
    return {row[0]: row[1:] for row in found.fetchall()}


def test_quotas_that_are_equal_or_run_against_the_scores_are_raised(built):
    found = checks(built, "equal_split_of_quotas")
    assert {unit: row[1:] for unit, row in found.items()} == {
        "500103": (5, True), "500105": (5, False), "500107": (5, True),
    }  # fmt: skip
    # 100 … 500: standard deviation 141.42 over a mean of 300
    assert (found["500103"][0], found["500105"][0]) == (0, 0.4714)


def test_half_of_a_years_certificates_on_one_day_is_raised_from_two_hundred_on(built):
    assert checks(built, "certificates_in_bulk") == {"A1": (0.5, 200, True), "A2": (0.495, 200, False)}


def test_three_in_ten_employed_by_a_registration_alone_is_raised(built):
    found = checks(built, "agreements_without_insurance")
    assert (found["E1"], found["E2"]) == ((0.3, 20, True), (0.25, 20, False))


def test_a_base_smaller_by_a_fifth_is_raised_and_another_mix_of_training_types_is_not(built):
    found = checks(built, "shrinking_denominator")
    assert (found["S1"], found["S2"]) == ((0.2, 50, True), (0.18, 50, False))
    assert found["M"] == (0, 50, False), "half as large per completed, but each type as it was"


def test_a_plan_may_name_a_training_type_in_words(built):
    score(built, scheme([line("person_times", 100, target="plan")], "project_class"))
    found = built.execute(
        "SELECT reporting_unit, target_value FROM temp.mart_review WHERE subject_id = 'job_skills' AND period = '2021' ORDER BY 1"
    ).fetchall()
    assert found == [("500103", 2000), ("500105", 3000), ("500107", 4000)]


def test_a_rank_that_moves_two_places_with_a_weight_is_told_by_how_many(tmp_path):
    # at 50 and 50: P 75.00, Q 74.50, R 74.25; with the first weight at 40: P 72.22, Q 74.56, R 74.33
    desk = Desk()
    for unit, first, second in (("P", 100, 50), ("Q", 74, 75), ("R", 73.5, 75), ("S", 10, 10), ("T", 5, 5)):
        desk.unit(unit)
        desk.figure(unit, "senior_share", first, 100)
        desk.figure(unit, "satisfaction_rate", second, 100)
    desk.score(scheme([line("senior_share", 50), line("satisfaction_rate", 50)]))
    found = desk.connection.execute("SELECT subject_id, places_moved, peer_count FROM temp.int_review_stability")
    assert {row[0]: row[1:] for row in found.fetchall()} == {
        "P": (2, 5), "Q": (1, 5), "R": (1, 5), "S": (0, 5), "T": (0, 5),
    }  # fmt: skip
