"""Candidates for tests: Parquet files of the exact shape that reading hands to the gate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from expectations.candidate import candidate_columns
from expectations.contract import Contract

PLACE = {
    "file_no": 0,
    "file_name": "a.csv",
    "sheet": "a",
    "slot_unit": "500103",
    "slot_period": "2021Q2",
    "amount_fen": 0,
    "faults": [],
    "duplicate_of": None,
}


def as_sql(value: Any, kind: str) -> str:
    """A test value as an SQL literal of a column's type."""
    if value is None:
        return f"CAST(NULL AS {kind})"
    if isinstance(value, (list, tuple)):
        return f"CAST([{', '.join(as_sql(item, 'VARCHAR') for item in value)}] AS {kind})"
    text = str(value).replace("'", "''")
    return f"CAST('{text}' AS {kind})"


def rows_as_values(contract: Contract, rows: list[dict[str, Any]]) -> str:
    """A SELECT that yields the rows as a candidate; row_id and row_no count up where a row does not say."""
    columns = candidate_columns(contract)
    selects = []
    for number, row in enumerate(rows):
        unknown = set(row) - set(columns)
        assert not unknown, f"{contract.dataset} has no candidate column {sorted(unknown)}"
        full = {**PLACE, "row_id": number, "row_no": number + 2, **row}
        selects.append(
            "SELECT " + ", ".join(f"{as_sql(full.get(name), kind)} AS {name}" for name, kind in columns.items())
        )
    return " UNION ALL ".join(selects)


def write_candidate(path: Path, contract: Contract, rows: list[dict[str, Any]]) -> Path:
    """Write the rows as a candidate Parquet file."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"COPY ({rows_as_values(contract, rows)}) TO '{path}' (FORMAT parquet)")
    return path
