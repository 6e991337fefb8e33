"""The answer to one file as a document: verdict, row account, errors by what is at stake, notices, rules across files.

The workbook (workbook.py) and the JSON beside it print this document; its form is `feedback.schema.json`. It is meant for the
submitter alone. Not here: judging (gate), reading the file again (original).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from expectations.across import PENDING, across_rules
from expectations.derived import rule_of
from expectations.feedback_summary import words, write_summary
from expectations.json_text import by_line
from expectations.model import RuleResult
from expectations.original import sheets_of
from expectations.sql import literal
from expectations.stakes import BASIS
from expectations.verdict import Verdict
from expectations.workbook import FeedbackBook

FORM = 1
ERROR_ROWS = 20_000
MENDED_ROWS = 1_000
BUCKETS = ("read", "not_data", "duplicate", "quarantined", "accepted")
DECIDED = ("failed", PENDING, "passed")
NOTHING: dict[str, Any] = {
    "stake": {"rows": 0, "fen": 0, "heads": 0, "basis": None}, "rules": [], "errors": [], "mended": [],
}  # fmt: skip


def feedback_of(
    item: Any, verdict: Verdict, links: Path | None = None, connection: Any = None
) -> dict[str, Any] | None:
    """The document of one file that was read and judged; None for a file that the gate has not seen.

    `item` is the file's reading: file_no, file_name, sha256, layout ([{sheet, header_row, columns}]), dataset, slot_unit,
    slot_period, rows_read, rows_not_data, notices. `links`: Parquet of the rows that were quarantined in an earlier
    submission (kind mended or again, row_id, first_...). `connection`: DuckDB to use, else one of its own.
    """
    file = verdict.files.get(item.file_no)
    if file is None or verdict.errors is None:
        return None
    answer = _head(item, verdict.phase) | {
        "verdict": file.state,
        "rows": {
            "read": item.rows_read,
            "not_data": item.rows_not_data,
            "duplicate": file.rows["duplicate"],
            "quarantined": file.rows["quarantined"] + file.rows["refused"],
            "accepted": file.rows["accepted"],
        },
        **(_listed(verdict, item, links, connection) if file.reason_counts or file.notices or links else NOTHING),
        "across": across_of(verdict.rules_of(item.slot_unit, item.slot_period)),
    }  # fmt: skip
    # what a file lacks altogether is told once, by its rule
    answer["errors"] = [e for e in answer["errors"] if e["severity"] != "warn" or _is_there(item.layout, e)]
    # one row mended brings back all of a refused file
    answer["stake"] = answer["stake"] | {"fen": max(answer["stake"]["fen"], file.fen["refused"])}
    # a table as a whole may be refused, then no row says why
    whole = [r for r in file.reasons if r["row_no"] is None]
    answer["refused"] = [
        {"rule_id": r["rule_id"], "sheet": None, "row_no": None, "message": r["message"]} for r in whole
    ]
    # counts are exact where the list of rows is cut
    warned = {n["rule_id"]: n["count"] for n in file.notices}
    answer["rules"] = [r | {"rows": warned.get(r["rule_id"], r["rows"])} for r in answer["rules"]]
    return answer


def is_telling(answer: dict[str, Any]) -> bool:
    """Whether there is anything to mend, check or tell, so that a workbook is worth opening."""
    told = any(answer[part] for part in ("refused", "rules", "errors", "mended"))
    return told or any(found["state"] == "failed" for found in answer["across"])


def _is_there(layout: list[dict], error: dict[str, Any]) -> bool:
    """Whether the column of an error stands on its sheet."""
    parts = [part for part in layout if part["sheet"] == error["sheet"]] or layout
    return error["column"] is None or any(error["column"] in part["columns"] for part in parts)


def refusal_of(item: Any, phase: str = "final") -> dict[str, Any]:
    """The document of a file that could not be read: why, and nothing of its content."""
    reasons = [{k: r[k] for k in ("rule_id", "sheet", "row_no", "message")} for r in item.reasons]
    rows = dict.fromkeys(BUCKETS, 0)
    return _head(item, phase) | {"verdict": "refused", "rows": rows, "across": [], **NOTHING, "refused": reasons}


def across_of(results: Iterable[RuleResult]) -> list[dict[str, Any]]:
    """What the rules across files say of a submission: failed first, then those that wait; silent where they speak of no row."""
    rules = {rule.id: rule for rule in across_rules()}
    found = [r for r in results if r.rule_id in rules and r.state in DECIDED]
    return [
        {
            "rule_id": r.rule_id,
            "state": r.state,
            "checked": r.checked,
            "failed": r.failed,
            "message": rules[r.rule_id].message,
        }
        for r in sorted(found, key=lambda r: (DECIDED.index(r.state), -r.failed, r.rule_id))
    ]


def _head(item: Any, phase: str) -> dict[str, Any]:
    return {
        "form": FORM,
        "file_name": item.file_name,
        "sha256": item.sha256,
        "dataset": item.dataset,
        "reporting_unit": item.slot_unit,
        "period": item.slot_period,
        "phase": phase,
        "submission_id": None,
        "notices": [{"rule_id": n["rule_id"], "sheet": n.get("sheet"), "message": n["message"]} for n in item.notices],
        "layout": item.layout,
        "refused": [],
    }


def _listed(verdict: Verdict, item: Any, links: Path | None, connection: Any) -> dict[str, Any]:
    import duckdb

    with nullcontext(connection) if connection else duckdb.connect() as connection:
        errors = f"read_parquet({literal(verdict.errors)})"
        own = f"WHERE file_no = {int(item.file_no)}"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE e AS SELECT * FROM {errors} {own}")
        told = f"SELECT * FROM read_parquet({literal(links)})" if links else NO_LINKS
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE link AS SELECT * FROM ({told}) WHERE file_no = {int(item.file_no)}"
        )
        rows, fen, heads = connection.execute(STAKE).fetchone()
        rules = [
            {"rule_id": rule, "severity": severity, "column": column, "rows": count, "stake_fen": fen, "heads": heads,
             "message": rule_of(item.dataset, rule).message}
            for rule, severity, column, count, fen, heads in connection.execute(RULES).fetchall()
        ]  # fmt: skip
        errors = _rows(connection, f"{ERRORS} LIMIT {ERROR_ROWS}")
        mended = _rows(connection, f"{MENDED} LIMIT {MENDED_ROWS}")
    stake = {"rows": rows, "fen": fen, "heads": heads, "basis": BASIS.get(item.dataset) if rows else None}
    return {"stake": stake, "rules": rules, "errors": errors, "mended": mended}


def _rows(connection: Any, query: str) -> list[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


FIRST = """CASE WHEN l.row_id IS NOT NULL THEN {'submission_id': l.first_submission_id, 'file_name': l.first_file_name,
    'sheet': l.first_sheet, 'row_no': l.first_row_no, 'committed_at': l.first_committed_at} END AS first"""
NO_LINKS = """SELECT 0 AS file_no, '' AS kind, 0 AS row_id, '' AS sheet, 0 AS row_no, '' AS first_submission_id,
    '' AS first_file_name, '' AS first_sheet, 0 AS first_row_no, '' AS first_committed_at WHERE false"""
STAKE = """
    SELECT count(*), CAST(coalesce(sum(stake_fen), 0) AS BIGINT), CAST(coalesce(sum(heads), 0) AS BIGINT)
    FROM (SELECT DISTINCT row_id, stake_fen, heads FROM e WHERE severity <> 'warn')"""
RULES = """
    SELECT rule_id, severity, any_value(column_name), count(*), CAST(sum(stake_fen) AS BIGINT), CAST(sum(heads) AS BIGINT)
    FROM e GROUP BY rule_id, severity, reason
    ORDER BY severity = 'warn', severity = 'refuse' DESC, reason = 'key' DESC, sum(stake_fen) DESC, sum(heads) DESC,
        count(*) DESC, rule_id"""
# one entry a cell with all that is wrong with it; cells of a row stand together, rows by what is at stake, then what to check
ERRORS = f"""
    WITH cell AS (
        SELECT row_id, severity = 'warn' AS is_warning, column_name, any_value(sheet) AS sheet, any_value(row_no) AS row_no,
            arg_min(severity, rule_no) AS severity, list(rule_id ORDER BY rule_no) AS rules, min(rule_no) AS rule_no,
            any_value(amount_fen) AS amount_fen, any_value(stake_fen) AS stake_fen, any_value(heads) AS heads,
            coalesce(any_value(partners), []) AS partners, bool_or(severity = 'refuse') AS refuses,
            bool_or(reason = 'key') AS is_key
        FROM e GROUP BY row_id, is_warning, column_name),
    ranked AS (
        SELECT *, bool_or(refuses) OVER w AS first_refused, bool_or(is_key) OVER w AS first_key FROM cell
        WINDOW w AS (PARTITION BY row_id, is_warning))
    SELECT r.sheet, r.row_no, column_name AS column, severity, rules, r.amount_fen,
        CASE WHEN is_warning THEN 0 ELSE r.stake_fen END AS stake_fen, CASE WHEN is_warning THEN 0 ELSE r.heads END AS heads,
        partners, {FIRST}
    FROM ranked r LEFT JOIN link l ON l.row_id = r.row_id AND l.kind = 'again'
    ORDER BY is_warning, first_refused DESC, first_key DESC, r.stake_fen DESC, r.heads DESC, r.row_id, rule_no"""
MENDED = f"SELECT sheet, row_no, {FIRST} FROM link l WHERE kind = 'mended' ORDER BY row_id"


def write_feedback(
    target: Path, item: Any, verdict: Verdict, lang: str = "zh", links: Path | None = None
) -> Path | None:
    """Write the workbook of one file and its JSON; the path of the workbook, None where there is nothing to tell."""
    answer = feedback_of(item, verdict, links)
    if answer is None or not is_telling(answer):
        return None
    write_answer(target, answer | {"lang": lang}, Path(item.landed))
    return target


def write_answer(target: Path, answer: dict[str, Any], landed: Path | None) -> list[Path]:
    """Write the JSON (`.json` in place of `.xlsx`) and, where there is anything to tell, the workbook; the paths written.

    `landed`: the bytes of the file, None to show none. The workbook speaks the answer's `lang` (zh, en, both), else Chinese.
    """
    beside = write_json(target, answer)
    if not is_telling(answer):
        target.unlink(missing_ok=True)
        return [beside]
    _replace(target, lambda path: _write_workbook(path, answer, landed, answer.get("lang", "zh")))
    return [beside, target]


def write_json(target: Path, answer: dict[str, Any]) -> Path:
    """Write the JSON of an answer beside its workbook `target`; its path."""
    beside = target.with_suffix(".json")
    text = by_line(answer)
    _replace(beside, lambda path: path.write_text(text, encoding="utf-8"))
    return beside


def _replace(target: Path, write: Any) -> None:
    """Written beside its place for the owner alone, then renamed."""
    temporary = target.with_name(target.name + ".tmp")
    os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    write(temporary)
    os.replace(temporary, target)


def _write_workbook(path: Path, answer: dict[str, Any], landed: Path | None, lang: str) -> None:
    """Nothing in the workbook is read as a formula or a link."""
    import datetime

    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "use_zip64": True,
    }
    wanted: dict[str | None, set[int]] = {}
    for error in answer["errors"]:
        wanted.setdefault(error["sheet"], set()).add(error["row_no"])
    originals = list(sheets_of(landed, wanted, limit=ERROR_ROWS)) if landed and wanted else []
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": words()[lang]["summary"], "created": datetime.datetime(2000, 1, 1)})
        writer = FeedbackBook(book, lang, answer)
        names = writer.names(sheet.name for sheet in originals)
        write_summary(
            writer, is_part=any(sheet.is_part for sheet in originals), is_cut=len(answer["errors"]) >= ERROR_ROWS
        )
        if answer["errors"]:
            writer.write_errors({s.name: (names[n], s) for n, s in enumerate(originals)})
        for number, sheet in enumerate(originals):
            writer.write_sheet(names[number], sheet, only=len(originals) == 1)
