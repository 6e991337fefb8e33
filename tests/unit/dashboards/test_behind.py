"""From a number to its rows, as the release itself says what its indicators are made of; classes on their way to payment."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from dashboards.access import Scope
from dashboards.pages import drill, sources
from dashboards.queries import behind
from dashboards.release import Releases
from tests.unit.dashboards.test_pages import ask, block

SOURCE = {
    "indicator_code": "person_times", "side": "numerator", "rows_name": "training",
    "rows_sql": "select t.*, c.ends_on as dated_on, t.class_id as subject from marts.fct_training as t "
                "inner join marts.dim_class as c using (class_id)",
    "condition_sql": "s.is_counted", "amount_sql": "1", "measure_sql": "sum(r.amount)",
    "placed_sql": "r.dated_on between w.starts_on and w.counts_to", "latest_sql": None, "own_first": None,
}  # fmt: skip
CLASSES = [
    # class, stage, standing days, approval days, payment days
    ("YZ2021-100", "paid", 30, 4, 30), ("YZ2021-200", "paid", 60, 6, 60), ("YZ2021-300", "claimed", 200, 8, None),
]  # fmt: skip


@pytest.fixture
def bureau(release_home, tmp_path):
    directory = release_home.write_release(tmp_path, "r")
    with duckdb.connect(str(directory / "warehouse.duckdb")) as connection:
        connection.execute("drop table marts.dim_period")
        connection.execute(
            "create table marts.dim_period as select '2021' as period, 'year' as period_kind, date '2021-01-01' as "
            "starts_on, date '2021-12-31' as ends_on, 2021 as first_year, 2021 as last_year, true as is_loaded"
        )
        for column in ("unit_level", "parent_unit"):
            connection.execute(f"alter table marts.dim_unit add column {column} varchar")
        names = ", ".join(f"${number} as {name}" for number, name in enumerate(SOURCE, 1))
        connection.execute(
            f"create table marts.mart_indicator_source as select {names}, date '2021-06-30' as data_date",
            list(SOURCE.values()),
        )
        connection.execute(
            "create table marts.mart_class_pipeline (class_id varchar, reporting_unit varchar, stage varchar, "
            "standing_days bigint, approval_days bigint, waiting_days bigint, teaching_days bigint, assessment_days "
            "bigint, claiming_days bigint, payment_days bigint, applied_on date, approved_on date, starts_on date, "
            "ends_on date)"
        )
        for name, stage, standing, approval, payment in CLASSES:
            connection.execute(
                "insert into marts.mart_class_pipeline values ($1, '500103', $2, $3, $4, null, 10, null, null, $5, null, "
                "null, null, $6)",
                [name, stage, standing, approval, payment, date(2021, 5, 1)],
            )
    return tmp_path


def test_the_rows_behind_a_figure_stand_beside_what_they_come_to(bureau):
    release = Releases(bureau).get()
    (side,) = behind.sides(release, "person_times")
    total, rows = behind.places(release, side, "500103", "2021")
    # Six classes end by 2021-06-30, the data date, each with 28 counted of 30 rows.
    assert (total["comes_to"], total["row_count"]) == (168, 168)
    assert [(row["file_name"], row["row_count"], row["first_row"], row["last_row"]) for row in rows] == [
        ("enrollments_2021Q1.xlsx", 84, 5, 32), ("enrollments_2021Q2.xlsx", 84, 5, 32),
    ]  # fmt: skip
    shown = block(sources.view(ask(bureau, "/sources?k=person_times&p=2021&u=500103")), "behind_numerator")
    assert "共 168 行，合计 168；本版本公布的数字为 22,734。" in shown.description


def test_a_municipality_has_the_rows_of_the_places_below_it(bureau):
    release = Releases(bureau).get()
    (side,) = behind.sides(release, "person_times")
    assert behind.places(release, side, "500000", "2021")[0]["comes_to"] == 168
    assert behind.places(release, side, "510000", "2021")[0]["row_count"] == 0


def test_a_reader_whose_scope_closes_the_rows_gets_none(bureau):
    release = Releases(bureau).get(None, Scope("finance"))
    (side,) = behind.sides(release, "person_times")
    assert behind.places(release, side, "500103", "2021") is None
    other = Releases(bureau).get(None, Scope("planner", ("500199",)))
    assert behind.places(other, side, "500103", "2021")[0]["row_count"] == 0


def test_classes_stand_somewhere_and_steps_take_days(bureau):
    view = drill.view(ask(bureau, "/drill?p=2021&u=500103"))
    steps = {
        row["step"]: (row["classes"], row["middle_days"], row["most_days"]) for row in block(view, "dwell").table.rows
    }
    assert steps["approval_days"] == (3, 6, pytest.approx(7.6))
    assert steps["payment_days"] == (2, 45, pytest.approx(57))
    assert "waiting_days" not in steps
    stages = [
        (row["stage"], row["classes"], row["longest_days"], row["class_id"]) for row in block(view, "stages").table.rows
    ]
    assert stages == [("claimed", 1, 200, "YZ2021-300"), ("paid", 2, 60, "YZ2021-200")]
