"""`prepare`: what stands by a time, the day the figures speak of, what is given, and errors in plain words."""

import duckdb
import pytest

from orchestration.build import BuildError, prepare
from orchestration.errors import UsageError
from tests.spec.marts.home import Home
from tests.spec.marts.rows import klass


def read(home: Home, sql: str, **arguments: str):
    with duckdb.connect(str(prepare(home.settings, **arguments))) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path, preview="510000, 210200")
    home.submit("classes", [klass("C1")], period="2021Q2")
    home.submit("targets", [], period="2021Q1")
    return home


def test_data_date_is_the_end_of_the_newest_period_and_as_of_the_last_commit(home):
    assert read(home, "SELECT data_date::VARCHAR, as_of::VARCHAR, preview FROM control.build") == [
        ("2021-06-30", "2022-01-01 00:00:00.002", ["510000", "210200"])
    ]
    assert read(home, "SELECT data_date::VARCHAR FROM control.build", data_date="2021-05-31") == [("2021-05-31",)]


def test_as_of_takes_zones_and_leaves_later_commits_out(home):
    sql = "SELECT count(*) FROM control.submission"
    assert read(home, sql, as_of="2022-01-01T08:00:00.001+08:00") == [(1,)]
    assert read(home, sql, as_of="2022-01-02") == [(2,)]


def test_every_dataset_has_a_view_and_every_given_table_is_there(home):
    names = dict(read(home, "SELECT view_name, column_count FROM duckdb_views() WHERE schema_name = 'lake'"))
    assert len(names) == 18  # sixteen datasets, the quarantine and what was mended since
    assert read(home, "SELECT count(*) FROM lake.claims") == [(0,)]
    assert read(home, "SELECT name FROM given.division WHERE code = '500103'") == [("渝中区",)]
    (aliases,) = read(home, "SELECT count(*) FROM given.occupation_alias AS a JOIN given.occupation AS o"
                            " ON o.occupation_code = a.code_2022 AND o.occupation_name = a.name_2022")  # fmt: skip
    assert aliases == (9,)


@pytest.mark.parametrize(("arguments", "error"), [
    ({"as_of": "2021-12-31"}, BuildError),
    ({"as_of": "yesterday"}, UsageError),
    ({"data_date": "2021-02-30"}, UsageError),
])  # fmt: skip
def test_errors_say_what_to_do(home, arguments, error):
    with pytest.raises(error) as caught:
        prepare(home.settings, **arguments)
    assert "请" in caught.value.zh and caught.value.en


def test_an_empty_home_says_load_first(tmp_path):
    with pytest.raises(BuildError, match="skillhouse load"):
        prepare(Home(tmp_path).settings)


def test_an_empty_submission_replaces_nothing(home):
    import json

    for path in home.settings.submissions.glob("*.json"):
        manifest = json.loads(path.read_text(encoding="utf-8"))
        if manifest["dataset"] == "classes":
            empty = manifest | {
                "submission_id": "e",
                "verdict": "empty",
                "rows": None,
                "committed_at": "2022-02-01T00:00:00.000000Z",
            }
            (home.settings.submissions / "e.json").write_text(json.dumps(empty), encoding="utf-8")
    assert read(home, "SELECT count(*) FROM lake.classes") == [(1,)]
