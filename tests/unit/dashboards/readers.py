"""Readers for the tests: a home with two units whose rows can be told apart, an access file, signed questions.

Not here: what is expected of an answer.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import duckdb
from flask.testing import FlaskClient

from dashboards.identity import NAME, SIGNATURE, TIME, key, sign
from tests.browser.release_home import write_release

OURS, THEIRS = "500103", "500199"
# Stands in every text and every count of the other unit's rows: wherever it shows, a row has escaped.
MARK, COUNT = "FOREIGN", 98765
READERS = f"""
[identity]
kind = "header"
url = "https://skills.example.cn"

[[reader]]
name = "planner.ours"
role = "planner"
units = ["{OURS}"]

[[reader]]
name = "planner.theirs"
role = "planner"
units = ["{THEIRS}"]

[[reader]]
name = "city"
role = "city_planner"

[[reader]]
name = "finance"
role = "finance"

[[reader]]
name = "steward"
role = "steward"

[[reader]]
name = "auditor"
role = "auditor"

[[reader]]
name = "anybody"
role = "public"
"""


def two_units(home: Path, release_id: str = "r") -> Path:
    """Publish a release in which the other unit has a marked copy of every row of ours; the home."""
    directory = write_release(home, release_id)
    with duckdb.connect(str(directory / "warehouse.duckdb")) as connection:
        tables = connection.execute(
            "select table_name, map(list(column_name), list(data_type)) from duckdb_columns() "
            "where schema_name = 'marts' and table_name not like 'dim_unit' group by 1"
        ).fetchall()
        for table, columns in tables:
            if "reporting_unit" in columns and table != "dim_institution":
                connection.execute(f"insert into marts.{table} select {_marked(columns)} from marts.{table}")
    return home


COUNTED = ("value", "actual_value", "running_value", "rows_read", "current_value", "outlay_yuan", "failed", "row_no")


def _marked(columns: dict[str, str]) -> str:
    replaced = [f"'{THEIRS}' as reporting_unit"]
    for name in (
        "class_id",
        "file_name",
        "claim_id",
        "subject_id",
        "institution_id",
        "message_zh",
        "unit_name",
        "claim_key",
    ):
        if name in columns:
            replaced.append(f"'{MARK}-' || {name} as {name}")
    for name, kind in columns.items():
        if name in COUNTED:
            replaced.append(f"{COUNT}::{kind} as {name}")
    return f"* replace ({', '.join(replaced)})"


def with_archive(directory: Path) -> None:
    """Give the tables of a release the columns that a person's archive shows."""
    with duckdb.connect(str(directory / "warehouse.duckdb")) as connection:
        for column in ("training_type", "occupation_name", "skill_level", "completion"):
            connection.execute(f"alter table marts.fct_training add column {column} varchar")
        for column in ("starts_on", "ends_on"):
            connection.execute(f"alter table marts.fct_training add column {column} date")
        connection.execute("alter table marts.mart_finding add column submission_id varchar")


def access_file(home: Path, text: str = READERS) -> Path:
    """Write the access file of the home."""
    path = home / "access.toml"
    path.write_text(text, encoding="utf-8")
    return path


def signed(home: Path, name: str, path: str, method: str = "GET", at: int | None = None) -> dict[str, str]:
    """The headers that the proxy adds for a reader."""
    at = int(time.time()) if at is None else at
    return {NAME: name, TIME: str(at), SIGNATURE: sign(key(home, "proxy_key"), name, at, method, path)}


def show(client: FlaskClient, headers: dict[str, str], path: str, search: str = "") -> tuple[int, str]:
    """Status and text of the callback that fills the page at an address."""
    inputs = [{"id": "address", "property": name, "value": value} for name, value in
              (("pathname", path), ("search", search))]  # fmt: skip
    return update(client, headers, "header.children", inputs, [{"id": "shown", "property": "data", "value": None}])


def update(client: FlaskClient, headers: dict[str, str], output: str, inputs: list, state: list) -> tuple[int, str]:
    """Status and text of the callback whose first output is `output`."""
    specs = json.loads(client.get("/_dash-dependencies", headers=headers).data or b"[]")
    name = next((spec["output"] for spec in specs if spec["output"].strip(".").startswith(output)), output)
    body: dict[str, Any] = {
        "output": name,
        "outputs": [dict(zip(("id", "property"), one.split("."), strict=True)) for one in name.strip(".").split("...")],
        "inputs": inputs,
        "changedPropIds": [f"{one['id']}.{one['property']}" for one in inputs],
        "state": state,
    }
    if not name.startswith(".."):
        body["outputs"] = body["outputs"][0]
    answer = client.post("/_dash-update-component", json=body, headers=headers)
    return answer.status_code, answer.get_data(as_text=True)
