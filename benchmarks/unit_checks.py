"""The unit tests in the models' YAML, run on any statement in a model's place. Not here: tests of tests/spec (`checks.py`)."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml

from benchmarks.checks import Suite


@dataclass
class UnitTest:
    """A dbt unit test: rows of the models read, and the rows that must come out, in the columns it names."""

    given: dict[str, list[dict]]
    expected: list[dict]
    types: duckdb.DuckDBPyConnection
    places: dict[str, str]

    def holds(self, sql: str) -> bool:
        """Whether a statement in the model's place gives the rows expected."""
        connection = self.types.cursor()
        try:
            (text,) = connection.execute("select json_serialize_sql(?::varchar)", [sql]).fetchone()
            statement = _redirected(json.loads(text))
            for name, rows in self.given.items():
                _fill(connection, f"given_{name}", f"FROM {self.places[name]}", rows)
            (written,) = connection.execute("select json_deserialize_sql(?::json)", [json.dumps(statement)]).fetchone()
            columns = ", ".join(f"{name}::varchar" for name in self.expected[0])
            found = connection.execute(f"SELECT {columns} FROM ({written})").fetchall()
            _fill(connection, "expected", written, self.expected)
            wanted = connection.execute(f"SELECT {columns} FROM expected").fetchall()
            return sorted(found, key=str) == sorted(wanted, key=str)
        except duckdb.Error:
            return False


def _fill(connection: duckdb.DuckDBPyConnection, table: str, shape: str, rows: list[dict]) -> None:
    """A temporary table with the columns of a query and the rows given; what a row does not name is NULL."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * FROM ({shape}) LIMIT 0")
    for row in rows:
        marks = ", ".join("?" for _ in row)
        connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def _redirected(node: Any) -> Any:
    """The parse tree with every table of the warehouse read from the rows given."""
    if isinstance(node, list):
        return [_redirected(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") == "BASE_TABLE" and node.get("schema_name"):
        alias = node["alias"] or node["table_name"]
        return node | {"catalog_name": "", "schema_name": "", "table_name": f"given_{node['table_name']}", "alias": alias}
    return {key: _redirected(value) for key, value in node.items()}


def unit_tests(folder: Path, suite: Suite) -> dict[str, list[UnitTest]]:
    """The unit tests of the models under `folder`, by model; the types of their columns are those of a home."""
    found: dict[str, list[UnitTest]] = defaultdict(list)
    types = next(iter(suite.homes.values()))
    places = dict(types.execute("SELECT table_name, concat_ws('.', table_catalog, table_schema, table_name)"
                                " FROM information_schema.tables WHERE table_catalog <> 'kept'").fetchall())  # fmt: skip
    for path in sorted(folder.rglob("*.yml")):
        for test in yaml.safe_load(path.read_text(encoding="utf-8")).get("unit_tests", []):
            given = {re.findall(r"'(\w+)'", each["input"])[-1]: each["rows"] for each in test["given"]}
            found[test["model"]].append(UnitTest(given, test["expect"]["rows"], types, places))
    return found
