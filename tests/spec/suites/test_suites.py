"""Every written rule fires on the row that should fire it, keeps quiet on its clean twin and at its boundary.

The cases are the YAML files beside this module: changes to one clean base row per dataset. No Great Expectations here;
that both judge alike is tested in tests/unit/expectations.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from expectations.contract import contracts
from expectations.model import suites
from tests.unit.expectations.candidates import rows_as_values

HERE = Path(__file__).resolve().parent


@cache
def cases(dataset: str) -> dict[str, Any]:
    return yaml.safe_load((HERE / f"{dataset}.yml").read_text(encoding="utf-8"))


def expected(case: dict[str, Any]) -> list[tuple[dict[str, Any], bool]]:
    edges = [(edge["row"], edge["fires"]) for edge in case["edges"]]
    return [(case["fires"], True), (case["clean"], False), *edges]


@cache
def fired(dataset: str) -> dict[str, list[bool]]:
    """Per rule: whether it fires on each of its own rows, all evaluated in one query per dataset."""
    document, suite = cases(dataset), suites()[dataset]
    rows, spans = [], {}
    for rule_id, case in document["rules"].items():
        mine = [{**document["base"], **change} for change, _ in expected(case)]
        spans[rule_id] = range(len(rows), len(rows) + len(mine))
        rows += mine
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE candidate AS {rows_as_values(contracts()[dataset], rows)}")
        marks = ", ".join(f"({suite.rule(rule_id).predicate}) IS TRUE" for rule_id in spans)
        result = connection.execute(f"SELECT {marks} FROM candidate ORDER BY row_id").fetchall()
    return {rule_id: [result[n][at] for n in spans[rule_id]] for at, rule_id in enumerate(spans)}


RULES = [(dataset, rule.id) for dataset, suite in suites().items() for rule in suite.rules if not rule.is_derived]


@pytest.mark.parametrize(("dataset", "rule_id"), RULES, ids=[rule_id for _, rule_id in RULES])
def test_rule_fires_where_it_should(dataset: str, rule_id: str) -> None:
    case = cases(dataset)["rules"][rule_id]
    assert len(case["edges"]) >= 2, "two boundary cases"
    assert fired(dataset)[rule_id] == [fires for _, fires in expected(case)]


@pytest.mark.parametrize("dataset", sorted(suites()))
def test_no_rule_fires_on_the_clean_base_row(dataset: str) -> None:
    document = cases(dataset)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE candidate AS {rows_as_values(contracts()[dataset], [document['base']])}")
        noisy = [
            rule.id
            for rule in suites()[dataset].rules
            if connection.execute(f"SELECT ({rule.predicate}) IS TRUE FROM candidate").fetchone()[0]
        ]
    assert noisy == []


@pytest.mark.parametrize("dataset", sorted(suites()))
def test_cases_and_rules_are_the_same(dataset: str) -> None:
    assert set(cases(dataset)["rules"]) == {rule_id for name, rule_id in RULES if name == dataset}


def test_there_are_two_hundred_written_rules() -> None:
    assert len(RULES) >= 200


COMPARISON = re.compile(r"(?<![<>=-])(>=|<=|>|<)(?![>=])")
SHIFTED = {">": ">=", "<": "<=", ">=": ">", "<=": "<"}


@pytest.mark.parametrize("dataset", sorted(suites()))
def test_cases_stand_on_both_sides_of_every_boundary(dataset: str) -> None:
    """Were any comparison to take in (or leave out) its boundary, some case of the rule would tell."""
    document, unnoticed = cases(dataset), []
    with duckdb.connect() as connection:
        for rule_id, case in document["rules"].items():
            predicate = suites()[dataset].rule(rule_id).predicate
            rows = [{**document["base"], **change} for change, _ in expected(case)]
            connection.execute(f"CREATE OR REPLACE TABLE candidate AS {rows_as_values(contracts()[dataset], rows)}")
            for found in COMPARISON.finditer(predicate):
                shifted = predicate[: found.start()] + SHIFTED[found.group()] + predicate[found.end() :]
                result = connection.execute(f"SELECT ({shifted}) IS TRUE FROM candidate ORDER BY row_id").fetchall()
                if [fires for (fires,) in result] == [fires for _, fires in expected(case)]:
                    unnoticed.append(f"{rule_id}: {shifted}")
    assert unnoticed == []
