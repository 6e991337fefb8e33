"""Stated totals held against the rows they sum: a row of 小计 or 合计 that differs is told, with the difference.

Not here: which rows are totals (`not_data.py`), the ledger's months (`ledger.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations.contract import Contract
from orchestration.intake.not_data import TOTALS
from orchestration.intake.titles import PER_PERSON

if TYPE_CHECKING:
    import duckdb


def total_notices(connection: duckdb.DuckDBPyConnection, contract: Contract) -> list[tuple[int, dict]]:
    """(file_no, notice) of each total that fits no sum it can mean: its group's, since the last of its word, the sheet's.

    Works on `raw`, `layouts`, `odd`, `src` and `typed`. Amounts are in yuan.
    """
    sums = [
        c for c in contract.columns
        if c.type == "money" and not PER_PERSON.search(c.header_zh) and contract.dataset != "fund_ledger"
    ]  # fmt: skip
    if not sums or not connection.execute("SELECT count(*) FROM odd WHERE row_class = 'total'").fetchone()[0]:
        return []
    stated = ", ".join(
        f"[nullif(trim(r.cells[l.col_{c.name}]), ''), greatest(l.ctx_{c.name}, 1)::VARCHAR]" for c in sums
    )
    values = ", ".join(f"t.v_{c.name}" for c in sums)
    found = connection.execute(
        f"""WITH name AS (SELECT unnest([{", ".join(f"'{c.header_zh}'" for c in sums)}]) AS title,
            generate_subscripts([{", ".join(f"'{c.name}'" for c in sums)}], 1) AS i),
        line AS (
          SELECT s.file_no, s.sheet_no, s.row_no, NULL AS word, unnest([{values}]) AS amount,
            generate_subscripts([{values}], 1) AS i, false AS is_total, 0 AS slack
          FROM src s JOIN typed t USING (row_id)
          UNION ALL
          SELECT file_no, sheet_no, row_no, word, CASE WHEN is_number_form(number_form(n), '[万亿千]?元?')
            THEN read_money(number_form(n), factor) END, i, true,
            -- a total in 万元 is rounded to its last printed place
            CASE WHEN factor > 1 THEN factor / power(10, length(regexp_extract(n, '[.]([0-9]+)', 1))) ELSE 0 END FROM (
              SELECT *, compact(cell[1]) AS n, cell[2]::INTEGER AS factor FROM (
                SELECT o.file_no, o.sheet_no, o.row_no, regexp_extract(array_to_string(filled, ' '), '{TOTALS}') AS word,
                  unnest([{stated}]) AS cell, generate_subscripts([{stated}], 1) AS i
                FROM odd o JOIN raw r USING (file_no, sheet_no, row_no) JOIN layouts l USING (file_no, sheet_no)
                WHERE row_class = 'total'))),
        run AS (
          SELECT *, coalesce(sum(CASE WHEN NOT is_total THEN amount END) OVER (
              PARTITION BY file_no, sheet_no, i ORDER BY row_no), 0) AS so_far,
            sum(CASE WHEN NOT is_total THEN amount END) OVER (PARTITION BY file_no, sheet_no, i) AS whole FROM line),
        total AS (
          SELECT *, so_far - lag(so_far, 1, 0) OVER (PARTITION BY file_no, sheet_no, i ORDER BY row_no) AS of_group,
            so_far - lag(so_far, 1, 0) OVER (PARTITION BY file_no, sheet_no, i, word ORDER BY row_no) AS of_word,
            lead(so_far, 1, whole) OVER (PARTITION BY file_no, sheet_no, i ORDER BY row_no) - so_far AS below
          FROM run WHERE is_total)
        SELECT file_no, l.sheet, t.row_no, name.title, t.amount - CASE WHEN word IN ('小计', '本页小计', '本页合计')
            THEN of_group ELSE so_far END AS difference
        FROM total t JOIN name USING (i) JOIN layout l USING (file_no, sheet_no)
        WHERE t.amount IS NOT NULL AND whole IS NOT NULL
          AND len(list_filter([so_far, whole, of_group, of_word, below], lambda x: abs(x - t.amount) <= slack)) = 0
        ORDER BY ALL"""
    ).fetchall()
    return [
        (
            file_no,
            {
                "rule_id": "intake.total_differs",
                "sheet": sheet or None,
                "message": {
                    "zh": f"第 {row_no} 行“{title}”的合计与明细之和相差 {difference:,.2f} 元：以明细为准，请核对",
                    "en": f"row {row_no}: the stated total of {title} differs from its rows by {difference:,.2f} yuan;"
                    " the rows count, check them",
                },
            },
        )
        for file_no, sheet, row_no, title, difference in found
    ]
