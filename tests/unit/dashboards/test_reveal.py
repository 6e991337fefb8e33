"""Who a person is, is shown to an auditor with a reason and a case, and stands in the log before it is shown."""

from __future__ import annotations

import json

import duckdb
import pytest

from dashboards import audit
from dashboards.app import create_app
from tests.unit.dashboards.readers import access_file, show, signed, update, with_archive

PERSON, SUBMISSION = "0" * 31 + "a", "0" * 19 + "1"
# An area code that nobody was ever given.
IDENTITY = {"person_key": PERSON, "person_name": "赵试样", "person_id": "509901199003070011", "phone": "13900000000"}
UPDATE = "/_dash-update-component"


@pytest.fixture
def bureau(release_home, tmp_path):
    directory = release_home.write_release(tmp_path, "r")
    with_archive(directory)
    with duckdb.connect(str(directory / "warehouse.duckdb")) as connection:
        connection.execute(
            f"update marts.fct_training set submission_id = '{SUBMISSION}' where person_key = '{PERSON}'"
        )
    access_file(tmp_path)
    seal(tmp_path)
    return tmp_path


def seal(home) -> None:
    """Write a vault file as loading does."""
    import pyarrow as pa

    from orchestration import vault
    from orchestration.settings import load_settings

    source = home / "plain.parquet"
    import pyarrow.parquet as pq

    rows = {**IDENTITY, "row_id": 1, "file_no": 1, "slot_unit": "500103", "slot_period": "2021Q2"}
    other = {**rows, "person_key": "f" * 32, "person_name": "钱别人"}
    pq.write_table(pa.Table.from_pylist([rows, other]), source)
    reading = type("Reading", (), {"personal": {("enrollments", "500103", "2021Q2"): source}})
    slot = type("Slot", (), {"dataset": "enrollments", "unit": "500103", "period": "2021Q2"})
    assert vault.seal(load_settings(home), reading, slot, SUBMISSION, [1])
    source.unlink()


def reveal(home, client, name: str, reason: object, case: object, key: str = PERSON) -> str:
    answers = []

    class Signing:
        def get(self, path: str, headers: dict):
            return client.get(path, headers=signed(home, name, path))

        def post(self, path: str, json: dict, headers: dict):
            return client.post(path, json=json, headers=signed(home, name, path, "POST"))

    state = [
        {"id": "reveal-reason", "property": "value", "value": reason},
        {"id": "reveal-case", "property": "value", "value": case},
        {"id": "address", "property": "search", "value": f"?k={key}"},
    ]
    clicked = [{"id": "reveal-ask", "property": "n_clicks", "value": 1}]
    answers.append(update(Signing(), {}, "revealed.children", clicked, state)[1])
    answers.append(show(Signing(), {}, "/person", f"?k={key}")[1])
    return json.dumps([json.loads(answer) for answer in answers], ensure_ascii=False)


def log(home) -> list[dict]:
    path = home / "audit" / audit.REVEALS
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def shows(text: str) -> list[str]:
    return [value for name, value in IDENTITY.items() if name != "person_key" and value in text]


def test_the_auditor_sees_it_after_the_log_does(bureau):
    client = create_app(bureau).server.test_client()
    text = reveal(bureau, client, "auditor", "核查重复享受补贴", "渝审〔2021〕7号")
    assert len(shows(text)) == 3 and "钱别人" not in text
    (entry,) = log(bureau)
    assert {name: entry[name] for name in ("reader", "role", "reason", "case", "person_key", "release")} == {
        "reader": "auditor", "role": "auditor", "reason": "核查重复享受补贴", "case": "渝审〔2021〕7号",
        "person_key": PERSON, "release": "r",
    }  # fmt: skip
    assert not shows(json.dumps(entry, ensure_ascii=False))


@pytest.mark.parametrize(
    ("name", "reason", "case"),
    [
        ("city", "核查重复享受补贴", "渝审〔2021〕7号"),
        ("planner.ours", "核查重复享受补贴", "渝审〔2021〕7号"),
        ("auditor", "看看", "渝审〔2021〕7号"),
        ("auditor", "核查重复享受补贴", "7"),
        ("auditor", "核查 509901199003070011", "渝审〔2021〕7号"),
        ("auditor", None, ["渝审〔2021〕7号"]),
        ("auditor", "核查重复享受补贴", "<script>alert</script>"),
    ],
)
def test_nobody_else_and_not_without_reason_and_case(bureau, name, reason, case):
    text = reveal(bureau, create_app(bureau).server.test_client(), name, reason, case)
    assert shows(text) == [] and log(bureau) == []


def test_what_cannot_be_remembered_is_not_shown(bureau):
    (bureau / "audit").write_text("", encoding="utf-8")
    text = reveal(bureau, create_app(bureau).server.test_client(), "auditor", "核查重复享受补贴", "渝审〔2021〕7号")
    assert shows(text) == [] and "审计日志写不进去" in text


def test_another_key_does_not_open_the_vault(bureau):
    (bureau / "keys" / "vault_key").write_bytes(b"0" * 32)
    text = reveal(bureau, create_app(bureau).server.test_client(), "auditor", "核查重复享受补贴", "渝审〔2021〕7号")
    assert shows(text) == [] and "保险库无法打开" in text and len(log(bureau)) == 1


def test_a_person_that_the_release_does_not_hold_is_not_looked_up(bureau):
    text = reveal(
        bureau, create_app(bureau).server.test_client(), "auditor", "核查重复享受补贴", "渝审〔2021〕7号", "f" * 32
    )
    assert shows(text) == [] and log(bureau) == []
