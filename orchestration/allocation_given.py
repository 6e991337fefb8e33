"""What a build is given of allocation: decisions on record, the formula's text, and no locked amounts.

Not here: decisions themselves (`allocation_record.py`), the formula (`allocation_formula.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestration.allocation_formula import formula
from orchestration.allocation_record import SUBJECT, RecordError, records, standing_records, verify
from orchestration.settings import Settings

if TYPE_CHECKING:
    import duckdb

MONEY = "DECIMAL(18,2)"
# the columns of mart_allocation, in its order
COLUMNS = {
    "pot_key": "VARCHAR", "allocator_unit": "VARCHAR", "recipient_kind": "VARCHAR", "recipient_id": "VARCHAR",
    "recipient_name": "VARCHAR", "reporting_unit": "VARCHAR", "institution_id": "VARCHAR", "year": "INTEGER",
    "scenario": "VARCHAR", "scheme": "VARCHAR", "pool_yuan": MONEY, "pool_source": "VARCHAR", "base_yuan": MONEY,
    "task_yuan": MONEY, "performance_yuan": MONEY, "difficulty_yuan": MONEY, "input_yuan": MONEY, "computed_yuan": MONEY,
    "floor_yuan": MONEY, "cap_yuan": MONEY, "adjustment_yuan": MONEY, "proposed_yuan": MONEY, "last_year_yuan": MONEY,
    "held_at": "VARCHAR", "score": "DECIMAL(9,4)", "grade_zh": "VARCHAR", "grade_en": "VARCHAR", "gain_at": "DOUBLE",
    "lose_at": "DOUBLE", "unspent_yuan": MONEY, "recovered_yuan": MONEY, "claw_back_yuan": MONEY,
    "plan_person_times": "BIGINT", "quota_change": "DECIMAL(6,4)", "quota_person_times": "BIGINT", "refusal": "VARCHAR",
    "is_decided": "BOOLEAN", "is_standing": "BOOLEAN", "allocation_id": "VARCHAR", "replaces": "VARCHAR", "reason": "VARCHAR",
    "reason_en": "VARCHAR",
}  # fmt: skip


def write_allocations(connection: duckdb.DuckDBPyConnection, settings: Settings, by: str | None) -> None:
    """Fill given.allocation_record, _lock and _formula; `by`: decisions up to this ISO time. RecordError for a changed record."""
    declared = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    connection.execute(f"CREATE TABLE given.allocation_record ({declared}, sha256 VARCHAR)")
    rows = _rows(settings, by)
    if rows:
        marks = ", ".join(f"?::{kind}" for kind in [*COLUMNS.values(), "VARCHAR"])
        connection.executemany(f"INSERT INTO given.allocation_record VALUES ({marks})", rows)
    connection.execute("CREATE TABLE given.allocation_lock (recipient_id VARCHAR, locked_fen BIGINT)")
    connection.execute("CREATE TABLE given.allocation_formula (step_no INTEGER, step VARCHAR, statement VARCHAR)")
    steps = [[number, name, sql] for number, (name, sql) in enumerate(formula(), start=1)]
    connection.executemany("INSERT INTO given.allocation_formula VALUES (?, ?, ?)", steps)


def _rows(settings: Settings, by: str | None) -> list[list[Any]]:
    stand = {record["allocation_id"] for record in standing_records(settings, by)}
    rows = []
    for record in records(settings, by):
        problems = verify(settings, record["allocation_id"])
        if problems:
            raise RecordError(
                f"{problems[0]}：请从备份恢复 allocations 目录后再 build。",
                f"decision {record['allocation_id']} was changed: restore allocations from a backup, then build again.",
            )
        own = {
            "is_decided": True,
            "is_standing": record["allocation_id"] in stand,
            "allocation_id": record["allocation_id"],
            "replaces": record["replaces"],
            "scenario": f"decided-{record['allocation_id'][:8]}",
            "pot_key": "|".join([*(str(record[name]) for name in SUBJECT), record["allocation_id"]]),
            "pool_source": "decided",
        }
        rows += [[*((row | own).get(name) for name in COLUMNS), record["sha256"]] for row in record["amounts"]]
    return rows
