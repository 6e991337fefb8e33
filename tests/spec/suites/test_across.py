"""Every rule across datasets fires where it should, passes on its clean twin and at its boundary, and waits where it must.

The cases are `across.yml` beside this module; each is a submission of a unit of its own in small lake tables.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from expectations.across import across_rules, judge_across
from expectations.contract import contracts
from orchestration.given import lake_columns

CASES = yaml.safe_load((Path(__file__).resolve().parent / "across.yml").read_text(encoding="utf-8"))["rules"]
RULES = {rule.id: rule for rule in across_rules()}


def expected(rule_id: str) -> list[tuple[dict[str, Any] | None, str]]:
    """What a case changes, and the state that follows."""
    case = CASES[rule_id]
    edges = [(edge["case"], edge["is"]) for edge in case["edges"]]
    return [(case["fires"], "failed"), (case["clean"], "passed"), *edges]


def _insert(connection, dataset: str, unit: str, place: int, values: dict[str, str], rows: int = 1) -> None:
    """Rows of one submission; place 0 is the period asked about, -1 the quarter before, and so on."""
    identifier = f"{dataset}{unit}{place}"
    ends_on = f"last_day(DATE '2020-03-01' + INTERVAL '{3 * place} months')"
    listed = {
        "submission_id": f"'{identifier}'",
        "slot_unit": f"'{unit}'",
        "slot_ends_on": ends_on,
        "slot_days": "91",
        **values,
    }
    parts = ", ".join(f"({value}) AS {name}" for name, value in listed.items())
    connection.execute(f"INSERT INTO lake.{dataset} BY NAME SELECT {parts} FROM range(1, {rows + 1}) t(i)")
    connection.execute(
        f"INSERT INTO control.submission SELECT '{identifier}', '{dataset}', '{unit}', ({ends_on}) - 90, {ends_on}, true"
    )


def _case(connection, rule, number: int, change: dict[str, str] | None) -> str:
    """Write one case; the id of the submission that is judged."""
    unit = f"{rule.id}-{number}"
    if rule.finds:
        # no row in common with another case
        own = {k: v.replace("@", f"-{unit}") for k, v in CASES[rule.id]["row"].items()}
        _insert(connection, rule.dataset, unit, 0, own)
        if change is not None:
            other = {k: v.replace("@", f"-{unit}") for k, v in (CASES[rule.id]["other"] | change).items()}
            _insert(connection, rule.other, unit, 0, other)
        return f"{rule.dataset}{unit}0"
    values = dict(change or {})
    rows, value = int(values.pop("rows")), values.pop("value", None)
    past = [int(text) for text in values.pop("past", "").split()]
    for back, earlier in enumerate(past, 1):
        told = {k: v.replace("value", str(earlier)) for k, v in values.items()}
        _insert(connection, rule.dataset, unit, -back, told, rows if value else earlier)
    told = {k: v.replace("value", str(value)) for k, v in values.items()}
    _insert(connection, rule.dataset, unit, 0, told, rows)
    return f"{rule.dataset}{unit}0"


@cache
def judged() -> dict[str, list[str]]:
    """State of every case by rule, all judged at once as a build does."""
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA lake; CREATE SCHEMA control")
        for name, contract in contracts().items():
            columns = ", ".join(f"{column} {kind}" for column, (kind, _) in lake_columns(contract).items())
            connection.execute(f"CREATE TABLE lake.{name} ({columns}, slot_ends_on DATE, slot_days INTEGER)")
        connection.execute(
            """CREATE TABLE control.submission (submission_id VARCHAR, dataset VARCHAR, reporting_unit VARCHAR,
            period_starts_on DATE, period_ends_on DATE, is_standing BOOLEAN);
            CREATE TABLE control.rule_result (submission_id VARCHAR, dataset VARCHAR, rule_id VARCHAR, severity VARCHAR,
            state VARCHAR, checked BIGINT, failed BIGINT)"""
        )
        asked = {
            rule_id: [_case(connection, rule, n, change) for n, (change, _) in enumerate(expected(rule_id))]
            for rule_id, rule in RULES.items()
        }
        # what a load leaves: every rule waits
        connection.execute(
            "INSERT INTO control.rule_result SELECT submission_id, dataset, 'enrollments.class_known', 'warn', 'pending', 1, 0"
            " FROM control.submission WHERE dataset = 'enrollments'"
        )
        judge_across(connection)
        found = connection.execute("SELECT rule_id, submission_id, state FROM control.rule_result").fetchall()
    states = {(rule_id, submission): state for rule_id, submission, state in found}
    assert len(states) == len(found), "one result per rule and submission"
    return {rule_id: [states[rule_id, submission] for submission in listed] for rule_id, listed in asked.items()}


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_rule_across_datasets_fires_where_it_should(rule_id: str) -> None:
    assert len(CASES[rule_id]["edges"]) >= 2, "two boundary cases"
    assert judged()[rule_id] == [state for _, state in expected(rule_id)]


def test_cases_and_rules_are_the_same() -> None:
    assert set(CASES) == set(RULES)


def test_what_finds_a_row_of_another_file_waits_for_it() -> None:
    waiting = {rule_id for rule_id, rule in RULES.items() if rule.finds}
    assert waiting == {rule_id for rule_id in RULES if "pending" in judged()[rule_id]}
