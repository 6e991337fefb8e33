"""Faults put into the SQL of a model, one at a time: what a test set must notice.

A mutant is found in the parse tree DuckDB gives of a statement and written back as SQL; its fragment says what was changed.
Not here: running the tests on mutants (`mutation.py`).
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import duckdb

BOUNDARY = {
    "COMPARE_GREATERTHAN": "COMPARE_GREATERTHANOREQUALTO", "COMPARE_GREATERTHANOREQUALTO": "COMPARE_GREATERTHAN",
    "COMPARE_LESSTHAN": "COMPARE_LESSTHANOREQUALTO", "COMPARE_LESSTHANOREQUALTO": "COMPARE_LESSTHAN",
}  # fmt: skip
FLIPPED = {
    "COMPARE_GREATERTHAN": "COMPARE_LESSTHANOREQUALTO", "COMPARE_GREATERTHANOREQUALTO": "COMPARE_LESSTHAN",
    "COMPARE_LESSTHAN": "COMPARE_GREATERTHANOREQUALTO", "COMPARE_LESSTHANOREQUALTO": "COMPARE_GREATERTHAN",
    "COMPARE_EQUAL": "COMPARE_NOTEQUAL", "COMPARE_NOTEQUAL": "COMPARE_EQUAL",
    "COMPARE_DISTINCT_FROM": "COMPARE_NOT_DISTINCT_FROM", "COMPARE_NOT_DISTINCT_FROM": "COMPARE_DISTINCT_FROM",
    "OPERATOR_IS_NULL": "OPERATOR_IS_NOT_NULL", "OPERATOR_IS_NOT_NULL": "OPERATOR_IS_NULL",
    "COMPARE_IN": "COMPARE_NOT_IN", "COMPARE_NOT_IN": "COMPARE_IN",
}  # fmt: skip
JOINS = {"INNER": "LEFT", "LEFT": "INNER", "OUTER": "LEFT", "SEMI": "ANTI", "ANTI": "SEMI"}
# what a case officer reads beside a finding: no test of a rule compares it
EVIDENCE = {"to_json"}
WHOLE = {"INTEGER", "BIGINT", "HUGEINT", "SMALLINT", "TINYINT", "DECIMAL"}


@dataclass(frozen=True)
class Mutant:
    """One changed statement of a model: kind of change, the fragment before and after, the whole SQL."""

    model: str
    kind: str
    before: str
    after: str
    sql: str
    place: int

    @property
    def name(self) -> str:
        """A name that stays as long as the fragment does."""
        text = f"{self.model}|{self.kind}|{self.before}|{self.after}|{self.place}"
        return f"{self.model}:{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def mutants(connection: duckdb.DuckDBPyConnection, model: str, sql: str) -> list[Mutant]:
    """Every mutant of a statement, in the order of its text; the same fragment twice is told by its place."""
    (text,) = connection.execute("select json_serialize_sql(?::varchar)", [sql]).fetchone()
    tree = json.loads(text)
    found: list[Mutant] = []
    seen: dict[tuple[str, str, str], int] = {}
    for path, kind, changed in _changes(tree, ()):
        mutated = copy.deepcopy(tree)
        _put(mutated, path, changed)
        (written,) = connection.execute("select json_deserialize_sql(?::json)", [json.dumps(mutated)]).fetchone()
        before, after = (_told(connection, node) for node in (_get(tree, path), changed))
        place = seen[kind, before, after] = seen.get((kind, before, after), -1) + 1
        found.append(Mutant(model, kind, before, after, written, place))
    return found


def _changes(node: Any, path: tuple) -> Iterator[tuple[tuple, str, Any]]:
    """(path, kind, what stands there instead) of every change to be made below a node."""
    if isinstance(node, list):
        for number, item in enumerate(node):
            yield from _changes(item, (*path, number))
        return
    if not isinstance(node, dict) or node.get("function_name") in EVIDENCE:
        return
    if node.get("class") == "CAST" and node["cast_type"]["id"] == "DATE" and node["child"].get("class") == "CONSTANT":
        # a day is a day later; the ends of time stay, no day lies beyond them
        day = date.fromisoformat(node["child"]["value"]["value"])
        if day not in (date.min, date.max):
            later = node["child"]["value"] | {"value": str(day + timedelta(days=1))}
            yield path, "constant changed", node | {"child": node["child"] | {"value": later}}
        return
    yield from ((path, kind, changed) for kind, changed in _of(node))
    for key, value in node.items():
        if key == "where_clause" and value:
            yield (*path, key), "predicate dropped", None
        yield from _changes(value, (*path, key))


def _of(node: dict) -> Iterator[tuple[str, Any]]:
    kind, form = node.get("type"), node.get("class")
    if form in ("COMPARISON", "OPERATOR"):
        for name, table in (("boundary shifted", BOUNDARY), ("comparison flipped", FLIPPED)):
            if kind in table:
                yield name, node | {"type": table[kind]}
        if kind == "OPERATOR_NOT":
            yield "comparison flipped", node["children"][0]
    if kind == "COMPARE_BETWEEN":
        for low, high in (("", "OREQUALTO"), ("OREQUALTO", "")):
            sides = [("COMPARE_GREATERTHAN" + low, node["lower"]), ("COMPARE_LESSTHAN" + high, node["upper"])]
            both = [_comparison(node, name, side) for name, side in sides]
            yield "boundary shifted", {"class": "CONJUNCTION", "type": "CONJUNCTION_AND", "alias": node["alias"],
                                       "query_location": node["query_location"], "children": both}  # fmt: skip
    if form == "CONJUNCTION":
        for number in range(len(node["children"])):
            rest = node["children"][:number] + node["children"][number + 1 :]
            yield "predicate dropped", node | {"children": rest} if len(rest) > 1 else rest[0] | {"alias": node["alias"]}
    if kind == "JOIN" and node.get("join_type") in JOINS and node.get("condition"):
        yield "join kind", node | {"join_type": JOINS[node["join_type"]]}
    if form == "CONSTANT" and not node["value"]["is_null"]:
        value, of = node["value"]["value"], node["value"]["type"]["id"]
        changed = value + 1 if of in WHOLE else not value if of == "BOOLEAN" else f"{value}?" if of == "VARCHAR" else None
        if changed is not None:
            yield "constant changed", node | {"value": node["value"] | {"value": changed}}


def _comparison(node: dict, kind: str, side: dict) -> dict:
    return {"class": "COMPARISON", "type": kind, "alias": "", "query_location": node["query_location"], "left": node["input"],
            "right": side}  # fmt: skip


def _get(tree: Any, path: tuple) -> Any:
    for key in path:
        tree = tree[key]
    return tree


def _put(tree: Any, path: tuple, value: Any) -> None:
    _get(tree, path[:-1])[path[-1]] = value


def _told(connection: duckdb.DuckDBPyConnection, node: dict | None) -> str:
    """A fragment as SQL: of a join its kind and condition, of an expression its text."""
    if node is None:
        return "(none)"
    if node.get("type") == "JOIN":
        return f"{node['join_type']} join on {_told(connection, node['condition'])}"
    shell = json.loads(connection.execute("select json_serialize_sql('select 1')").fetchone()[0])
    shell["statements"][0]["node"]["select_list"] = [node | {"alias": ""}]
    (text,) = connection.execute("select json_deserialize_sql(?::json)", [json.dumps(shell)]).fetchone()
    return " ".join(text.removeprefix("SELECT ").split())
