"""Sheets that spread rows over columns: a column per day (attendance) or per level (catalogues) becomes a row each.

Not here: finding those columns (`header.py`, `titles.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations.contract import Contract
from orchestration.intake.rows import ABSENT, PRESENT, pack_row_id

if TYPE_CHECKING:
    import duckdb


def add_unpivoted(connection: duckdb.DuckDBPyConnection, contract: Contract, columns_sql: str, rows_sql: str) -> None:
    """Append the unpivoted rows of wide sheets to `src`. Marks of absence and blank levels give no row."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE spread AS
        SELECT {pack_row_id("u.ordinal")} AS row_id, {columns_sql}, u.label, u.lessons, tidy(r.cells[u.col]) AS mark {rows_sql}"""
    )
    columns = {column.name for column in contract.columns}
    if "attended_on" in columns:
        replaced = f"""label AS t_attended_on,
            CASE WHEN mark IN {PRESENT} THEN lessons
              WHEN regexp_full_match(mark, '\\d{{1,2}}(\\.\\d+)?(课时|学时|节|小时)?') THEN mark END AS t_lessons,
            CASE WHEN mark IN {PRESENT} THEN CASE WHEN lessons IS NULL THEN 'lessons:lessons_missing' END
                 WHEN NOT regexp_full_match(mark, '\\d{{1,2}}(\\.\\d+)?(课时|学时|节|小时)?') THEN 'lessons:mark' END
                   AS pre_fault"""
        kept = f"mark IS NOT NULL AND mark NOT IN {ABSENT}"
    else:
        replaced = "label AS t_skill_level, mark AS t_standard_yuan, NULL::VARCHAR AS pre_fault"
        kept = "NOT is_blank_mark(mark)"
    dropped = "label, lessons, mark, " + (
        "t_attended_on, t_lessons" if "attended_on" in columns else "t_skill_level, t_standard_yuan"
    )
    connection.execute(f"INSERT INTO src BY NAME SELECT * EXCLUDE ({dropped}), {replaced} FROM spread WHERE {kept}")
