"""Which row repeats which within a slot: equal rows, rows that complete one another, rows that contradict one another.

Not here: rows of different submissions (dbt: the newer period wins) and the same bytes twice (the load).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations.contract import Column, Contract
from expectations.derived import faults_of, sets_row_aside

if TYPE_CHECKING:
    import duckdb

# facts that leave the value standing
_HARMLESS = "area_code|sex|id_upgraded|name_damaged|unit_suspect"


def _key(contract: Contract) -> list[str]:
    names = {column.name for column in contract.columns}
    parts = ["t.slot_unit", "t.slot_period"]
    for part in contract.key:
        if part == "booked_month":
            parts.append("date_trunc('month', t.v_booked_on)")
        elif part in names:
            parts.append(f"t.v_{part}")
    return parts


def comparable(column: Column) -> str:
    """The value as text in the form rows are compared (alias t): no case, no spaces, blank as ''."""
    return f"coalesce(lower(replace(t.v_{column.name}::VARCHAR, ' ', '')), '')"


def mark_equal(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    key: list[str],
    compared: list[Column],
    only: str = "true",
) -> None:
    """Table `repeated` (key_no, row_id) of rows that share a key; equal ones get `duplicate_of`, the first is kept."""
    content = " || chr(31) || ".join(comparable(c) for c in compared)
    # a bad text has no value: then the texts as they stand tell the rows apart; a remark on a good value does not
    texts = " || chr(31) || ".join(f"coalesce(s.t_{c.name}, '')" for c in compared)
    bad = f"list_filter(t.faults, lambda f: NOT regexp_matches(f, ':({_HARMLESS})$'))"
    content += f" || CASE WHEN len({bad}) > 0 THEN {texts} ELSE '' END"
    columns = ", ".join(f"{part} AS k{i}" for i, part in enumerate(key))
    same = " AND ".join(f"({part}) IS NOT DISTINCT FROM a.k{i}" for i, part in enumerate(key))
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE repeated AS
        WITH alike AS (
          SELECT *, row_number() OVER () AS key_no FROM (
            SELECT {columns} FROM typed t WHERE t.duplicate_of IS NULL AND {only} GROUP BY ALL HAVING count(*) > 1))
        SELECT a.key_no, t.row_id FROM typed t JOIN alike a ON {same} WHERE t.duplicate_of IS NULL AND {only}"""
    )
    if not connection.execute("SELECT count(*) FROM repeated").fetchone()[0]:
        return
    connection.execute(
        f"""UPDATE typed SET duplicate_of = d.kept FROM (
          SELECT row_id, min(row_id) OVER (PARTITION BY key_no, content) AS kept FROM (
            SELECT key_no, row_id, md5({content}) AS content FROM repeated JOIN typed t USING (row_id)
              JOIN src s USING (row_id))) d
        WHERE typed.row_id = d.row_id AND d.kept <> d.row_id"""
    )


def pair(connection: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    """Set `duplicate_of` of repeated rows in `typed` and add the faults `*:merged` and `*:key_conflict`."""
    mark_equal(connection, contract, _key(contract), list(contract.columns))
    if not connection.execute("SELECT count(*) FROM repeated").fetchone()[0]:
        return
    keys = [c for c in contract.columns if c.name in contract.key]
    required = [c for c in contract.columns if c.is_required and c not in keys]
    optional = [c for c in contract.columns if c not in keys and c not in required]
    filled = " AND ".join(["true", *(f"t.v_{c.name} IS NOT NULL" for c in keys if c.is_required)])
    bad = " OR ".join(f"starts_with(f, '{c.name}:')" for c in keys)
    # a row that a fault of its own sets aside completes no other: the good one would vanish as its duplicate
    aside = [
        "*:test_row",
        *(f"{c.name}:{f}" for c in required + optional for f in faults_of(c) if sets_row_aside(c, f)),
    ]
    sound = f"NOT bool_or(coalesce(list_has_any(t.faults, {aside}), false))"
    same = " AND ".join(["true", *(f"count(DISTINCT {comparable(c)}) = 1" for c in required)])
    fits = " AND ".join(["true", *(f"count(DISTINCT nullif({comparable(c)}, '')) <= 1" for c in optional)])
    # what one row has and another lacks; rows without such a column are plain repeats
    completes = " OR ".join(["false", *(f"count(DISTINCT {comparable(c)}) > 1" for c in optional)])
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE disputed AS
        SELECT min(t.row_id) AS kept, {same} AND {fits} AND {sound} AS fits, {completes} AS completes,
          list(t.row_id) AS members
        FROM repeated r JOIN typed t USING (row_id)
        WHERE t.duplicate_of IS NULL AND {filled}
          AND len(list_filter(t.faults, lambda f: ({bad}) AND NOT regexp_matches(f, ':({_HARMLESS})$'))) = 0
        GROUP BY r.key_no HAVING count(*) > 1"""
    )
    if connection.execute("SELECT count(*) FROM disputed").fetchone()[0]:
        _settle(connection, optional)


def _settle(connection: duckdb.DuckDBPyConnection, optional: list[Column]) -> None:
    connection.execute(
        """UPDATE typed SET faults = list_append(faults, '*:key_conflict')
        WHERE row_id IN (SELECT unnest(members) FROM disputed WHERE NOT fits)"""
    )
    members = "SELECT kept, completes, unnest(members) AS row_id FROM disputed WHERE fits"
    values = ", ".join(f"any_value(t.v_{c.name} ORDER BY t.row_id) AS v_{c.name}" for c in optional)
    filled = ", ".join(f"v_{c.name} = coalesce(typed.v_{c.name}, m.v_{c.name})" for c in optional)
    connection.execute(
        f"""UPDATE typed SET {filled}{", " if filled else ""}
          faults = CASE WHEN completes THEN list_append(faults, '*:merged') ELSE faults END
        FROM (SELECT kept, completes{", " if values else ""}{values}
          FROM ({members}) JOIN typed t USING (row_id) GROUP BY kept, completes) m
        WHERE typed.row_id = m.kept"""
    )
    connection.execute(
        f"UPDATE typed SET duplicate_of = d.kept FROM ({members}) d WHERE typed.row_id = d.row_id AND d.kept <> d.row_id"
    )
