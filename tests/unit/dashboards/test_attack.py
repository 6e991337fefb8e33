"""What a hostile reader sends: it is answered without a fault, without a row of anybody else's, and it is remembered."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from urllib.parse import unquote

import pytest

from dashboards import audit
from dashboards.app import create_app
from dashboards.security import LOOPBACK, MOST_BYTES
from tests.unit.dashboards.readers import COUNT, MARK, OURS, THEIRS, access_file, show, signed, two_units

UPDATE = "/_dash-update-component"


@pytest.fixture(scope="module")
def bureau(tmp_path_factory) -> Path:
    home = two_units(tmp_path_factory.mktemp("attacked"))
    access_file(home)
    return home


@pytest.fixture(scope="module")
def client(bureau):
    return create_app(bureau, hosts=LOOPBACK).server.test_client()


@pytest.fixture(scope="module")
def questions(client, bureau) -> list[dict]:
    """One body of the right shape for every callback of the server, every value None."""
    headers, found = signed(bureau, "city", "/_dash-dependencies"), []
    for spec in json.loads(client.get("/_dash-dependencies", headers=headers).data):
        if not spec["clientside_function"]:
            names = [dict(zip(("id", "property"), one.split("."), strict=True))
                     for one in spec["output"].strip(".").split("...")]  # fmt: skip
            several = spec["output"].startswith("..")
            found.append({"output": spec["output"], "outputs": names if several else names[0], "changedPropIds": [],
                          "inputs": [_blank(one) for one in spec["inputs"]],
                          "state": [_blank(one) for one in spec["state"]]})  # fmt: skip
    return found


def _blank(name: dict) -> dict | list:
    if not name["id"].startswith("{"):
        return {"id": name["id"], "property": name["property"], "value": None}
    names = dict.fromkeys(json.loads(name["id"]), "base")
    return [{"id": names, "property": name["property"], "value": None}]


def post(client, home: Path, **how) -> tuple[int, str]:
    answer = client.post(UPDATE, headers=signed(home, "planner.ours", UPDATE, "POST"), **how)
    return answer.status_code, answer.get_data(as_text=True)


def reasons(home: Path) -> list[str]:
    path = home / "audit" / audit.REFUSED
    return [json.loads(line)["reason"] for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


BODIES = [b"", b"{", b"null", b"[]", b'"x"', b"{}", b"\xff\xfe", b"[" * 50_000, b'{"output": 1}', b'{"output": "x.y"}',
          b'{"output": "..a.b...c.d.."}', b'{"output": null, "inputs": null}']  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_body_that_is_no_question_is_refused_and_remembered(client, bureau, body, caplog):
    before = len(reasons(bureau))
    status, text = post(client, bureau, data=body, content_type="application/json")
    assert status == 400 and "已记录" in text and not caplog.records
    assert reasons(bureau)[before:] == ["shape"]


def test_a_question_of_another_shape_than_its_callback_is_refused(client, bureau, questions):
    for question in questions:
        assert post(client, bureau, json=question)[0] in (200, 204)
        for part in ("output", "outputs", "inputs", "changedPropIds", "state"):
            for value in (None, 1, "x", {}, [1], [{}], [[]], [{"id": "x", "property": "y"}]):
                status, text = post(client, bureau, json={**question, part: value})
                assert status == 400, (question["output"], part, value)
        assert post(client, bureau, json={**question, "inputs": question["inputs"] * 20})[0] == 400


VALUES = [None, True, -1, 1.5, 10**400, "", "x" * 5000, "\x00", "../../access.toml", "nan", "1e999", [], [None], {},
          {"a": 1}, "?" + "a=1&" * 2000, f"?u={THEIRS}", "?w=floor-1floor-2&v=..", "?v=none&def=x"]  # fmt: skip


def test_no_value_of_any_argument_is_a_fault_or_opens_another_units_rows(client, bureau, questions, caplog):
    for question in questions:
        for part in ("inputs", "state"):
            for place, name in enumerate(question[part]):
                for value in VALUES:
                    given = [{**name[0], "value": value}] if isinstance(name, list) else {**name, "value": value}
                    body = {**question, part: [*question[part][:place], given, *question[part][place + 1 :]]}
                    status, text = post(client, bureau, json=body)
                    assert status in (200, 204), (question["output"], part, place, value)
                    assert MARK not in text and str(COUNT) not in text and f"{COUNT:,}" not in text
    assert not caplog.records


@pytest.mark.parametrize(
    "path",
    [
        f"/feedback/{THEIRS}/2021/x", f"/feedback/{OURS}/2021/..%2f..%2f..%2faccess.toml", f"/feedback/{OURS}/../access.toml",
        "/feedback/%2e%2e/2021/x", "/run/20260101000000-00000000/x", "/run/..%2f..%2fetc/passwd", "/run/%2e%2e/access.toml",
        "/export/%2e%2e%2fx.xlsx", "/report/x%0d%0aSet-Cookie:a.xlsx", "/report/quarterly.xlsx?v=r%0d%0aX:1", "/run/a/b",
        f"/report/quarterly.xlsx?u={THEIRS}&p=2021Q2", "/assets/%2e%2e/%2e%2e/access.toml", "/assets/..%2f..%2fapp.py",
        "/_dash-component-suites/dash/..%2f..%2fetc", "/_dash-component-suites/none/x.js",
        "/export/targets.xlsx?v=none", f"/export/drill.xlsx?u={THEIRS}",
    ],
)  # fmt: skip
def test_a_download_path_reaches_nothing_but_what_is_handed_out(client, bureau, path, caplog):
    answer = client.get(path, headers=signed(bureau, "planner.ours", unquote(path.partition("?")[0])))
    # What is no path of a file is the frame of the pages, which holds no rows.
    assert answer.status_code in (200, 403, 404) and "Set-Cookie" not in answer.headers and not caplog.records
    assert "Content-Disposition" not in answer.headers
    assert b"[[reader]]" not in answer.data and MARK.encode() not in answer.data


def test_a_trial_that_no_slider_wrote_is_dropped_from_the_address(client, bureau):
    for trial in ("base-1task-2", "base-0", "floor-1.5", "pool-0", "floor-1floor-2", "base-999999999999_task-1", "xxx-1"):
        path = f"/export/allocation.xlsx?w={trial}"
        answer = client.get(path, headers=signed(bureau, "city", "/export/allocation.xlsx"))
        assert answer.status_code in (200, 404)


def test_what_is_turned_away_before_a_reader_is_known_is_remembered_too(client, bureau):
    before = len(reasons(bureau))
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 403
    assert client.post(UPDATE, json={}, headers={"Origin": "http://[bad"}).status_code == 403
    assert post(client, bureau, data=b"x" * (MOST_BYTES + 1), content_type="application/json")[0] == 413
    assert reasons(bureau)[before:] == ["host", "origin", "size"]


def test_the_first_layout_refuses_a_foreign_unit_and_is_empty_for_a_page_elsewhere(client, bureau):
    def layout(at: str) -> str:
        return client.get(
            "/_dash-layout", headers=signed(bureau, "planner.ours", "/_dash-layout") | {"Referer": at}
        ).get_data(as_text=True)

    before = len(reasons(bureau))
    assert "仅能查看" not in layout("http://localhost/targets") and "Markup" in layout("http://localhost/targets")
    assert len(reasons(bureau)) == before
    layout(f"http://localhost/targets?u={THEIRS}")
    assert reasons(bureau)[before:] == ["unit"]
    for at in ("", "http://elsewhere.example/targets", "http://[", "x" * 5000, f"//{MARK}"):
        assert "Markup" not in layout(at)


def test_a_signature_of_another_address_method_or_time_opens_nothing(client, bureau):
    paths = ["/", "/_dash-layout", "/export/targets.xlsx"]
    for path in paths:
        assert client.get(path, headers=signed(bureau, "planner.ours", path)).status_code == 200
        for other in [one for one in paths if one != path]:
            assert client.get(path, headers=signed(bureau, "planner.ours", other)).status_code == 401
        assert client.get(path, headers=signed(bureau, "planner.ours", path, "POST")).status_code == 401
        assert client.get(path, headers=signed(bureau, "planner.ours", path, at=int(time.time()) - 61)).status_code == 401
        stolen = signed(bureau, "planner.ours", path) | {"X-Skillhouse-Reader": "auditor"}
        assert client.get(path, headers=stolen).status_code == 401


def test_what_is_not_there_is_remembered(client, bureau):
    before = len(reasons(bureau))
    for path in ("/export/none.xlsx", "/report/none.pdf", "/run/x/y", "/_dash-component-suites/dash/none.js"):
        assert client.get(path, headers=signed(bureau, "planner.ours", path)).status_code == 404
    assert reasons(bureau)[before:] == ["missing"] * 4


@pytest.mark.parametrize("damage", ["cut", "blocks", "manifest"])
def test_a_damaged_release_is_told_to_the_reader_and_opens_again_once_it_is_mended(bureau, tmp_path, damage, caplog):
    shutil.copytree(bureau / "releases", tmp_path / "releases")
    (tmp_path / "CURRENT").symlink_to("releases/r")
    file = tmp_path / "releases" / "r" / ("manifest.json" if damage == "manifest" else "warehouse.duckdb")
    whole = file.read_bytes()
    broken = {"cut": whole[: len(whole) // 2], "manifest": b"[]", "blocks": bytearray(whole)}[damage]
    if damage == "blocks":
        # The catalog stays whole: the file opens, and the first row asked for does not come.
        for at in range(12_288, len(whole) - 300_000, 4_096):
            broken[at : at + 64] = b"\xaa" * 64
    file.write_bytes(broken)
    client = create_app(tmp_path).server.test_client()
    status, text = show(client, {}, "/targets", "?def=person_times")
    assert status == 200 and "release verify" in text
    assert client.get("/export/targets.xlsx").status_code in (404, 503)
    assert not caplog.records
    file.write_bytes(whole)
    assert "59,479" in show(client, {}, "/targets")[1]


def test_the_log_of_refusals_is_turned_over_and_its_chain_runs_on(tmp_path, monkeypatch):
    monkeypatch.setattr(audit, "PART_BYTES", 1000)
    folder, log = tmp_path / "audit", audit.REFUSED
    for _ in range(15):
        audit.append(tmp_path, log, reason="page")
    assert audit.broken_at(tmp_path, log) is None and len(list(folder.iterdir())) > 1
    second = folder / "refused.1.jsonl"
    kept = second.read_bytes()
    second.write_bytes(kept.replace(b"page", b"unit", 1))
    assert audit.broken_at(tmp_path, log) is not None, "a line changed in an earlier part shows"
    second.write_bytes(kept)
    for _ in range(100):
        audit.append(tmp_path, log, reason="page")
    assert len(list(folder.iterdir())) == 1 + audit.PARTS and audit.broken_at(tmp_path, log) is None
    assert sum(path.stat().st_size for path in folder.iterdir()) < 1300 * (1 + audit.PARTS)
    for _ in range(15):
        audit.append(tmp_path, audit.REVEALS, reader="a")
    assert [path.name for path in folder.glob("reveals*")] == [audit.REVEALS], "reveals are never dropped"
