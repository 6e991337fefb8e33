"""What a trainee of a class is worth to the unit, in fen: known from class lists and claims, standing or in this load.

Used to say what hangs on a row of a roster; an estimate, never a figure of a release. Not here: what a policy owes (dbt).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from expectations.sql import literal

# the standard of the class; where it names none, what its training claim asks per head
TOLD = {
    "classes": "SELECT class_id, standard_yuan AS yuan, 1 AS place FROM {rows}",
    "claims": """SELECT class_id, coalesce(standard_yuan, claimed_yuan / nullif(claimed_headcount, 0)) AS yuan, 2 AS place
        FROM {rows}
        WHERE subsidy_kind IN ('training', 'apprenticeship')""",
}


def class_rates(standing: dict[str, list[Path]], candidates: dict[str, Path], target: Path) -> Path | None:
    """Write a Parquet of class_id and fen per head; None where no class is known. What this load brings goes first.

    `standing`: row files by dataset; `candidates`: the candidate of each dataset of this load.
    """
    import duckdb

    parts = []
    for dataset, query in TOLD.items():
        for age, paths in enumerate(
            ([candidates[dataset]] if dataset in candidates else [], standing.get(dataset, []))
        ):
            if paths:
                listed = ", ".join(literal(path) for path in paths)
                rows = query.format(rows=f"read_parquet([{listed}], union_by_name = true)")
                parts.append(f"SELECT *, {age} AS age FROM ({rows})")
    if not parts:
        return None
    with duckdb.connect() as connection:
        connection.execute(
            f"""COPY (SELECT class_id, CAST(round(arg_min(yuan, (place, age, -yuan)) * 100) AS BIGINT) AS fen
            FROM ({" UNION ALL ".join(parts)}) WHERE class_id IS NOT NULL AND yuan > 0 GROUP BY class_id
            ) TO {literal(target)} (FORMAT parquet)"""
        )
    return target


def standing_rows(home: Path, manifests: Iterable[dict]) -> dict[str, list[Path]]:
    """Row files of the standing submissions that may tell the worth of a class, by dataset."""
    found: dict[str, list[Path]] = {}
    for manifest in manifests:
        if manifest["dataset"] in TOLD and manifest["rows"]:
            found.setdefault(manifest["dataset"], []).append(home / manifest["rows"])
    return found
