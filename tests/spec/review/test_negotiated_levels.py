"""Negotiated levels: the worked table of RSA-TAC-20-02, truncation, the adjustment factor, failure twice in a row."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.spec.review.desk import Desk, line, scheme
from tests.spec.review.recompute import chain

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
    # a programme that is new this year shares in the average over programmes that failed in both, and in no other failure
    assert rows["upskilling", "2021", "employment_rate"]["fails_twice"] is True
    assert rows["upskilling", "2021", "pass_rate"]["fails_twice"] is False


@pytest.mark.parametrize("seed", range(4))
def test_drawn_programmes_score_and_fail_as_the_chain_walked_in_fractions(seed):
    draw, desk, level = random.Random(seed), Desk(), Fraction(1, 2)
    desk.unit(UNIT)
    lines, figures, mixes = {}, [], []
    for programme in (f"type{n}" for n in range(12)):
        for year in (2020, 2021):
            for code in CODES:
                if draw.random() < 0.35:
                    continue  # a line or a whole programme that a year lacks
                base = draw.choice((1, 3, 7, 40, 200, 99_999))
                top = min(base, round(base * draw.choice((0.2, 0.25, 0.44, 0.45, 0.46, 0.5, 0.9))))
                own = {"actual": Fraction(top, base), "negotiated": level, "before": Fraction(0), "after": Fraction(0)}
                figures.append((code, UNIT, str(year), "training_type", programme, top, base, top / base))
                if draw.random() < 0.6:
                    own["after"] = Fraction(draw.randint(300, 700), 1000)
                    mixes.append(("project_class", programme, UNIT, str(year), code, float(own["after"])))
                lines[programme, UNIT, year, code] = own
    expected_of = {(row[1], int(row[3]), row[4]): Fraction(str(row[5])) for row in mixes}
    for (programme, _, year, code), own in lines.items():
        before = expected_of.get((programme, year - 1, code))
        # without an estimate of both years there is nothing to adjust by
        own["before"] = own["after"] if before is None or (programme, year, code) not in expected_of else before
    for table, rows in (("mart_indicator", figures), ("mart_review_case_mix", [row + (None,) * 6 for row in mixes])):
        listed = ", ".join("(" + ", ".join("NULL" if v is None else repr(v) for v in row) + ")" for row in rows)
        desk.connection.execute(f"INSERT INTO marts.{table} VALUES {listed}")
    rows = desk.score(tried(), "mart_review_negotiated")
    expected = {(programme, str(year), code): own for (programme, _, year, code), own in chain(lines).items()}
    assert set(rows) == set(expected) and any(own["twice"] for own in expected.values())
    for key, own in expected.items():
        found = rows[key]
        told = tuple(Fraction(found[name]) for name in ("indicator_score", "programme_score", "overall_score"))
        assert told == (own["score"], own["mean"], own["overall"]), key
        assert tuple(found[f"fails_{what}"] for what in ("indicator", "programme", "overall")) == own["fails"], key
        assert found["fails_twice"] == own["twice"], key


def test_an_average_that_failed_last_year_counts_though_the_line_was_not_scored_then():
    desk = desk_of((60, 95, 95, 95, 95), "2021")
    for code in CODES[1:]:
        desk.figure(CLASS, code, 4000, 10000, "2020", UNIT, "training_type")
    desk.figure("upskilling", CODES[0], 4000, 10000, "2020", UNIT, "training_type")
    rows = desk.score(tried(), "mart_review_negotiated")
    assert all(rows[CLASS, "2021", code]["fails_twice"] for code in CODES)
