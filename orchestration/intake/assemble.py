"""One dataset of a load: source rows, values, persons, ledger, duplicates, and the candidate that comes of them.

Not here: finding layouts (`read.py`).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.candidate import candidate_columns
from expectations.contract import Contract
from expectations.sql import literal
from orchestration.intake import code_labels, duplicates, ledger, not_data, persons, rows, suspects, totals, values
from orchestration.intake.layout import Layout
from orchestration.intake.reasons import Refusal

if TYPE_CHECKING:
    import duckdb

# tables that every dataset of a load uses
SHARED = ("code_label", "id_area")


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Tables that every dataset uses: code labels, areas of ID numbers."""
    code_labels.write_codes(connection)
    persons.write_areas(connection)


def build_candidate(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    layouts: list[Layout],
    raw: list[Path],
    entries: dict,
    stem: Path,
) -> tuple[Path, Path | None] | None:
    """Candidate and personal Parquet of one dataset; None where no row is left. Sets counts and states in `entries`.

    `entries` is (file_no, unit, period) -> FileReading. Nothing of it stays in memory.
    """
    try:
        return _build(connection, contract, layouts, raw, entries, stem)
    finally:
        _drop_tables(connection)


def _drop_tables(connection: duckdb.DuckDBPyConnection) -> None:
    found = connection.execute("SELECT table_name FROM duckdb_tables() WHERE temporary").fetchall()
    for (name,) in found:
        if name not in SHARED:
            connection.execute(f"DROP TABLE {name}")


def _build(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    layouts: list[Layout],
    raw: list[Path],
    entries: dict,
    stem: Path,
) -> tuple[Path, Path | None] | None:
    rows.build_source(connection, contract, layouts, raw)
    for file_no, refusal in not_data.refused_sections(connection).items():
        _refuse(connection, entries, file_no, refusal)
    _refuse_contradictions(connection, contract, entries)
    _count(connection, layouts, entries)
    if not connection.execute("SELECT count(*) FROM src").fetchone()[0]:
        return None
    tables = values.build_dictionaries(connection, contract)
    persons.build_typed(connection, contract, tables, {e.file_no: e.file_name for e in entries.values()})
    _mask_names(connection, contract, entries)
    for file_no, notice in totals.total_notices(connection, contract):
        for entry in (entry for key, entry in entries.items() if key[0] == file_no):
            entry.notices.append(notice)
    suspects.mark_suspects(connection, contract)
    if contract.dataset == "fund_ledger":
        found, notices = ledger.settle_ledger(
            connection, contract, sorted({x.file_no for x in layouts if x.is_debit_credit})
        )
        for entry in entries.values():
            entry.opening = found.get(entry.file_no, [])
            entry.notices += notices.get(entry.file_no, [])
    duplicates.pair(connection, contract)
    # the texts have served: only values are written
    connection.execute("DROP TABLE src")
    return _write(connection, contract, stem)


def _mask_names(connection: duckdb.DuckDBPyConnection, contract: Contract, entries: dict) -> None:
    """A file or sheet that is named like a person of its own rows (王小明.xlsx) is told with asterisks."""
    if all(column.name != "person_name" for column in contract.columns):
        return
    for shown in ("file_name", "sheet"):
        # whole words only, so that a place that holds the letters of a name stays readable
        found = connection.execute(
            f"""WITH word AS (
              SELECT file_no, shown, unnest(regexp_extract_all(shown, '[\\x{{4E00}}-\\x{{9FFF}}·]{{2,}}')) AS word
              FROM (SELECT DISTINCT file_no, {shown} AS shown FROM typed))
            SELECT DISTINCT w.file_no, w.shown, w.word FROM word w
            JOIN typed t ON t.file_no = w.file_no AND t.v_person_name = w.word
            ORDER BY ALL"""
        ).fetchall()
        for file_no, text, word in found:
            stars = "*" * len(word)
            connection.execute(
                f"UPDATE typed SET {shown} = replace({shown}, {literal(word)}, '{stars}')"
                f" WHERE file_no = {file_no} AND contains({shown}, {literal(word)})"
            )
            for entry in (e for key, e in entries.items() if key[0] == file_no):
                _mask_entry(entry, shown, text, word, stars)


def _mask_entry(entry, shown: str, text: str, word: str, stars: str) -> None:
    if shown == "file_name":
        entry.file_name = entry.file_name.replace(word, stars)
        entry.display_path = entry.display_path.replace(word, stars)
        return
    for part in (*entry.layout, *entry.notices):
        if word in (part.get("sheet") or ""):
            part["sheet"] = part["sheet"].replace(word, stars)


