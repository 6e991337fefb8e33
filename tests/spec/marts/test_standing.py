"""Which row stands: newer period, shorter period, higher unit; re-sent periods; the row account that follows."""

import pytest

from tests.spec.marts.home import Home
from tests.spec.marts.rows import klass, trainee, value


def status(connection, class_id="C1"):
    row = connection.execute("SELECT class_status FROM staging.stg_classes WHERE class_id = ?", [class_id]).fetchone()
    connection.close()
    return row and row[0]


# (unit, period, status) in the order of loading -> status that stands
ORDERS = {
    "newer_period": ([("500103", "2021Q1", "pending"), ("500103", "2021Q2", "filed")], "filed"),
    "newer_period_loaded_first": ([("500103", "2021Q2", "filed"), ("500103", "2021Q1", "pending")], "filed"),
    "same_end_shorter_wins": ([("500103", "2021Q4", "filed"), ("500103", "2021", "pending")], "filed"),
    "higher_unit_within_a_period": ([("500105", "2021Q1", "filed"), ("500103", "2021Q1", "pending")], "filed"),
    "resent_replaces": ([("500103", "2021Q1", "pending"), ("500103", "2021Q1", "filed")], "filed"),
    "resent_old_quarter_does_not_push_out": (
        [("500103", "2021Q1", "pending"), ("500103", "2021Q2", "filed"), ("500103", "2021Q1", "cancelled")], "filed"),
}  # fmt: skip


@pytest.mark.parametrize("case", ORDERS)
def test_standing_row(tmp_path, case):
    submissions, expected = ORDERS[case]
    home = Home(tmp_path)
    for unit, period, class_status in submissions:
        home.submit("classes", [klass("C1", class_status=class_status)], unit=unit, period=period)
    assert status(home.build()) == expected


def test_withdrawn_key_falls_back_to_the_older_period(tmp_path):
    home = Home(tmp_path)
    home.submit("classes", [klass("C1", class_status="pending")], period="2021Q1")
    home.submit("classes", [klass("C1")], period="2021Q2")
    home.submit("classes", [klass("C2")], period="2021Q2")
    assert status(home.build()) == "pending"


def test_as_of_replays_what_was_committed_by_then(tmp_path):
    home = Home(tmp_path)
    home.submit("classes", [klass("C1", class_status="pending")], period="2021Q1")
    home.submit("classes", [klass("C1")], period="2021Q1")
    assert status(home.build(as_of="2022-01-01T00:00:00.001Z")) == "pending"
    assert status(home.build(as_of="2022-01-01T00:00:00.002Z")) == "filed"


def test_newer_roster_does_not_withdraw_persons(tmp_path):
    home = Home(tmp_path)
    home.submit("classes", [klass("C1")], period="2021Q2")
    home.submit("enrollments", [trainee("C1", "p1"), trainee("C1", "p2")], period="2021Q1")
    home.submit("enrollments", [trainee("C1", "p1")], period="2021Q2")
    connection = home.build()
    assert value(connection, "person_times") == 2
    connection.close()


def test_keys_within_a_unit_do_not_push_out_another_units_rows(tmp_path):
    home = Home(tmp_path)
    for unit in ("500103", "500105"):
        home.submit("publications", [{"item": "fund_use", "period": "2021", "published_on": "2021-05-01"}], unit=unit)
    connection = home.build()
    assert connection.execute("SELECT count(*) FROM staging.stg_publications").fetchone() == (2,)
    connection.close()


def test_row_account_in_rows_and_fen(tmp_path):
    home = Home(tmp_path)
    own = {"period": "2021Q1", "file_name": "old.csv"}
    home.submit("classes", [klass("C1", amount_fen=100), klass("C2", amount_fen=5)], **own)
    home.submit("classes", [klass("C1", amount_fen=200)], period="2021Q2", file_name="new.csv")
    home.submit("enrollments", [trainee("C1", "p1")], period="2021Q1", file_name="a.csv")
    home.submit("enrollments", [trainee("C1", "p1")], period="2021Q1", file_name="b.csv",
                quarantined=[{"row_no": 9, "rule_id": "r", "reason": "identity", "column_name": "person_id"}])  # fmt: skip
    connection = home.build()
    rows = connection.execute(
        "SELECT file_name, rows_read, rows_not_data, rows_duplicate, rows_quarantined, rows_accepted, rows_superseded,"
        " fen_accepted, fen_superseded, is_standing FROM marts.mart_row_account ORDER BY ALL"
    ).fetchall()
    assert rows == [
        ("a.csv", 2, 1, 0, 0, 1, 1, 0, 0, False),
        ("b.csv", 3, 1, 0, 1, 1, 0, 0, 0, True),
        ("new.csv", 2, 1, 0, 0, 1, 0, 200, 0, True),
        ("old.csv", 3, 1, 0, 0, 2, 1, 105, 100, True),
    ]
    assert connection.execute("SELECT file_name, row_no, reason FROM marts.mart_quarantine").fetchall() == [
        ("b.csv", 9, "identity")
    ]
    connection.close()


def test_the_same_inputs_give_the_same_rows(tmp_path):
    tables = []
    for name in ("one", "two"):
        home = Home(tmp_path / name)
        home.submit("classes", [klass(f"C{n}") for n in range(20)], period="2021Q2")
        home.submit("enrollments", [trainee(f"C{n % 20}", f"p{n}") for n in range(200)], period="2021Q2")
        connection = home.build()
        tables.append(connection.execute("SELECT * FROM marts.mart_indicator ORDER BY ALL").fetchall())
        connection.close()
    assert tables[0] == tables[1]
