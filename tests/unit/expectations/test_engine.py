"""The judging process: counts, never values; a question that errs, a process that dies, hangs or meets no file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from expectations.contract import contracts
from expectations.engine import PROJECT, Engine, EngineError, Expectation
from tests.unit.expectations.candidates import write_candidate
from tests.unit.expectations.conftest import CLAIM


@pytest.fixture
def candidate(tmp_path: Path) -> Path:
    rows = [
        {**CLAIM, "claim_id": "A1"},
        {**CLAIM, "claim_id": "A:b{2}%", "faults": ["*:key_conflict"]},
        {**CLAIM, "claim_id": "A1", "duplicate_of": 0},
    ]
    return write_candidate(tmp_path / "claims.parquet", contracts()["claims"], rows)


@pytest.mark.parametrize(
    ("where", "failed"),
    [
        ("claim_id = 'A1'", 1),  # the repeat is judged no further
        ("list_contains(faults, '*:key_conflict')", 1),  # a colon before a word is no parameter
        ("claim_id LIKE '%:b{2}%'", 1),  # braces and percent signs are no placeholders
        ("claim_id::VARCHAR = 'none'", 0),
        ("paid_yuan > 5", 0),  # NULL does not offend
    ],
)
def test_rows_that_offend_are_counted(engine: Engine, candidate: Path, where: str, failed: int) -> None:
    judgement = engine.judge(candidate, [Expectation("claims.x", where=where)])["claims.x"]
    assert (judgement.failed, judgement.success, judgement.error) == (failed, failed == 0, None)


def test_a_predicate_that_errs_is_an_error_and_spoils_no_other(engine: Engine, candidate: Path) -> None:
    found = engine.judge(candidate, [Expectation("a", where="no_such_column = 1"), Expectation("b", where="true")])
    assert found["a"].error == "PredicateError" and not found["a"].success
    assert found["b"].failed == 2 and found["b"].error is None


def test_table_expectations_answer_yes_or_no(engine: Engine, candidate: Path) -> None:
    found = engine.judge(
        candidate,
        [
            Expectation("unique", type="ExpectColumnValuesToBeUnique", arguments={"column": "row_id"}),
            Expectation("many", type="ExpectTableRowCountToBeBetween", arguments={"min_value": 100}),
        ],
    )
    assert found["unique"].success and not found["many"].success


def test_a_missing_candidate_is_told_and_the_engine_goes_on(engine: Engine, candidate: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="无法读取候选数据"):
        engine.judge(tmp_path / "none.parquet", [Expectation("a", where="true")])
    assert engine.judge(candidate, [Expectation("a", where="true")])["a"].failed == 2


def test_a_dead_engine_ends_in_a_clear_error(candidate: Path) -> None:
    with Engine(command=[sys.executable, "-c", "pass"]) as dead, pytest.raises(EngineError, match="已退出"):
        dead.judge(candidate, [Expectation("a", where="true")])


def test_an_engine_that_dies_while_judging_ends_in_a_clear_error(candidate: Path) -> None:
    program = "import sys; print('{\"ready\": true}', flush=True); sys.stdin.readline()"
    with Engine(command=[sys.executable, "-c", program]) as dying, pytest.raises(EngineError, match="已退出"):
        dying.judge(candidate, [Expectation("a", where="true")])


def test_a_hung_engine_is_stopped(candidate: Path) -> None:
    program = "import sys, time; print('{\"ready\": true}', flush=True); time.sleep(60)"
    with Engine(command=[sys.executable, "-c", program]) as hung, pytest.raises(EngineError, match="无应答"):
        hung.judge(candidate, [Expectation("a", where="true")], timeout=0.3)


def test_closing_twice_does_no_harm() -> None:
    running = Engine(command=[sys.executable, "-c", "import sys; sys.stdin.read()"]).start()
    running.close()
    running.close()


def test_the_gate_itself_never_imports_great_expectations() -> None:
    program = "import sys, expectations.gate, expectations.feedback; sys.exit('great_expectations' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=PROJECT, check=False).returncode == 0
