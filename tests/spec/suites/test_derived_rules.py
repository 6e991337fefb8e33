"""Every rule that follows from a contract fires on its own fault alone: a seeded defect, a clean twin, boundaries on both sides.

One query per dataset evaluates all rules over all rows. Written rules have their cases in YAML beside this module.
"""

from __future__ import annotations

import duckdb
import pytest

from expectations.candidate import candidate_column, candidate_columns
from expectations.contract import contracts
from expectations.derived import faults_of, sets_row_aside
from expectations.model import Rule, suites
from tests.spec.suites.test_suites import cases
from tests.unit.expectations.candidates import rows_as_values


def cases_of(dataset: str, rule: Rule) -> list[tuple[dict, bool]]:
    """Changes to the clean row of a dataset, and whether the rule fires: its defect, the clean twin, two boundary cases."""
    contract = contracts()[dataset]
    if not rule.id.endswith(".required"):
        fault = rule.where.removeprefix("list_contains(faults, '").removesuffix("')")
        column, kind = fault.split(":")
        return [
            ({"faults": [fault]}, True),
            ({"faults": []}, False),
            ({"faults": [f"{column}:other_{kind}", f"other_{column}:{kind}"]}, False),
            ({"faults": ["other:fault", fault, "more:faults"]}, True),
        ]
    column = contract.column(rule.column)
    name = candidate_column(column) or column.name
    is_list = candidate_columns(contract)[name].endswith("[]")
    firm = next(fault for fault in faults_of(column) if sets_row_aside(column, fault))
    told = [f"{column.name}:{firm}"]
    elsewhere = [f"other_{column.name}:{firm}"]
    blank = {name: [] if is_list else None}
    return [
        ({name: None, "faults": []}, True),
        ({"faults": []}, False),
        # what is there and cannot be read is told as such, not as blank
        ({**blank, "faults": told}, False),
        ({**blank, "faults": elsewhere}, True),
    ]


@pytest.mark.parametrize("dataset", sorted(suites()))
def test_each_derived_rule_fires_on_its_own_fault_alone(dataset: str) -> None:
    derived = [rule for rule in suites()[dataset].rules if rule.is_derived]
    assert len(derived) >= 30
    base, rows, expected = cases(dataset)["base"], [], []
    for rule in derived:
        for change, fires in cases_of(dataset, rule):
            rows.append({**base, **change})
            expected.append((rule.id, fires))
    # the base row is valid: what a rule is to fire on, its own change brings
    numbered = [
        f"WHEN {n} THEN ({suites()[dataset].rule(rule_id).predicate}) IS TRUE"
        for n, (rule_id, _) in enumerate(expected)
    ]
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE candidate AS {rows_as_values(contracts()[dataset], rows)}")
        query = f"SELECT CASE row_id {' '.join(numbered)} END FROM candidate ORDER BY row_id"
        found = [fires for (fires,) in connection.execute(query).fetchall()]
    assert [(rule_id, fires) for (rule_id, _), fires in zip(expected, found, strict=True)] == expected
