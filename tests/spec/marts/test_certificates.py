"""Certificates: which assessment a training has, and the rates made of it. One district per case."""

import pytest

from tests.spec.marts.home import Home
from tests.spec.marts.rows import assessment, figure, klass, trainee

# case -> changes of the class, assessments (their changes), expected certified and has-a-result of the one training
CASES = {
    "own_class": ({}, [{"class_id": True}], 1, 1),
    "own_class_outside_the_window": ({}, [{"class_id": True, "examined_on": "2020-01-01"}], 1, 1),
    "own_class_other_occupation": ({}, [{"class_id": True, "occupation_name": "电工", "skill_level": "3"}], 1, 1),
    "blank_class_first_day": ({}, [{"examined_on": "2021-04-01"}], 1, 1),
    "blank_class_day_before": ({}, [{"examined_on": "2021-03-31"}], 0, 0),
    "blank_class_last_day": ({}, [{"examined_on": "2022-04-30"}], 1, 1),
    "blank_class_day_after": ({}, [{"examined_on": "2022-05-01"}], 0, 0),
    "twelve_months_clamped": ({"starts_on": "2020-02-01", "ends_on": "2020-02-29"}, [{"examined_on": "2021-02-28"}], 1, 1),
    "clamped_day_after": ({"starts_on": "2020-02-01", "ends_on": "2020-02-29"}, [{"examined_on": "2021-03-01"}], 0, 0),
    "other_class": ({}, [{"class_id": "elsewhere"}], 0, 0),
    "other_name": ({}, [{"occupation_name": "电工"}], 0, 0),
    "same_code_other_name": (
        {"occupation_code": "6-18-02-04"}, [{"occupation_code": "6-18-02-04", "occupation_name": "电焊工"}], 1, 1),
    "other_code_same_name": ({"occupation_code": "6-18-02-04"}, [{"occupation_code": "6-18-02-05"}], 0, 0),
    "code_on_one_side": ({"occupation_code": "6-18-02-04"}, [{}], 1, 1),
    "other_level": ({}, [{"skill_level": "4"}], 0, 0),
    "no_level_both": ({"skill_level": None}, [{"skill_level": None}], 1, 1),
    "no_level_one": ({"skill_level": None}, [{}], 0, 0),
    "failed": ({}, [{"class_id": True, "result": "failed"}], 0, 1),
    "absent": ({}, [{"class_id": True, "result": "absent"}], 0, 0),
    "resit": ({}, [{"class_id": True, "result": "failed"}, {"assessment_batch": "B2", "examined_on": "2021-06-01"}], 1, 1),
    "revoked": ({}, [{"class_id": True, "certificate_status": "revoked"}], 0, 1),
    "reissued": ({}, [{"class_id": True, "certificate_status": "reissued"}], 1, 1),
    "blank_number_and_status": ({}, [{"class_id": True, "certificate_no": None, "certificate_status": None}], 1, 1),
}  # fmt: skip


def unit_of(case: str) -> str:
    return str(510101 + list(CASES).index(case))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    classes, people, results = [], [], []
    for case, (changes, own_results, _, _) in CASES.items():
        classes.append(klass(case, district_code=unit_of(case), **changes))
        people.append(trainee(case, f"p_{case}"))
        for row in own_results:
            row = row | ({"class_id": case} if row.get("class_id") is True else {})
            results.append(assessment(f"p_{case}", **row))
    # one blank assessment asked for by two trainings of two quarters
    classes += [klass("S1"), klass("S2", starts_on="2021-05-01", ends_on="2021-07-31")]
    people += [trainee("S1", "shared"), trainee("S2", "shared")]
    results += [assessment("shared", examined_on="2021-07-31")]
    # kind of certificate: of the certificate, else of the project
    classes.append(klass("K", district_code="500112", project_id="P1"))
    people += [trainee("K", "k1"), trainee("K", "k2")]
    results += [
        assessment("k1", class_id="K", certificate_kind="qualification"),
        assessment("k2", class_id="K", result="failed", certificate_kind="qualification"),
    ]
    project = {"project_id": "P1", "skill_level": "5", "valid_from": "2020-01-01", "certificate_kind": "completion"}
    home.submit(
        "projects", [project | {"project_name": "焊工", "occupation_code": "6-18-02-04", "occupation_name": "焊工"}]
    )
    home.submit("classes", classes)
    home.submit("enrollments", people)
    home.submit("certifications", results, period="2022")
    connection = home.build()
    yield connection
    connection.close()


@pytest.mark.parametrize("case", CASES)
def test_certified(built, case):
    _, _, certified, has_result = CASES[case]
    found = built.execute(
        "SELECT is_certified, has_result FROM marts.fct_training WHERE class_id = ?", [case]
    ).fetchone()
    assert found == (bool(certified), bool(has_result))


def test_each_training_asks_on_its_own_and_each_assessment_counts_once(built):
    assert figure(built, "certificate_rate", period="2021") == (2, 2, 1)
    assert figure(built, "pass_rate", period="2021Q2") == (1, 1, 1)
    assert figure(built, "pass_rate", period="2021Q3") == (1, 1, 1)
    assert figure(built, "pass_rate", period="2021") == (1, 1, 1)
    assert figure(built, "participation_rate", period="2021") == (2, 2, 1)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("resit", (1, 2, 0.5)),
        ("absent", (0, 0, None)),
        ("reissued", (0, 0, None)),
        ("revoked", (1, 1, 1)),
        ("failed", (0, 1, 0)),
    ],
)
def test_pass_rate(built, case, expected):
    assert figure(built, "pass_rate", unit=unit_of(case), period="2021") == expected


def test_certificate_kind_is_that_of_the_certificate_else_of_the_project(built):
    kinds = {"dimension": "certificate_kind", "unit": "500112"}
    assert figure(built, "person_times", **kinds, member="qualification") == (1, None, 1)
    assert figure(built, "person_times", **kinds, member="completion") == (1, None, 1)
    assert figure(built, "person_times_certified", **kinds, member="completion") is None
