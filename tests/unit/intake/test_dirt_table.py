"""The catalogue of dirt as a table: every number D01 to D34 has a test that reads such a file, or a rule that names it.

Not here: the tests themselves; this page only keeps the table whole.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from expectations.across import across_rules
from expectations.model import suites

TESTS = Path(__file__).resolve().parents[2]
# number -> the tests that read a file of the kind, `path::function` under tests/
BY_NAME = {
    "D15": ["integration/test_any_order.py::test_the_same_final_content_leaves_the_same_rows"],
    "D22": ["unit/intake/test_dirt_identity.py::test_d21_damaged_names_d22_phones"],
    "D29": ["integration/test_any_order.py::test_the_same_final_content_leaves_the_same_rows"],
}
# number -> rules that judge it, each with its own cases in tests/spec/suites
BY_RULE = {
    "D26": ["certifications.examined_after_start", "certifications.issued_before_exam", "certifications.skill_number_level"],
    "D27": ["claims.paid_before_claimed", "claims.advance_above_claimed", "claims.recovered_before_paid"],
}  # fmt: skip
NUMBERS = [f"D{number:02d}" for number in range(1, 35)]


def functions(path: Path) -> set[str]:
    """Names of the test functions of a module."""
    return {
        node.name for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
    }


@pytest.mark.parametrize("number", NUMBERS)
def test_every_kind_of_dirt_has_its_test(number: str) -> None:
    own = [
        name
        for path in (TESTS / "unit" / "intake").glob("test_dirt_*.py")
        for name in functions(path)
        if f"_{number.lower()}_" in name
    ]
    listed = [entry.split("::") for entry in BY_NAME.get(number, [])]
    assert all(name in functions(TESTS / path) for path, name in listed)
    rules = {rule.id for suite in suites().values() for rule in suite.rules} | {rule.id for rule in across_rules()}
    assert set(BY_RULE.get(number, [])) <= rules
    assert own or listed or BY_RULE.get(number), f"{number} has neither a test nor a rule"
