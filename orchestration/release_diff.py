"""Two releases side by side: which figures moved, by how much, and which submissions lie between them.

Not here: publishing (`release.py`).
"""

from __future__ import annotations

from expectations.sql import literal
from orchestration.release import resolve, show
from orchestration.settings import Settings

KEY = ("indicator_code", "reporting_unit", "period", "dimension", "member")

MOVED = """
SELECT {key}, a.value AS before, b.value AS after, b.value - a.value AS change
FROM a.marts.mart_indicator AS a
FULL JOIN b.marts.mart_indicator AS b USING ({names})
WHERE a.value IS DISTINCT FROM b.value
ORDER BY ALL
"""


def diff(settings: Settings, before: str, after: str) -> dict:
    """What changed from one release to another.

    `figures`: rows of `mart_indicator` that moved, with before, after and change. `submissions`: added and withdrawn,
    by dataset, unit and period. `code_changed`, `preview_changed`: whether rules or models differ. ReleaseError for an
    unknown id.
    """
    import duckdb

    first, second = show(settings, before), show(settings, after)
    connection = duckdb.connect()
    try:
        for name, release in (("a", before), ("b", after)):
            connection.execute(f"ATTACH {literal(resolve(settings, release))} AS {name} (READ_ONLY)")
        query = MOVED.format(key=", ".join(KEY), names=", ".join(KEY))
        cursor = connection.execute(query)
        columns = [c[0] for c in cursor.description]
        figures = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    finally:
        connection.close()
    old = {i["submission_id"]: i for i in first["inputs"]}
    new = {i["submission_id"]: i for i in second["inputs"]}

    def told(items: dict, without: dict) -> list[dict]:
        keys = ("submission_id", "dataset", "reporting_unit", "period")
        gone = sorted((items[i]["dataset"], i) for i in items if i not in without)
        return [{k: items[i][k] for k in keys} for _, i in gone]

    return {
        "before": before,
        "after": after,
        "figures": figures,
        "submissions": {"added": told(new, old), "withdrawn": told(old, new)},
        "code_changed": first["code_version"] != second["code_version"],
        "preview_changed": first["preview"] != second["preview"],
    }
