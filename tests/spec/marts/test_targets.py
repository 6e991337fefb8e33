"""Target progress: comparators, targets of nothing, shares, breakdowns, versions, time progress."""

import pytest

from tests.spec.marts.home import Home
from tests.spec.marts.rows import klass, trainee

# (indicator, period, breakdown, version, target, comparator, unit) -> actual, completion, is met, shortfall
TARGETS = [
    (("person_times", "2021", "", 0, 4, None, "person_times"), (2, 0.5, False, 2)),
    (("person_times", "2021", "", 1, 2, "ge", "person_times"), (2, 1, True, 0)),
    (("person_times", "2021Q2", "", 0, 1, "ge", "person_times"), (1, 1, True, 0)),
    (("person_times", "2020-2021", "", 0, 2, "le", "person_times"), (2, 1, True, 0)),
    (("person_times", "2021Q3", "", 0, 0, "le", "person_times"), (1, None, False, 1)),
    (("persons", "2021", "", 0, 3, "eq", "persons"), (2, 2 / 3, False, 1)),
    (("persons", "2021", "trainee_category=veteran", 0, 2, "eq", "persons"), (2, 1, True, 0)),
    (("persons", "2021", "training_type=job_skills", 0, 2, "ge", "persons"), (2, 1, True, 0)),
    (("completion_rate", "2021", "", 0, "0.5", "ge", "ratio"), (0.5, 1, True, 0)),
    (("completion_rate", "2021", "", 1, "0.6", "ge", "ratio"), (0.5, 0.5 / 0.6, False, 0.6 - 0.5)),
    (("completion_rate", "2021", "", 2, "1.5", "ge", "ratio"), (0.5, 0.5 / 1.5, False, 1)),
    (("person_times", "2021", "training_type=safety", 0, 4, "ge", "person_times"), (0, 0, False, 4)),
    (("person_times", "2021", "training_type=no_such_type", 0, 4, "ge", "person_times"), (None, None, None, None)),
    (("skilled_share", "2021", "", 0, "0.27", "ge", "ratio"), (None, None, None, None)),
    (("person_times", "2022", "", 0, 10, "ge", "person_times"), (None, None, None, None)),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    home.submit("classes", [klass("C1"), klass("C2", starts_on="2021-06-01", ends_on="2021-07-31")], period="2021Q3")
    people = [trainee("C1", "p1"), trainee("C2", "p2"), trainee("C1", "p3", completion="failed")]
    home.submit("enrollments", [*people, trainee("C2", "p4", completion="failed")], period="2021Q3")
    names = ("indicator_code", "period", "breakdown", "plan_version", "target_value", "comparator", "unit_of_measure")
    rows = [dict(zip(names, key, strict=True)) | {"reporting_unit": "500103", "document_no": "D"} for key, _ in TARGETS]
    home.submit("targets", [r | {"breakdown": r["breakdown"] or None} for r in rows], period="2020-2021")
    connection = home.build(data_date="2021-09-30")
    yield connection
    connection.close()


@pytest.mark.parametrize(("key", "expected"), TARGETS)
def test_progress(built, key, expected):
    code, period, breakdown, version, *_ = key
    row = built.execute(
        "SELECT actual_value, completion_ratio, is_met, shortfall FROM marts.mart_target_progress WHERE indicator_code = ?"
        " AND period = ? AND breakdown = ? AND plan_version = ?",
        [code, period, breakdown, version],
    ).fetchone()
    assert row == pytest.approx(expected)


@pytest.mark.parametrize(
    ("code", "period", "expected"),
    [
        ("person_times", "2021", 273 / 365),
        ("person_times", "2021Q2", 1),
        ("person_times", "2021Q3", 1),
        ("person_times", "2022", 0),
        ("person_times", "2020-2021", (366 + 273) / 731),
    ],
)
def test_time_progress_counts_both_ends(built, code, period, expected):
    rows = built.execute(
        "SELECT DISTINCT time_progress_ratio FROM marts.mart_target_progress WHERE indicator_code = ? AND period = ?",
        [code, period],
    ).fetchall()
    assert [r for (r,) in rows] == pytest.approx([expected])


def test_clause_and_document(built):
    row = built.execute(
        "SELECT DISTINCT clause, document_no FROM marts.mart_target_progress WHERE indicator_code = 'person_times'"
    ).fetchall()
    assert row == [("YZ2019-2a", "D")]
