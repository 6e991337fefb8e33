"""Case mix: the regression of the build against plain least squares, adjusted values, shrinkage, scores."""

import numpy
import pytest

from tests.spec.marts.home import Home
from tests.spec.marts.rows import assessment, klass, trainee

UNITS = ("500103", "500105")
PEOPLE = 480


def person(number: int) -> dict:
    """Class, traits and result of the number-th person, spread so that traits and places are mixed unevenly."""
    group = "unemployed" if number % 3 == 0 else "veteran"
    return {
        "class": f"K{number % 4 if number % 7 else 0}", "categories": [group, "disabled"] if number % 5 == 0 else [group],
        "birth_year": 1999 if number % 2 else 1975, "school": ("初中", "本科", None)[number * 7 % 3],
        "passed": (number * 13 + number // 9) % 10 < (9 if group == "veteran" else 6),
    }  # fmt: skip


PERSONS = [person(n) for n in range(PEOPLE)]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    home.submit("classes", [klass(f"K{k}", institution_id=f"I{k}", district_code=UNITS[k // 2]) for k in range(4)])
    home.submit("enrollments", [
        trainee(p["class"], f"p{n}", trainee_categories=p["categories"], birth_year=p["birth_year"], education=p["school"])
        for n, p in enumerate(PERSONS)
    ])  # fmt: skip
    home.submit("certifications", [
        assessment(f"p{n}", class_id=p["class"], result="passed" if p["passed"] else "failed", assessment_batch="B")
        for n, p in enumerate(PERSONS)
    ])  # fmt: skip
    connection = home.build(data_date="2021-12-31", policy=True)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def fitted():
    """Chance of a certificate of each person by plain least squares over the same traits, by the test's own hand."""
    traits = [
        [1.0, "unemployed" in p["categories"], "disabled" in p["categories"], p["birth_year"] == 1999, p["school"] == "初中",
         p["school"] == "本科"]
        for p in PERSONS
    ]  # fmt: skip
    design = numpy.array(traits, dtype=float)
    result = numpy.array([p["passed"] for p in PERSONS], dtype=float)
    return design @ numpy.linalg.lstsq(design, result, rcond=None)[0]


def rows(connection, kind: str, code: str = "certificate_rate") -> dict[str, dict]:
    """Rows of the case mix of 2021 by subject."""
    cursor = connection.execute(
        "SELECT * FROM marts.mart_review_case_mix WHERE subject_kind = ? AND period = '2021' AND indicator_code = ?",
        [kind, code],
    )
    names = [column[0] for column in cursor.description]
    found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row["subject_id"]: row for row in found}


def test_what_is_expected_of_an_institution_is_the_mean_of_plain_least_squares(built, fitted):
    found = rows(built, "institution")
    assert set(found) == {"I0", "I1", "I2", "I3"}
    for name, row in found.items():
        own = [n for n, p in enumerate(PERSONS) if p["class"] == f"K{name[1]}"]
        assert row["base_count"] == len(own) and row["result_count"] == sum(PERSONS[n]["passed"] for n in own)
        assert row["expected_value"] == pytest.approx(fitted[own].mean(), abs=1e-8)


@pytest.mark.parametrize("kind", ["district", "institution"])
def test_adjusted_is_actual_less_expected_plus_reference_and_moves_nothing_in_all(built, kind):
    found = rows(built, kind).values()
    passed = sum(p["passed"] for p in PERSONS) / PEOPLE
    for row in found:
        assert row["reference_value"] == pytest.approx(passed)
        assert row["adjusted_value"] == pytest.approx(row["actual_value"] - row["expected_value"] + passed)
        assert row["interval_low"] < row["adjusted_value"] < row["interval_high"]
    assert sum(r["base_count"] * (r["adjusted_value"] - passed) for r in found) == pytest.approx(0, abs=1e-6)


def test_shrunk_values_lie_between_the_reference_and_the_own_and_closer_to_it_the_fewer_are_known(built):
    found = list(rows(built, "institution").values())
    rate, sizes = found[0]["reference_value"], numpy.array([r["base_count"] for r in found], dtype=float)
    spread, values = rate * (1 - rate), numpy.array([r["adjusted_value"] for r in found])
    excess = (sizes * (values - rate) ** 2).sum() / spread - (len(found) - 1)
    variance = max(0.0, spread * excess / (sizes.sum() - (sizes**2).sum() / sizes.sum()))
    for row, size, value in zip(found, sizes, values, strict=True):
        weight = variance / (variance + spread / size)
        assert row["credibility"] == pytest.approx(weight, abs=1e-9)
        assert row["shrunk_value"] == pytest.approx(rate + weight * (value - rate), abs=1e-9)


def test_a_rate_that_all_reach_has_no_spread_and_the_interval_stays_within_it(built):
    for row in rows(built, "institution", "completion_rate").values():
        assert (row["actual_value"], row["expected_value"], row["adjusted_value"], row["interval_high"]) == (1, 1, 1, 1)
        assert row["credibility"] == 0 and row["shrunk_value"] == 1


def test_coefficients_are_published_and_a_term_that_others_say_has_none(built):
    found = dict(built.execute(
        "SELECT term, coefficient FROM marts.mart_review_coefficient WHERE indicator_code = 'certificate_rate'"
    ).fetchall())  # fmt: skip
    assert {"constant", "category=disabled", "category=unemployed", "category=veteran"} <= set(found)
    assert found["category=veteran"] == 0, "whoever is not unemployed is a veteran: the constant and the other say it"
    assert found["category=unemployed"] < 0
    assert not any(term.startswith(("year", "level", "occupation", "work", "place")) for term in found), (
        "one member, no term"
    )


def test_the_review_of_a_year_has_a_row_per_subject_and_indicator_that_repeats_the_indicator(built):
    wrong = built.execute(
        """SELECT count(*) FROM marts.mart_district_review AS r JOIN marts.mart_indicator AS i
        ON i.indicator_code = r.indicator_code AND i.reporting_unit = r.reporting_unit AND i.period = r.year::VARCHAR
        AND i.dimension = 'all' WHERE r.raw_value IS DISTINCT FROM i.value"""
    ).fetchone()
    assert wrong == (0,)
    key = "(reporting_unit, institution_id, year, indicator_code)"
    total, distinct = built.execute(
        f"SELECT count(*), count(DISTINCT {key}) FROM marts.mart_institution_review"
    ).fetchone()
    assert total == distinct > 0
    parts = "SELECT count(*) FROM (SELECT sum(score) AS parts, any_value(total_score) AS total FROM marts.mart_review" \
            " GROUP BY subject_kind, subject_id, reporting_unit, period HAVING greatest(0, parts) <> total)"  # fmt: skip
    assert built.execute(parts).fetchone() == (0,)


def test_the_score_of_the_equal_split_finding_is_the_total_of_the_review(built):
    scores = built.execute("SELECT institution_id, score FROM scratch.work.int_institution_score ORDER BY 1").fetchall()
    totals = built.execute(
        "SELECT DISTINCT institution_id, total_score::DOUBLE FROM marts.mart_institution_review WHERE year = 2021 ORDER BY 1"
    ).fetchall()
    assert scores == totals and len(scores) == 4