def _refuse_contradictions(connection: duckdb.DuckDBPyConnection, contract: Contract, entries: dict) -> None:
    """A class id in a title that differs from the column's refuses the file."""
    if all(column.name != "class_id" for column in contract.columns):
        return
    found = connection.execute(
        """SELECT s.file_no, any_value(s.sheet), min(s.row_no) FROM src s JOIN layout l USING (file_no, sheet_no)
        WHERE l.title_class_id IS NOT NULL AND l.col_class_id IS NOT NULL
          AND code_text(s.t_class_id) <> code_text(l.title_class_id)
        GROUP BY s.file_no"""
    ).fetchall()
    for file_no, sheet, row_no in found:
        refusal = Refusal("intake.class_id_contradiction", sheet=sheet or None, row_no=row_no, column="class_id")
        _refuse(connection, entries, file_no, refusal)


def _refuse(connection: duckdb.DuckDBPyConnection, entries: dict, file_no: int, refusal: Refusal) -> None:
    """Take a file's rows out again: what they mean is not plain."""
    for entry in (entry for key, entry in entries.items() if key[0] == file_no):
        entry.state = "refused"
        entry.reasons.append(refusal.entry())
    connection.execute(f"DELETE FROM src WHERE file_no = {file_no}")


def _count(connection: duckdb.DuckDBPyConnection, layouts: list[Layout], entries: dict) -> None:
    found = {
        tuple(key): count
        for *key, count in connection.execute(
            "SELECT file_no, slot_unit, slot_period, count(*) FROM src GROUP BY ALL"
        ).fetchall()
    }
    if any(item.days or item.levels for item in layouts):
        spread = connection.execute(
            """SELECT s.file_no, s.slot_unit, s.slot_period, count(*) - count(DISTINCT (s.sheet_no, s.row_no))
              FROM spread s GROUP BY ALL"""
        ).fetchall()
        for *key, more in spread:
            entries[tuple(key)].rows_read += more
    for key, entry in entries.items():
        if entry.state == "refused":
            entry.rows_read = 0
            continue
        entry.rows_not_data = entry.rows_read - found.get(key, 0)
        entry.state = "read" if found.get(key) else "empty"


def _write(connection: duckdb.DuckDBPyConnection, contract: Contract, stem: Path) -> tuple[Path, Path | None]:
    is_part = stem.name != contract.dataset
    candidate = stem.with_name(f"{stem.name}.candidate" if is_part else f"{stem.name}.parquet")
    personal = stem.with_name(f"{stem.name}.personal.parquet")
    names = candidate_columns(contract)
    place = ("row_id", "file_no", "file_name", "sheet", "row_no", "slot_unit", "slot_period")
    amounts = [f"coalesce(v_{c.name}, 0)" for c in contract.columns if c.carries_amount]
    selects = []
    for name, kind in names.items():
        if name in place or name in ("faults", "duplicate_of"):
            selects.append(name)
        elif name == "amount_fen":
            selects.append(f"(({' + '.join(amounts) or '0'}) * 100)::BIGINT AS amount_fen")
        elif name == "phone_key":
            selects.append("CASE WHEN v_phone IS NOT NULL THEN hmac_key('phone:' || v_phone) END AS phone_key")
        else:
            selects.append(f"v_{name}::{kind} AS {name}")
    # updates of lists move rows to the end; a sort of wide rows is made only then
    moved = "SELECT row_id < lag(row_id) OVER () AS is_back FROM typed"
    is_moved = connection.execute(f"SELECT coalesce(bool_or(is_back), false) FROM ({moved})").fetchone()[0]
    order = " ORDER BY row_id" if is_moved else ""
    _copy(connection, f"SELECT {', '.join(selects)} FROM typed{order}", candidate)
    own = [f"v_{c.name} AS {c.name}" for c in contract.columns if c.is_personal]
    key = ["v_person_key AS person_key"] if "person_key" in names else []
    if own:
        os.close(os.open(personal, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _copy(
            connection,
            f"SELECT row_id, file_no, slot_unit, slot_period, {', '.join([*key, *own])} FROM typed",
            personal,
        )
    return candidate, personal if own else None


def _copy(connection: duckdb.DuckDBPyConnection, query: str, target: Path) -> None:
    # no file of DuckDB's own beside it: the file made before keeps its mode
    connection.execute(f"COPY ({query}) TO {literal(target)} (FORMAT parquet, COMPRESSION snappy, USE_TMP_FILE false)")
