"""The audit of a finished warehouse file: full scan, leaks of identity, the row account, indexes."""

import json

import duckdb
import pytest

from orchestration.allocation.record import folder, identity
from orchestration.allocation.record import seal as seal_of_record
from orchestration.intake.submission import write_json
from orchestration.release.audit import run_checks, verify
from orchestration.release.publish import CONTENT, file_hash, seal
from orchestration.settings import load_settings

ACCOUNT = """
CREATE TABLE marts.mart_row_account AS
SELECT 5 AS rows_read, 1 AS rows_not_data, 1 AS rows_duplicate, 1 AS rows_quarantined, 2 AS rows_accepted, 0 AS rows_superseded
"""


@pytest.fixture
def warehouse(tmp_path):
    """A function that writes a warehouse with extra SQL and returns (path, the tables its manifest would name)."""

    def write(*statements):
        path = tmp_path / "warehouse.duckdb"
        with duckdb.connect(str(path)) as connection:
            connection.execute("CREATE SCHEMA marts")
            for statement in (ACCOUNT, *statements):
                connection.execute(statement)
            tables = {}
            for (name,) in connection.execute("SELECT 'marts.' || table_name FROM duckdb_tables()").fetchall():
                rows, content = connection.execute(f"SELECT {CONTENT} FROM {name} AS t").fetchone()
                tables[name] = {"rows": rows, "content": content}
        return path, tables

    return write


def failed(path, tables):
    return {c["name"] for c in run_checks(path, tables) if not c["passed"]}


def test_a_whole_file_passes(warehouse):
    assert failed(*warehouse()) == set()


def test_a_valid_id_number_in_any_text_is_found(warehouse):
    assert failed(*warehouse("CREATE TABLE marts.t AS SELECT '备注：509901199003071238。' AS remark")) == {
        "no_identity"
    }


@pytest.mark.parametrize(
    "text",
    [
        "509901199003071236",  # checksum fails: not a person's number
        "509901199013011231",  # no such month
        "A509901199003071237",  # part of a longer word
        "91509901MA5UXXXX1K",  # a credit code
    ],
)
def test_what_only_looks_like_an_id_number_is_no_leak(warehouse, text):
    assert failed(*warehouse(f"CREATE TABLE marts.t AS SELECT '{text}' AS remark")) <= set()


def test_a_changed_row_is_found_by_the_scan(warehouse):
    path, tables = warehouse("CREATE TABLE marts.t AS SELECT 1 AS n")
    tables["marts.t"]["content"] = "0"
    assert failed(path, tables) == {"full_scan"}


def test_a_missing_table_is_found_by_the_scan(warehouse):
    path, tables = warehouse()
    assert failed(path, tables | {"marts.gone": {"rows": 0, "content": "0"}}) == {"full_scan"}


def test_a_row_account_that_does_not_close_stops_the_release(warehouse):
    assert failed(*warehouse("UPDATE marts.mart_row_account SET rows_read = 6")) == {"row_account"}


def test_an_index_stops_the_release(warehouse):
    assert failed(*warehouse("CREATE TABLE marts.t AS SELECT 1 AS n", "CREATE INDEX i ON marts.t (n)")) == {"no_index"}


@pytest.fixture
def released(tmp_path):
    """A home with a release that knows one decision, and the decision's file."""
    settings = load_settings(tmp_path)
    said = {"decides": "allocation", "decided_by": "局长办公会", "reason": "年度分配"}
    record = said | {"sha256": seal_of_record(said), "allocation_id": identity(said)}
    kept = folder(settings) / f"{record['allocation_id']}.json"
    kept.parent.mkdir(parents=True)
    write_json(kept, record)
    release = settings.releases / "20211231-0000000000"
    release.mkdir(parents=True)
    (release / "warehouse.duckdb").write_bytes(b"a finished file")
    manifest = {"release_id": release.name, "inputs": [], "allocations": [record["sha256"]]}
    manifest["sha256"] = file_hash(release / "warehouse.duckdb")
    manifest["manifest_sha256"] = seal(manifest)
    (release / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return settings, release.name, kept


def test_a_decision_that_the_release_knows_is_verified_with_it(released):
    settings, release, kept = released
    assert verify(settings, release) == []
    whole = kept.read_bytes()
    for changed in (whole.replace("年度".encode(), "季度".encode()), whole + b" ", b"{"):
        kept.write_bytes(changed)
        assert [problem for problem in verify(settings, release) if kept.name in problem], changed
    kept.unlink()
    assert verify(settings, release) == [f"{kept.name} 缺失"]
