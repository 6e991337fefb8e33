"""The truth of a sample: every indicator, computed from what was drawn and planted, never from the files.

Here also the account of rows by file, the faults and the findings that were planted.
Not here: the warehouse's own definitions; this is the other hand that the two are compared with.
"""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from orchestration.sample.files import WrittenFile
from orchestration.sample.plan import Plan
from orchestration.sample.world import SQL


def compute_indicators(world: duckdb.DuckDBPyConnection, plan: Plan) -> list[dict]:
    """All rows as dicts of indicator_code, reporting_unit, period, dimension, member, numerator, denominator, value."""
    world.execute("SET VARIABLE data_date = $1", [plan.data_date])
    for path in sorted((SQL / "truth").glob("*.sql")):
        world.execute(path.read_text(encoding="utf-8"))
    rows = world.execute("SELECT * FROM told ORDER BY indicator_code, period, dimension, member").fetchall()
    names = ("indicator_code", "period", "dimension", "member", "numerator", "denominator", "value")
    return [{"reporting_unit": plan.unit, **dict(zip(names, row, strict=True))} for row in rows]


def _findings(world: duckdb.DuckDBPyConnection, plan: Plan) -> list[dict]:
    if not plan.planted:
        return []
    # a base trains too few whenever the sample is small: that finding is counted, not planted
    rows = world.execute("""
        SELECT test, rule_id, sum(count)::INTEGER, sum(heads)::INTEGER, sum(yuan)::VARCHAR, list(subject ORDER BY subject) FROM (
            FROM finding UNION ALL
            SELECT 'base_volume', 'CQ2021-6a', 1, institution_id || ' ' || period, 0, 1000000
            FROM base_year JOIN institution USING (institution_id)
            WHERE dimension = 'all' AND period = '2021' AND n < if(tier = 'national', 600, 300))
        GROUP BY ALL ORDER BY ALL""").fetchall()
    names = ("test", "rule_id", "count", "heads", "yuan", "subjects")
    return [dict(zip(names, row, strict=True)) for row in rows]


def write_truth(world: duckdb.DuckDBPyConnection, plan: Plan, written: list[WrittenFile], path: Path) -> None:
    """Write the truth as JSON with sorted keys: indicators, rows by file, faults, findings, and what was asked for."""
    document = {
        "sample": {
            "people": plan.people,
            "unit": plan.unit,
            "seed": plan.seed,
            "form": plan.form,
            "dirt": "real" if plan.dirt else "none",
            "periods": [quarter.label for quarter in plan.quarters],
            "data_date": str(plan.data_date),
        },
        "indicators": compute_indicators(world, plan),
        "rows": [
            {
                "path": file.path,
                "dataset": file.dataset,
                "period": file.period,
                "verdict": file.verdict,
                "rows_read": file.rows_read,
                "not_data": file.not_data,
                "duplicate": file.duplicate,
                "quarantined": file.quarantined,
                "accepted": file.accepted,
            }
            for file in sorted(written, key=lambda file: file.path)
        ],
        "faults": [
            {"path": file.path, **fault}
            for file in sorted(written, key=lambda file: file.path)
            for fault in file.faults
        ],
        "findings": _findings(world, plan),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1) + "\n", encoding="utf-8")
