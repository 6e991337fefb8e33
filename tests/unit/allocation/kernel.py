"""The allocation formula run on drawn pots, many in one statement, as the build runs it on a release."""

from __future__ import annotations

from functools import cache

import duckdb
import pyarrow

from orchestration.allocation.formula import formula, statement

TEXTS = ("pot_key", "recipient_id", "allocator_unit", "recipient_kind", "reporting_unit", "scenario", "scheme", "label_zh",
         "label_en", "measure", "times", "factor", "clause")  # fmt: skip
COLUMNS = dict.fromkeys(TEXTS, "VARCHAR") | {
    "year": "INTEGER", "factor_no": "INTEGER", "share": "DECIMAL(6,2)", "measure_value": "DECIMAL(24,6)",
    "least_value": "DECIMAL(24,6)", "most_value": "DECIMAL(24,6)", "times_value": "DECIMAL(18,2)", "is_missing": "BOOLEAN",
    "last_year_fen": "BIGINT", "locked_fen": "BIGINT", "is_suspended": "BOOLEAN", "floor_fen": "BIGINT",
    "floor_ratio": "DECIMAL(9,4)", "floor_share": "DECIMAL(9,4)", "cap_fen": "BIGINT", "cap_ratio": "DECIMAL(9,4)",
    "cap_share": "DECIMAL(9,4)",
}  # fmt: skip


@cache
def connection() -> duckdb.DuckDBPyConnection:
    """One database in memory for all runs."""
    opened = duckdb.connect()
    opened.execute("SET threads = 1")
    return opened


def row(pot: str, recipient: str, **given: object) -> dict:
    """One factor of one recipient; what is not given is absent."""
    plain = {"factor_no": 1, "factor": "performance", "measure": "review_score", "least_value": 0, "most_value": 100,
             "share": 100, "measure_value": 1, "times_value": 1, "last_year_fen": 0}  # fmt: skip
    return dict.fromkeys(COLUMNS) | plain | {"is_suspended": False, "pot_key": pot, "recipient_id": recipient} | given


def ask(rows: list[dict], pools: dict[str, int], wanted: str) -> list[tuple]:
    """Run the formula over the pots and answer one SELECT on its steps."""
    given = {
        "int_allocation_input": _table("drawn_input", COLUMNS, rows),
        "int_allocation_pool": _table(
            "drawn_pool",
            {"pot_key": "VARCHAR", "pool_fen": "BIGINT"},
            [{"pot_key": key, "pool_fen": fen} for key, fen in pools.items()],
        ),
    }
    return connection().execute(statement(formula(), given, wanted)).fetchall()


def amounts(rows: list[dict], pools: dict[str, int]) -> dict[tuple[str, str], int]:
    """Fen by pot and recipient; a refused pot has none."""
    found = ask(rows, pools, "SELECT pot_key, recipient_id, amount_fen FROM int_allocation_amount")
    return {(pot, recipient): fen for pot, recipient, fen in found}


def refusals(rows: list[dict], pools: dict[str, int]) -> dict[str, str]:
    """Why pots are refused, by pot."""
    return dict(
        ask(rows, pools, "SELECT DISTINCT pot_key, refusal FROM int_allocation_claim WHERE refusal IS NOT NULL")
    )


def _table(name: str, columns: dict[str, str], rows: list[dict]) -> str:
    """Rows as a SELECT of typed columns over a table in memory: a thousand pots as SQL text take seconds to parse."""
    # all as text and cast after: numbers and texts in one column would be brought to the type of the first
    texts = {c: pyarrow.array([None if r[c] is None else str(r[c]) for r in rows], pyarrow.string()) for c in columns}
    connection().register(name, pyarrow.table(texts))
    return f"SELECT {', '.join(f'{c}::{kind} AS {c}' for c, kind in columns.items())} FROM {name}"
