"""An ordered report: started once, told step by step, handed only to those whose unit it is."""

from __future__ import annotations

import json

import duckdb
import pytest

from dashboards import feedback, runs
from dashboards.access import WHOLE, Scope
from dashboards.app import create_app
from tests.unit.dashboards.readers import OURS, THEIRS, access_file, signed, two_units, update

WANTED = {"kind": "quarterly", "period": "2021Q2", "unit": OURS, "formats": ["xlsx"], "lang": "zh", "release_id": "r",
          "role": "planner"}  # fmt: skip


def order(home, **changes):
    started: list[str] = []
    made = runs.order(home, lambda _, identity: started.append(identity), **{**WANTED, **changes})
    return made, started


def test_the_same_order_is_not_started_twice_and_a_third_waits(tmp_path):
    (first, _), started = order(tmp_path)
    assert started == [first]
    assert order(tmp_path) == ((first, ""), [])
    (second, _), started = order(tmp_path, period="2021Q1")
    assert started == [second] and second != first
    assert order(tmp_path, period="2020Q1") == ((None, "reports.run.busy"), [])
    runs.write(tmp_path, {**runs.read(tmp_path, first), "state": "done"})
    assert order(tmp_path, period="2020Q1")[1]


def test_a_run_whose_process_is_gone_is_told_as_broken(tmp_path):
    (identity, _), _ = order(tmp_path)
    # No process has the highest number that Linux allows.
    runs.write(tmp_path, {**runs.read(tmp_path, identity), "state": "running", "process": 2**22})
    assert runs.read(tmp_path, identity)["state"] == "broken"


def test_runs_and_their_files_are_for_those_whose_unit_it_is(tmp_path):
    (identity, _), _ = order(tmp_path)
    folder = runs.folder(tmp_path) / identity
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(b"PK")
    (folder / "b.xlsx").write_bytes(b"PK")
    told = {"name": "a.xlsx", "sha256": "0" * 64, "bytes": 2}
    runs.write(tmp_path, {**runs.read(tmp_path, identity), "state": "done", "files": [told]})
    ours, theirs = Scope("planner", (OURS,)), Scope("planner", (THEIRS,))
    assert [run["id"] for run in runs.listed(tmp_path, ours)] == [identity]
    assert runs.listed(tmp_path, theirs) == [] and runs.listed(tmp_path, Scope("public")) == []
    assert runs.file_of(tmp_path, identity, "a.xlsx", ours)
    for name, scope in (("a.xlsx", theirs), ("b.xlsx", ours), ("../x", ours), ("a.xlsx/..", ours)):
        assert runs.file_of(tmp_path, identity, name, scope) is None
    assert runs.read(tmp_path, "../../access") is None


@pytest.mark.parametrize(
    ("name", "unit", "is_started"),
    [("planner.ours", OURS, True), ("planner.ours", THEIRS, False), ("anybody", OURS, False)],
)
def test_the_button_orders_what_the_address_names_within_the_scope(tmp_path, name, unit, is_started):
    home, started = two_units(tmp_path), []
    access_file(home)
    client = create_app(home, start=lambda _, identity: started.append(identity)).server.test_client()

    class Signing:
        def get(self, path: str, headers: dict):
            return client.get(path, headers=signed(home, name, path))

        def post(self, path: str, json: dict, headers: dict):
            return client.post(path, json=json, headers=signed(home, name, path, "POST"))

    inputs = [{"id": "run-ask", "property": "n_clicks", "value": 1}]
    search = [{"id": "address", "property": "search", "value": f"?u={unit}&k=quarterly&p=2021Q2"}]
    more = {"id": "runs-again", "property": "n_intervals", "value": None}
    status, _ = update(Signing(), {}, "runs.children", [*inputs, more], search)
    assert status == 200 and bool(started) is is_started
    if is_started:
        made = json.loads((runs.folder(home) / f"{started[0]}.json").read_text(encoding="utf-8"))
        assert (made["unit"], made["kind"], made["period"], made["role"]) == (OURS, "quarterly", "2021Q2", "planner")


def test_feedback_with_persons_is_named_and_stays(tmp_path):
    home = two_units(tmp_path)
    folder = home / "feedback" / OURS / "2020Q1"
    folder.mkdir(parents=True)
    (folder / "claims_2020Q1-0a1b2c3d.反馈.xlsx").write_bytes(b"PK")
    (folder / "unknown-0a1b2c3d.反馈.xlsx").write_bytes(b"PK")
    found = feedback.listed(home, OURS, WHOLE)
    assert [one.answers for one in found] == ["claims_2020Q1", "unknown"]
    assert feedback.listed(home, OURS, Scope("planner", (THEIRS,))) == []
    assert feedback.listed(home, OURS, Scope("public")) == [] and feedback.listed(home, "../..", WHOLE) == []
    with duckdb.connect(str(home / "CURRENT" / "warehouse.duckdb")) as connection:
        connection.execute(
            "update marts.mart_row_account set rows_quarantined = 1 where dataset = 'claims' and period = '2020Q1'"
        )
    client = create_app(home).server.test_client()
    address = f"/feedback/{OURS}/2020Q1/{found[0].name}"
    assert client.get(address).status_code == 200
    assert client.get(address.replace("claims_2020Q1", "unknown")).status_code == 404, "no row account names its file"
    (home / "vault" / "claims").mkdir(parents=True)
    assert client.get(address).status_code == 403
