"""The catalogue of dirt as a table: every number D01 to D34 has a test of its own that reads such a file.

Not here: the tests themselves; this page only keeps the table whole.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
NUMBERS = [f"D{number:02d}" for number in range(1, 35)]


def functions(path: Path) -> set[str]:
    """Names of the test functions of a module."""
    return {
        node.name for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
    }


@pytest.mark.parametrize("number", NUMBERS)
def test_every_kind_of_dirt_has_its_test(number: str) -> None:
    own = [name for path in HERE.glob("test_dirt_*.py") for name in functions(path) if f"_{number.lower()}_" in name]
    assert own, f"{number} has no test"


def test_every_kind_of_dirt_has_its_file() -> None:
    files = (HERE.parents[1] / "fixtures" / "intake" / "dirt").iterdir()
    assert {path.name[:3].upper() for path in files} == set(NUMBERS)
