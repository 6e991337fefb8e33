"""`query`: one read-only statement, values exactly as the interface says."""

import csv
import io
import subprocess
import sys

import pytest


def test_json_gives_numbers_money_dates_and_nulls_as_told(skillhouse, release):
    answer = skillhouse("query", "SELECT * FROM marts.kinds", "--format", "json")
    assert answer.code == 0
    assert answer.json == [
        {
            "whole": 3,
            "huge": 170141183460469231731687303715884105727,
            "ratio": 0.25,
            "money": "1200.50",
            "counted": 12,
            "lessons": 90.5,
            "day": "2021-06-30",
            "moment": "2021-06-30T08:30:00",
            "yes": True,
            "nothing": None,
            "no_number": None,
            "list": ["a", "b"],
            "struct": {"k": "1.50"},
        }
    ]


def test_no_rows_is_an_empty_array(skillhouse, release):
    assert skillhouse("query", "SELECT 1 AS a WHERE false", "--json").json == []


def test_many_rows_come_whole_and_in_order(skillhouse, release):
    rows = skillhouse("query", "SELECT range AS n FROM range(12345) ORDER BY n", "--json").json
    assert [row["n"] for row in rows] == list(range(12345))


def test_no_bar_is_drawn_between_the_rows_of_a_slow_answer(home, release):
    from orchestration.query import connect

    with connect(home) as connection:
        assert connection.sql("SELECT current_setting('enable_progress_bar')").fetchone() == (False,)


def test_csv_has_a_header_and_one_line_per_row(skillhouse, release):
    answer = skillhouse("query", "SELECT period, value FROM marts.mart_indicator ORDER BY 1", "--format", "csv")
    assert list(csv.reader(io.StringIO(answer.out))) == [["period", "value"], ["2020", "20000.0"], ["2021", "24200.0"]]


def test_table_fits_eighty_columns(skillhouse, release):
    answer = skillhouse("query", "SELECT repeat('长', 300) AS a, repeat('x', 300) AS b")
    assert answer.code == 0
    assert all(sum(2 if ord(c) > 0x2E80 else 1 for c in line) <= 80 for line in answer.out.splitlines())


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        # refused: it would write, or read outside the release
        ("DROP TABLE marts.kinds", 1),
        ("CREATE TABLE marts.x AS SELECT 1", 1),
        ("SELECT * FROM read_csv('/etc/passwd')", 1),
        ("SELECT * FROM glob('/*')", 1),
        ("COPY marts.kinds TO '/tmp/leak.csv'", 1),
        ("INSTALL httpfs", 1),
        ("SET enable_external_access = true", 1),
        # wrong usage
        ("ATTACH ':memory:' AS other; SELECT 1", 2),
        ("SELECT 1; SELECT 2", 2),
        ("SELECT * FROM marts.no_such_table", 2),
        ("SELEC 1", 2),
        ("", 2),
    ],
)
def test_anything_but_reading_the_release_is_refused_in_one_line(skillhouse, release, sql, code):
    answer = skillhouse("query", sql, "--json")
    assert answer.code == code
    assert answer.out == ""
    assert len(answer.err.strip().splitlines()) == 1
    assert "Traceback" not in answer.err


def test_without_a_release_it_says_what_to_do(skillhouse, home):
    answer = skillhouse("query", "SELECT 1")
    assert answer.code == 1
    assert "skillhouse build" in answer.err


def test_an_unknown_release_is_refused(skillhouse, release):
    assert skillhouse("query", "SELECT 1", "--release", "nope").code == 1


def test_a_file_that_is_no_warehouse_ends_in_one_line(skillhouse, home, release):
    database = home.releases / release / "warehouse.duckdb"
    database.write_bytes(b"not a database" * 1000)
    answer = skillhouse("query", "SELECT 1")
    assert answer.code == 1
    assert "release verify" in answer.err


def test_indicator_show_gives_definition_and_values(skillhouse, release):
    found = skillhouse("indicator", "show", "person_times", "--period", "2021", "--json").json
    assert found["definition"]["label_zh"] == "培训人次"
    assert [row["value"] for row in found["values"]] == [24200.0]


def test_indicator_list_names_every_indicator(skillhouse, release):
    assert [row["indicator_code"] for row in skillhouse("indicator", "list", "--json").json] == ["person_times"]
    assert "培训人次" in skillhouse("indicator", "list").out
    assert "Person-times" in skillhouse("indicator", "list", "--lang", "en").out


def test_an_unknown_indicator_is_refused(skillhouse, release):
    answer = skillhouse("indicator", "show", "no_such")
    assert (answer.code, "indicator list" in answer.err) == (1, True)


def test_asking_does_not_import_pandas(home, release):
    code = (
        "import sys\nfrom orchestration.query import indicator\nfrom orchestration.settings import load_settings\n"
        "indicator(load_settings(), 'person_times', unit='500103', period='2021')\n"
        "sys.exit(', '.join({'pandas', 'numpy', 'dagster'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("code", ["' OR 1=1 --", "person_times'; SELECT 1; --", "?"])
def test_an_indicator_code_is_a_value_never_sql(skillhouse, release, code):
    assert skillhouse("indicator", "show", code).code == 1
