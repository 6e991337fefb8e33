"""The feedback workbook: the submitter's own file again with the faulty cells marked, and what mending them is worth.

Sheets: summary, errors (key conflicts first, then by money and heads at stake), then the file's sheets as text. It holds
the submitter's own cells and is meant for the submitter alone. Not here: judging (gate), reading the file (original).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from expectations.original import sheets_of
from expectations.verdict import Verdict
from expectations.workbook import LABELS, FeedbackBook

ERROR_ROWS = 20_000


def errors_of(verdict: Verdict, file_no: int, limit: int = ERROR_ROWS) -> list[dict[str, Any]]:
    """The errors of one file: key conflicts first, then by money and heads at stake, then in row order."""
    import duckdb

    with duckdb.connect() as connection:
        cursor = connection.execute(
            """
            SELECT sheet, row_no, rule_id, reason, column_name, amount_fen, heads FROM read_parquet(?)
            WHERE file_no = ?
            ORDER BY severity = 'refuse' DESC, reason = 'key' DESC, amount_fen DESC, heads DESC, row_id, rule_id
            LIMIT ?""",
            [str(verdict.errors), file_no, limit],
        )
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def stakes_of(verdict: Verdict, file_no: int) -> dict[str, Any]:
    """What mending one file is worth: rows, fen, heads, over rows (`all`) and by rule (`rules`, key conflicts first)."""
    import duckdb

    with duckdb.connect() as connection:
        source = f"(SELECT * FROM read_parquet('{verdict.errors}') WHERE file_no = {int(file_no)})"
        rows, fen, heads = connection.execute(f"""
            SELECT count(*), CAST(coalesce(sum(amount_fen), 0) AS BIGINT), CAST(coalesce(sum(heads), 0) AS BIGINT)
            FROM (SELECT DISTINCT row_id, amount_fen, heads FROM {source})""").fetchone()
        rules = connection.execute(f"""
            SELECT rule_id, any_value(column_name), count(*), CAST(sum(amount_fen) AS BIGINT), CAST(sum(heads) AS BIGINT)
            FROM {source} GROUP BY rule_id, severity, reason
            ORDER BY severity = 'refuse' DESC, reason = 'key' DESC, sum(amount_fen) DESC, sum(heads) DESC, count(*) DESC, rule_id
            """).fetchall()
    return {"all": {"rows": rows, "fen": fen, "heads": heads}, "rules": rules}


def write_feedback(target: Path, item: Any, verdict: Verdict, lang: str = "zh") -> Path | None:
    """Write the feedback workbook of one file; None where nothing of it was refused or set aside.

    `item` is the file's reading: file_no, file_name, landed (path of the bytes), layout ([{sheet, header_row, columns}]),
    dataset, slot_unit, slot_period, rows_read.
    """
    file = verdict.files.get(item.file_no)
    if file is None or verdict.errors is None:
        return None
    errors = errors_of(verdict, item.file_no)
    if not errors:
        return None
    summary = {
        "file": item.file_name,
        "dataset": item.dataset,
        "unit": item.slot_unit,
        "period": item.slot_period,
        "verdict": "refused" if file.is_refused else "quarantined",
        "read": item.rows_read,
        **{name: file.rows[name] for name in ("duplicate", "accepted")},
        "set_aside": file.rows["quarantined"] + file.rows["refused"],
        **stakes_of(verdict, item.file_no),
    }
    return write_workbook(target, Path(item.landed), item.layout, errors, summary, lang)


def write_workbook(
    target: Path, landed: Path, layout: list[dict], errors: list[dict], summary: dict, lang: str = "zh"
) -> Path:
    """Write the workbook beside its final place, then rename; nothing in it is read as a formula or a link."""
    import datetime

    import xlsxwriter

    temporary = target.with_name(target.name + ".tmp")
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "use_zip64": True,
    }
    with xlsxwriter.Workbook(str(temporary), options) as book:
        book.set_properties({"title": LABELS[lang]["summary"], "created": datetime.datetime(2000, 1, 1)})
        writer = FeedbackBook(book, lang, summary["dataset"])
        wanted = _rows_by_sheet(errors)
        originals = list(sheets_of(landed, wanted, limit=ERROR_ROWS))
        names = writer.names(sheet.name for sheet in originals)
        writer.write_summary(summary, len(errors), is_part=any(sheet.is_part for sheet in originals))
        writer.write_errors(errors, layout, {s.name: (names[n], s) for n, s in enumerate(originals)})
        for number, sheet in enumerate(originals):
            writer.write_sheet(names[number], sheet, errors, layout, only=len(originals) == 1)
    os.chmod(temporary, 0o600)
    os.replace(temporary, target)
    return target


def _rows_by_sheet(errors: list[dict]) -> dict[str | None, set[int]]:
    rows: dict[str | None, set[int]] = {}
    for error in errors:
        rows.setdefault(error["sheet"], set()).add(error["row_no"])
    return rows
