"""What a build is given of allocation: decisions on record, the formula's text, and no locked amounts.

Not here: decisions themselves (`allocation/record.py`), the formula (`allocation/formula.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestration.allocation.formula import formula
from orchestration.allocation.record import SUBJECT, RecordError, lost, records, standing_records, verify
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


# the columns of mart_allocation_change, in its order
CHANGE = {
    "allocation_id": "VARCHAR", "decides": "VARCHAR", "allocator_unit": "VARCHAR", "recipient_kind": "VARCHAR",
    "recipient_id": "VARCHAR", "recipient_name": "VARCHAR", "reporting_unit": "VARCHAR", "year": "INTEGER",
    "unit_of_measure": "VARCHAR", "before_value": MONEY, "change_value": MONEY, "after_value": MONEY, "reason": "VARCHAR",
    "reason_en": "VARCHAR", "decided_by": "VARCHAR", "decided_at": "VARCHAR", "decision_reason": "VARCHAR",
    "is_standing": "BOOLEAN", "replaces": "VARCHAR",
}  # fmt: skip


def write_allocations(connection: duckdb.DuckDBPyConnection, settings: Settings, by: str | None) -> None:
    """Fill given.allocation_record, _change, _lock and _formula; `by`: decisions up to this ISO time. RecordError where one was
    changed."""
    allocations, changes = _rows(settings, by)
    _write(connection, "allocation_record", COLUMNS, allocations)
    _write(connection, "allocation_change", CHANGE, changes)
    connection.execute("CREATE TABLE given.allocation_lock (recipient_id VARCHAR, locked_fen BIGINT)")
    connection.execute("CREATE TABLE given.allocation_formula (step_no INTEGER, step VARCHAR, statement VARCHAR)")
    steps = [[number, name, sql] for number, (name, sql) in enumerate(formula(), start=1)]
    connection.executemany("INSERT INTO given.allocation_formula VALUES (?, ?, ?)", steps)


def _write(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str], rows: list[list[Any]]) -> None:
    declared = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    connection.execute(f"CREATE TABLE given.{table} ({declared}, sha256 VARCHAR)")
    if rows:
        marks = ", ".join(f"?::{kind}" for kind in [*columns.values(), "VARCHAR"])
        connection.executemany(f"INSERT INTO given.{table} VALUES ({marks})", rows)


def _rows(settings: Settings, by: str | None) -> tuple[list[list[Any]], list[list[Any]]]:
    """Rows of decided amounts and of decided changes."""
    stand = {record["allocation_id"] for record in standing_records(settings, by)}
    amounts, changes = [], []
    if gone := lost(settings):
        raise RecordError(
            f"{gone[0]}：请从备份恢复 allocations 目录后再 build。",
            "a decision that the current release knows is gone: restore allocations from a backup, then build again.",
        )
    for record in records(settings, by):
        problems = verify(settings, record["allocation_id"])
        if problems:
            raise RecordError(
                f"{problems[0]}：请从备份恢复 allocations 目录后再 build。",
                f"decision {record['allocation_id']} was changed: restore allocations from a backup, then build again.",
            )
        own = {"allocation_id": record["allocation_id"], "is_standing": record["allocation_id"] in stand}
        own |= {name: record.get(name) for name in ("replaces", "decides", "year", "allocator_unit", "recipient_kind")}
        if record["decides"] == "allocation":
            own |= {
                "is_decided": True,
                "scenario": f"decided-{record['allocation_id'][:8]}",
                "pot_key": "|".join([*(str(record[name]) for name in SUBJECT[:3]), record["allocation_id"]]),
                "pool_source": "decided",
            }
            amounts += [[*((row | own).get(name) for name in COLUMNS), record["sha256"]] for row in record["amounts"]]
        else:
            own |= {name: record.get(name) for name in ("unit_of_measure", "decided_by", "decided_at")}
            own["decision_reason"] = record["reason"]
            changes += [[*((row | own).get(name) for name in CHANGE), record["sha256"]] for row in record["changes"]]
    return amounts, changes
