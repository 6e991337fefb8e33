"""The SQL of the gate: which rows offend which rule, and the rows that follow each way.

Every predicate is the rule's own text, the same that Great Expectations is given. Not here: deciding what a count means.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.candidate import row_key
from expectations.contract import Contract
from expectations.model import Rule
from expectations.sql import literal
from expectations.stakes import stakes_query

if TYPE_CHECKING:
    import duckdb

# places listed of one rule that only warns, per file; its count stays exact
NOTICED_ROWS = 200
PARTNERS = 10


def open_source(connection: duckdb.DuckDBPyConnection, candidate: Path) -> dict[str, str]:
    """Make the candidate the view `source`; its columns with their types."""
    connection.execute(f"CREATE OR REPLACE VIEW source AS SELECT * FROM read_parquet({literal(candidate)})")
    return dict(connection.execute("SELECT column_name, column_type FROM (DESCRIBE source)").fetchall())


def present_faults(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Every kind of fault that occurs in the candidate."""
    query = "SELECT DISTINCT unnest(faults) AS fault FROM source WHERE len(faults) > 0 ORDER BY fault"
    return [fault for (fault,) in connection.execute(query).fetchall()]


def refused_files(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> list[int]:
    """Files with a row that offends a rule which refuses the file."""
    if not rules:
        return []
    either = " OR ".join(f"({rule.predicate}) IS TRUE" for rule in rules)
    query = f"SELECT DISTINCT file_no FROM source WHERE duplicate_of IS NULL AND ({either}) ORDER BY file_no"
    return [number for (number,) in connection.execute(query).fetchall()]


def promote_duplicates(connection: duckdb.DuckDBPyConnection, refused: Sequence[int], target: Path) -> bool:
    """Where a kept row falls with its file, let its first repeat in another file take its place; True if any did.

    Writes the candidate with the new `duplicate_of` to `target`.
    """
    numbers = ", ".join(map(str, refused))
    hit = f"""
        SELECT count(*) FROM source AS repeat JOIN source AS kept ON repeat.duplicate_of = kept.row_id
        WHERE kept.file_no IN ({numbers}) AND repeat.file_no NOT IN ({numbers})"""
    if not connection.execute(hit).fetchone()[0]:
        return False
    connection.execute(f"""
        COPY (
            WITH grouped AS (
                SELECT *, file_no IN ({numbers}) AS falls,
                    coalesce(duplicate_of, row_id) AS kept_id,
                    min(row_id) FILTER (WHERE file_no NOT IN ({numbers}))
                        OVER (PARTITION BY coalesce(duplicate_of, row_id)) AS next_id
                FROM source)
            SELECT * EXCLUDE (falls, kept_id, next_id) REPLACE (
                CASE WHEN falls OR next_id IS NULL THEN duplicate_of
                    WHEN row_id = next_id THEN NULL ELSE next_id END AS duplicate_of)
            FROM grouped ORDER BY row_id
        ) TO {literal(target)} (FORMAT parquet)""")
    return True


def count_failures(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> dict[int, list[tuple[int, int]]]:
    """Per file, per rule in order: rows the rule speaks of, rows that offend it."""
    parts = ["file_no"]
    for rule in rules:
        parts.append(f"count(*) FILTER (WHERE {rule.given})" if rule.given else "count(*)")
        parts.append(f"count(*) FILTER (WHERE {rule.predicate})")
    query = f"SELECT {', '.join(parts)} FROM source WHERE duplicate_of IS NULL GROUP BY file_no ORDER BY file_no"
    return {row[0]: list(zip(row[1::2], row[2::2], strict=True)) for row in connection.execute(query).fetchall()}


def mark_rows(
    connection: duckdb.DuckDBPyConnection, contract: Contract, rules: Sequence[Rule], rates: Path | None = None
) -> None:
    """Table `failing`: one row per row and rule it offends, with the cell to mark and what is at stake.

    Rules that only warn come with the first `NOTICED_ROWS` rows of each file. `rates`: Parquet of class_id, fen per head.
    """
    connection.execute(
        "CREATE OR REPLACE TABLE rule (rule_no INTEGER, rule_id VARCHAR, severity VARCHAR, reason VARCHAR, column_name VARCHAR)"
    )
    for number, rule in enumerate(rules):
        connection.execute(
            "INSERT INTO rule VALUES (?, ?, ?, ?, ?)", [number, rule.id, rule.severity, rule.reason, rule.column]
        )
    connection.execute("CREATE OR REPLACE TABLE mark (row_id BIGINT, file_no INTEGER, rule_no INTEGER)")
    firm = {n: rule for n, rule in enumerate(rules) if rule.severity != "warn"}
    soft = {n: rule for n, rule in enumerate(rules) if rule.severity == "warn"}
    first = f"QUALIFY row_number() OVER (PARTITION BY file_no, rule_no ORDER BY row_id) <= {NOTICED_ROWS}"
    for group, few in ((firm, ""), (soft, first)):
        if group:
            marks = ", ".join(f"CASE WHEN {rule.predicate} THEN {n} END" for n, rule in group.items())
            either = " OR ".join(f"({rule.predicate}) IS TRUE" for rule in group.values())
            connection.execute(f"""
                INSERT INTO mark SELECT * FROM (
                    SELECT row_id, file_no, unnest(list_filter([{marks}], lambda m: m IS NOT NULL)) AS rule_no
                    FROM source WHERE duplicate_of IS NULL AND ({either})) {few}""")
    connection.execute(f"CREATE OR REPLACE TABLE stake AS {stakes_query(contract.dataset, rates)}")
    connection.execute(f"CREATE OR REPLACE TABLE conflict AS {_conflicts(contract)}")
    connection.execute("""
        CREATE OR REPLACE TABLE failing AS
        SELECT s.row_id, s.file_no, s.file_name, s.sheet, s.row_no, s.slot_unit, s.slot_period, s.amount_fen,
            stake.heads, stake.stake_fen, rule.*, CASE WHEN rule.reason = 'key' THEN conflict.partners END AS partners
        FROM mark JOIN rule USING (rule_no) JOIN source s USING (row_id) JOIN stake USING (row_id)
        LEFT JOIN conflict USING (row_id)""")


def _conflicts(contract: Contract) -> str:
    """SQL: the other rows of the key of each row in conflict, at most `PARTNERS`."""
    return f"""
        WITH disputed AS (
            SELECT row_id, {row_key(contract)} AS row_key, {{'file_name': file_name, 'sheet': sheet, 'row_no': row_no}} AS place
            FROM source WHERE duplicate_of IS NULL AND list_contains(faults, '*:key_conflict'))
        SELECT d.row_id, list(o.place ORDER BY o.row_id)[1:{PARTNERS}] AS partners
        FROM disputed d JOIN disputed o ON o.row_key = d.row_key AND o.row_id <> d.row_id GROUP BY d.row_id"""


FAILING_COLUMNS = (
    "row_id, file_no, file_name, sheet, row_no, slot_unit, slot_period, rule_id, reason, column_name, amount_fen"
)
ASIDE = "SELECT row_id FROM failing WHERE severity <> 'warn'"


def write_rows(connection: duckdb.DuckDBPyConnection, refused: Sequence[int], stem: Path) -> tuple[Path, Path, Path]:
    """Write accepted rows, quarantined rows and every error (with severity, heads) to `<stem>.….parquet`."""
    numbers = ", ".join(map(str, refused)) or "NULL"
    stays = f"coalesce(file_no NOT IN ({numbers}), true)"
    accepted, quarantine, errors = (
        stem.with_name(f"{stem.name}.{kind}.parquet") for kind in ("accepted", "quarantine", "errors")
    )
    connection.execute(f"""
        COPY (
            SELECT * EXCLUDE (faults, duplicate_of) FROM source
            WHERE duplicate_of IS NULL AND {stays} AND row_id NOT IN ({ASIDE})
        ) TO {literal(accepted)} (FORMAT parquet)""")
    connection.execute(f"""
        COPY (
            SELECT {FAILING_COLUMNS} FROM failing WHERE {stays} AND severity <> 'warn' ORDER BY row_id, rule_id
        ) TO {literal(quarantine)} (FORMAT parquet, COMPRESSION zstd)""")
    connection.execute(f"""
        COPY (
            SELECT {FAILING_COLUMNS}, severity, rule_no, heads, stake_fen, partners FROM failing ORDER BY row_id, rule_id
        ) TO {literal(errors)} (FORMAT parquet, COMPRESSION zstd)""")
    return accepted, quarantine, errors


def count_rows(connection: duckdb.DuckDBPyConnection, refused: Sequence[int]) -> list[dict]:
    """Per file: name, slot, and rows and fen by bucket (duplicate, quarantined, accepted, refused)."""
    numbers = ", ".join(map(str, refused)) or "NULL"
    cursor = connection.execute(f"""
        WITH placed AS (
            SELECT file_no, file_name, slot_unit, slot_period, amount_fen,
                CASE WHEN duplicate_of IS NOT NULL THEN 'duplicate'
                    WHEN coalesce(file_no IN ({numbers}), false) THEN 'refused'
                    WHEN row_id IN ({ASIDE}) THEN 'quarantined'
                    ELSE 'accepted' END AS bucket
            FROM source)
        SELECT file_no, any_value(file_name), any_value(slot_unit), any_value(slot_period), bucket,
            count(*), CAST(coalesce(sum(amount_fen), 0) AS BIGINT)
        FROM placed GROUP BY file_no, bucket ORDER BY file_no, bucket""")
    files: dict[int, dict] = {}
    for number, name, unit, period, bucket, rows, fen in cursor.fetchall():
        empty = dict.fromkeys(("duplicate", "quarantined", "accepted", "refused"), 0)
        file = files.setdefault(
            number,
            {"file_no": number, "file_name": name, "slot_unit": unit, "slot_period": period,
             "rows": dict(empty), "fen": dict(empty)},
        )  # fmt: skip
        file["rows"][bucket], file["fen"][bucket] = rows, fen
    return list(files.values())


def list_reasons(connection: duckdb.DuckDBPyConnection, cap: int) -> list[tuple]:
    """(file_no, rule_id, reason, sheet, row_no, column, amount_fen, stake_fen, heads): key conflicts first, then by stake."""
    order = "severity = 'refuse' DESC, reason = 'key' DESC, stake_fen DESC, heads DESC, row_id, rule_id"
    return connection.execute(f"""
        WITH told AS (
            -- one reason a cell: the first rule of the suite that it offends
            SELECT * FROM failing WHERE severity <> 'warn'
            QUALIFY column_name IS NULL
                OR row_number() OVER (PARTITION BY row_id, column_name ORDER BY severity = 'refuse' DESC, rule_no) = 1)
        SELECT file_no, rule_id, reason, sheet, row_no, column_name, amount_fen, stake_fen, heads
        FROM told
        QUALIFY row_number() OVER (PARTITION BY file_no ORDER BY {order}) <= {int(cap)}
        ORDER BY file_no, {order}
    """).fetchall()


def list_notices(connection: duckdb.DuckDBPyConnection, cap: int) -> list[tuple]:
    """(file_no, rule_id, sheet, row_no) of the first rows that a rule only warns of, at most `cap` per file and rule."""
    return connection.execute(f"""
        SELECT file_no, rule_id, sheet, row_no FROM failing WHERE severity = 'warn'
        QUALIFY row_number() OVER (PARTITION BY file_no, rule_id ORDER BY row_id) <= {int(cap)}
        ORDER BY file_no, rule_id, row_id""").fetchall()
