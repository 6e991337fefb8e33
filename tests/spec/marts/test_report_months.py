"""The target table of a month: what ended in it, in the year so far and since a plan of several years began, by unit."""

from __future__ import annotations

import pytest

from tests.spec.marts.home import Home
from tests.spec.marts.rows import klass, trainee

UNIT = "500103"
# class: last day and how many completed
ENDED = {
    "A": ("2020-12-31", 3),
    "B": ("2021-01-31", 4),
    "C": ("2021-02-01", 1),
    "D": ("2021-02-28", 2),
    "E": ("2021-04-15", 5),
}


def plan(period: str, value: int, version: int = 0) -> dict:
    return {"reporting_unit": UNIT, "indicator_code": "person_times", "period": period, "target_value": value,
            "plan_version": version, "unit_of_measure": "person_times"}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    for period, names in (("2020Q4", "A"), ("2021Q1", "BCD"), ("2021Q2", "E")):
        home.submit(
            "classes", [klass(name, starts_on="2020-12-01", ends_on=ENDED[name][0]) for name in names], period=period
        )
        people = [trainee(name, f"{name}{n}") for name in names for n in range(ENDED[name][1])]
        home.submit("enrollments", people, period=period)
    home.submit("targets", [plan("2021", 100), plan("2021", 20, 1), plan("2020-2022", 60), plan("2019-2021", 50)])
    connection = home.build(data_date="2021-04-20")
    yield connection
    connection.close()


def line(built, month: str, unit: str | None = UNIT) -> tuple:
    """Month, year so far, target of the year, span so far, target of the span."""
    return built.execute(
        "SELECT current_value, cumulative_value, target_value, span_actual_value, span_target_value FROM marts.mart_report_c2"
        " WHERE reporting_unit = ? AND period = ? AND unit_code IS NOT DISTINCT FROM ?",
        [UNIT, month, unit],
    ).fetchone()


@pytest.mark.parametrize(
    ("month", "told"),
    [
        ("202012", (3, 3, None, 3, 60)),
        ("202101", (4, 4, 20, 7, 60)),
        ("202102", (3, 7, 20, 10, 60)),
        ("202103", (0, 7, 20, 10, 60)),
        ("202104", (5, 12, 20, 15, 60)),
    ],
)
def test_a_month_its_year_and_the_years_of_the_plan(built, month, told):
    assert line(built, month) == line(built, month, None) == told


def test_the_newest_plan_counts_and_time_goes_to_the_months_end_or_the_data_date(built):
    rows = built.execute(
        "SELECT period, completion_ratio, time_gap_ratio, span_completion_ratio FROM marts.mart_report_c2"
        " WHERE reporting_unit = ? AND unit_code IS NULL AND period >= '202102' ORDER BY period",
        [UNIT],
    ).fetchall()
    assert rows == [
        ("202102", 7 / 20, pytest.approx(7 / 20 - 59 / 365), 10 / 60),
        ("202103", 7 / 20, pytest.approx(7 / 20 - 90 / 365), 10 / 60),
        ("202104", 12 / 20, pytest.approx(12 / 20 - 110 / 365), 15 / 60),
    ]


def test_months_add_up_to_the_quarter_and_the_year_of_the_same_form(built):
    assert built.execute("""
        SELECT count(*) FROM (
            SELECT reporting_unit, unit_code, left(period, 4) || 'Q' || ceil(right(period, 2)::INTEGER / 3)::INTEGER AS period,
                sum(current_value) AS months
            FROM marts.mart_report_c2 GROUP BY ALL
        ) AS m JOIN marts.mart_report_j2 AS j ON j.reporting_unit = m.reporting_unit AND j.period = m.period
            AND j.unit_code IS NOT DISTINCT FROM m.unit_code
        WHERE j.current_value <> m.months
    """).fetchone() == (0,)
    whole = "SELECT cumulative_value FROM marts.mart_report_{} WHERE unit_code IS NULL AND period = ? AND reporting_unit = ?"
    for mart, period in (("c2", "202012"), ("j2", "2020"), ("j2", "2020Q4")):
        assert built.execute(whole.format(mart), [period, UNIT]).fetchone() == (3,), (mart, period)
