"""Rows that were set aside in an earlier submission and come again: mended and accepted now, or set aside once more.

A row is the same by its key or, where its key was the fault, by its place: same sheet and row of the same unit and period,
with no difference but in the cells that were at fault. Not here: which rows are set aside (the gate).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from expectations.candidate import PLACE_COLUMNS, TRAILING_COLUMNS, candidate_column, candidate_columns, row_key
from expectations.contract import Contract, contracts
from expectations.sql import literal

# what tells a row again beside the columns of the quarantine
TRACE = {"row_key": "VARCHAR", "prints": "MAP(VARCHAR, UBIGINT)", "committed_at": "VARCHAR"}
EARLIER = {
    "submission_id": "VARCHAR", "reporting_unit": "VARCHAR", "period": "VARCHAR", "file_name": "VARCHAR", "sheet": "VARCHAR",
    "row_no": "INTEGER", "column_name": "VARCHAR", **TRACE,
}  # fmt: skip
LINK = {
    "kind": "VARCHAR", "row_id": "BIGINT", "file_no": "INTEGER", "slot_unit": "VARCHAR", "slot_period": "VARCHAR",
    "file_name": "VARCHAR", "sheet": "VARCHAR", "row_no": "INTEGER", "amount_fen": "BIGINT", "first_submission_id": "VARCHAR",
    "first_file_name": "VARCHAR", "first_sheet": "VARCHAR", "first_row_no": "INTEGER", "first_committed_at": "VARCHAR",
}  # fmt: skip


def traces(contract: Contract) -> str:
    """SQL over a candidate: row_key, and prints, a hash of each filled cell of the row by column."""
    own = {name for name, _ in (*PLACE_COLUMNS, *TRAILING_COLUMNS)} | {
        "birth_year",
        "id_sex",
        "slot_unit",
        "slot_period",
    }
    names = [name for name in candidate_columns(contract) if name not in own]
    cells = ", ".join(f"{{'k': '{name}', 'v': md5_number_lower({name}::VARCHAR)}}" for name in names)
    prints = f"map_from_entries(list_filter([{cells}], lambda c: c.v IS NOT NULL))"
    return f"{row_key(contract)} AS row_key, {prints} AS prints"


def find_links(
    contract: Contract,
    candidate: Path,
    accepted: Path,
    quarantine: Path,
    earlier: Iterable[tuple[Path, Path]],
    target: Path,
) -> Path | None:
    """Write the links of one dataset of a load (columns: LINK); None where nothing was set aside before.

    `candidate`: path or pattern; `earlier`: quarantine and row files of earlier submissions of this dataset and these units.
    """
    import duckdb

    pairs = list(earlier)
    if not pairs:
        return None
    listed, taken = (", ".join(literal(pair[n]) for pair in pairs) for n in (0, 1))
    blank = ", ".join(f"NULL::{kind} AS {name}" for name, kind in EARLIER.items())
    columns = {
        c.name: candidate_column(c) or c.name for c in contract.columns if (candidate_column(c) or c.name) != c.name
    }
    renamed = " ".join(f"WHEN '{name}' THEN '{to}'" for name, to in columns.items())
    named = f"CASE column_name {renamed} ELSE column_name END" if renamed else "column_name"
    with duckdb.connect() as connection:
        connection.execute(
            f"""CREATE TABLE earlier AS
            SELECT submission_id, reporting_unit, period, file_name, coalesce(sheet, '') AS sheet, row_no,
              any_value(row_key) AS row_key, any_value(prints) AS prints, any_value(committed_at) AS committed_at,
              list({named}) AS faulty
            FROM (SELECT {blank} WHERE false
              UNION ALL BY NAME SELECT * FROM read_parquet([{listed}], union_by_name = true, hive_partitioning = false))
            WHERE committed_at IS NOT NULL GROUP BY ALL"""
        )
        connection.execute(
            f"""CREATE TABLE now AS
            SELECT kind, row_id, file_no, slot_unit, slot_period, file_name, coalesce(sheet, '') AS sheet, row_no, amount_fen,
              {traces(contract)}
            FROM read_parquet({literal(candidate)}) JOIN (
              SELECT row_id, 'mended' AS kind FROM read_parquet({literal(accepted)})
              UNION ALL SELECT DISTINCT row_id, 'again' FROM read_parquet({literal(quarantine)})) USING (row_id)
            WHERE {row_key(contract)} IN (SELECT row_key FROM earlier)
              OR (coalesce(sheet, ''), row_no) IN (SELECT (sheet, row_no) FROM earlier)"""
        )
        connection.execute(
            f"""CREATE TABLE taken AS
            SELECT submission_id, {row_key(contract)} AS row_key
            FROM read_parquet([{taken}], union_by_name = true, hive_partitioning = false)
            WHERE {row_key(contract)} IN (SELECT row_key FROM now)"""
        )
        connection.execute(f"COPY ({LINKS}) TO {literal(target)} (FORMAT parquet)")
        return (
            target
            if connection.execute(f"SELECT count(*) FROM read_parquet({literal(target)})").fetchone()[0]
            else None
        )


def find_earlier(home: Path, manifests: Iterable[dict], reading, verdict, target: Path) -> Path | None:
    """The links of one judged dataset of a load, against all that its units ever sent of it."""
    units = {file.slot_unit for file in verdict.files.values()}
    earlier = [
        (home / manifest["quarantine"], home / manifest["rows"])
        for manifest in manifests
        if manifest["dataset"] == verdict.dataset and manifest["reporting_unit"] in units and manifest["quarantine"]
        and any(file["rows_quarantined"] for file in manifest["files"])
    ]  # fmt: skip
    candidate = reading.candidates[verdict.dataset]
    return find_links(contracts()[verdict.dataset], candidate, verdict.accepted, verdict.quarantine, earlier, target)


# a cell that was at fault may differ; one at least that was not must be the same; who was taken then is somebody else
LINKS = f"""
WITH same AS (
  SELECT n.*, e.submission_id, e.file_name AS e_file, e.sheet AS e_sheet, e.row_no AS e_row, e.committed_at
  FROM now n JOIN earlier e ON n.row_key = e.row_key AND n.slot_unit = e.reporting_unit
  UNION ALL
  SELECT n.*, e.submission_id, e.file_name, e.sheet, e.row_no, e.committed_at
  FROM now n JOIN earlier e ON n.slot_unit = e.reporting_unit AND n.slot_period = e.period AND n.sheet = e.sheet
    AND n.row_no = e.row_no
  WHERE (e.row_key IS NULL OR n.row_key IS NULL)
    AND NOT EXISTS (FROM taken t WHERE t.submission_id = e.submission_id AND t.row_key = n.row_key)
    AND list_has_any(map_entries(n.prints), map_entries(e.prints))
    AND len(list_filter(list_distinct(map_keys(n.prints) || map_keys(e.prints)), lambda c: NOT list_contains(e.faulty, c)
      AND NOT (n.kind = 'again' AND NOT list_contains(map_keys(n.prints), c))
      AND n.prints[c] IS DISTINCT FROM e.prints[c])) = 0)
SELECT {", ".join(name for name in LINK if not name.startswith("first_"))}, submission_id AS first_submission_id,
  e_file AS first_file_name, e_sheet AS first_sheet, e_row AS first_row_no, committed_at AS first_committed_at
FROM same QUALIFY row_number() OVER (PARTITION BY row_id, kind ORDER BY committed_at, submission_id, e_file, e_sheet, e_row) = 1
ORDER BY row_id"""
