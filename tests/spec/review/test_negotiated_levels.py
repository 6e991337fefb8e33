"""Negotiated levels: the worked table of RSA-TAC-20-02, truncation, the adjustment factor, failure twice in a row."""

from decimal import Decimal

import pytest

from tests.spec.review.desk import Desk, line, scheme

UNIT, CLASS = "500103", "job_skills"
CODES = ("employment_rate", "retention_rate_6m", "certificate_rate", "pass_rate", "completion_rate")
TABLE_1 = (98.0, 46.8, 88.2, 90.5, 84.1)  # indicator scores of the worked example; they average to 81.5


def desk_of(scores: tuple[float, ...], year: str = "2021", desk: Desk | None = None, programme: str = CLASS) -> Desk:
    """A desk on which a programme's indicators come to these scores against a level of 50 %."""
    desk = desk or Desk()
    if year == "2021" and programme == CLASS:
        desk.unit(UNIT)
    for code, score in zip(CODES, scores, strict=True):
        desk.figure(programme, code, round(score * 50), 10000, year, UNIT, "training_type")
    return desk


def tried(level: float = 0.5, codes: tuple[str, ...] = CODES):
    """Negotiated levels that weigh all indicators the same."""
    lines = [line(code, 100 / len(codes), target=level) for code in codes]
    return scheme(lines, "project_class", method="negotiated_level")


def test_table_1_averages_to_81_5():
    rows = desk_of(TABLE_1).score(tried(), "mart_review_negotiated")
    assert tuple(float(rows[CLASS, "2021", code]["indicator_score"]) for code in CODES) == TABLE_1
    assert {row["programme_score"] for row in rows.values()} == {Decimal("81.5")}
    assert [code for code in CODES if rows[CLASS, "2021", code]["fails_indicator"]] == ["retention_rate_6m"]
    assert all(row["fails_programme"] and not row["fails_twice"] for row in rows.values())


@pytest.mark.parametrize(
    ("numerator", "denominator", "level", "score"),
    [
        (89985, 100000, 1, "89.9"),  # never rounded up to 90.0
        (98, 100, 1, "98.0"), (49, 100, 0.5, "98.0"), (29, 100, 0.29, "100.0"), (57, 100, 0.57, "100.0"), (1, 3, 1, "33.3"),
        (2, 3, 1, "66.6"), (9, 10, 1, "90.0"), (5, 10, 1, "50.0"), (49999, 100000, 1, "49.9"), (3, 2, 1, "150.0"),
    ],
)  # fmt: skip
def test_a_score_is_truncated_to_a_tenth(numerator, denominator, level, score):
    desk = Desk()
    desk.unit(UNIT)
    desk.figure(CLASS, "employment_rate", numerator, denominator, "2021", UNIT, "training_type")
    row = desk.score(tried(level, ("employment_rate",)), "mart_review_negotiated")[CLASS, "2021", "employment_rate"]
    assert row["indicator_score"] == Decimal(score)
    assert row["fails_indicator"] == (Decimal(score) < 50)


def test_the_factor_is_what_the_same_regression_expects_now_less_what_it_expected_of_last_years_trainees():
    desk = desk_of((100, 100, 100, 100, 100))
    for year, expected in (("2020", 0.55), ("2021", 0.45)):
        desk.add("mart_review_case_mix", subject_kind="project_class", subject_id=CLASS, reporting_unit=UNIT, period=year,
                 indicator_code="employment_rate", expected_value=expected)  # fmt: skip
    rows = desk.score(tried(), "mart_review_negotiated")
    work, kept = rows[CLASS, "2021", "employment_rate"], rows[CLASS, "2021", "retention_rate_6m"]
    assert (round(work["adjustment_factor"], 9), round(work["adjusted_level"], 9)) == (-0.1, 0.4)
    assert work["indicator_score"] == Decimal("125.0")  # harder trainees, a lower level
    assert (kept["adjustment_factor"], kept["indicator_score"]) == (0, 100)


def test_an_indicator_is_averaged_over_programmes_and_the_same_failure_twice_is_told():
    desk = desk_of((60, 95, 95, 95, 95), "2021")
    desk_of((100, 95, 95, 95, 95), "2021", desk, "upskilling")
    desk_of((60, 95, 95, 95, 95), "2020", desk)
    rows = desk.score(tried(), "mart_review_negotiated")
    work = rows[CLASS, "2021", "employment_rate"]
    assert (work["overall_score"], work["fails_overall"]) == (80, True)
    assert (work["programme_score"], work["fails_programme"], work["fails_twice"]) == (88, True, True)
    assert rows["upskilling", "2021", "employment_rate"]["fails_twice"] is False
