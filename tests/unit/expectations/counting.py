"""An engine for tests of what lies around the judging: it counts in DuckDB, in one statement, what the real one counts.

That Great Expectations counts alike is tested in test_gate.py and test_engine.py.
"""

from __future__ import annotations

import duckdb

from expectations.engine import Engine, Judgement


class CountingEngine(Engine):
    """Starts no process; a question about the table as a whole is answered yes."""

    def judge(self, candidate, expectations, *, timeout: float = 1) -> dict[str, Judgement]:
        marks = ", ".join(f"count(*) FILTER (WHERE {e.where or 'false'})" for e in expectations)
        with duckdb.connect() as connection:
            query = f"SELECT {marks} FROM read_parquet('{candidate}') WHERE duplicate_of IS NULL"
            counts = connection.execute(query).fetchone()
        return {e.id: Judgement(e.id, n == 0, n, None) for e, n in zip(expectations, counts, strict=True)}
