"""One judging process for all tests of this folder: its start costs seconds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from expectations.contract import contracts
from expectations.engine import Engine
from expectations.gate import Gate
from expectations.verdict import Verdict
from tests.unit.expectations.candidates import write_candidate

CLAIM = {
    "claim_id": "A1",
    "class_id": "YZ2021-0001",
    "payee_kind": "institution",
    "payee_id": "915099010000000000",
    "subsidy_kind": "training",
    "claimed_yuan": "100.00",
    "claimed_on": "2021-04-01",
    "fund_source": "special_account",
    "claim_status": "submitted",
    "amount_fen": 10000,
}


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    with Engine(memory_limit="1GB") as running:
        yield running


@pytest.fixture
def judge(engine: Engine, tmp_path: Path):
    """judge(dataset, rows, **options) -> Verdict, its files in tmp_path."""

    def run(dataset: str, rows: list[dict[str, Any]], **options: Any) -> Verdict:
        contract = contracts()[dataset]
        candidate = write_candidate(tmp_path / f"{dataset}.parquet", contract, rows)
        return Gate(engine, memory_limit="1GB").judge(contract, candidate, tmp_path, **options)

    return run


@pytest.fixture
def read():
    """read(path, columns) -> rows of a Parquet file, in file order."""
    import duckdb

    def rows(path: Path, columns: str = "*") -> list[tuple]:
        with duckdb.connect() as connection:
            return connection.execute(f"SELECT {columns} FROM read_parquet('{path}')").fetchall()

    return rows
