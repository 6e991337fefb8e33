"""Two releases side by side: which figures moved, by how much, and because of which submissions or rules.

The parts of a figure add up to its change: numerator and denominator exactly, the value to the last bits of a double.
Not here: which rows make up a figure (`figures/rows.py`), whose change they are (`parts.py`), publishing (`publish.py`).
"""

from __future__ import annotations

from typing import Any

from expectations.sql import literal
from orchestration.figures.rows import KEY
from orchestration.release.parts import attribute
from orchestration.release.publish import resolve, show
from orchestration.settings import Settings

MOVED = f"""
CREATE TEMP TABLE moved AS
SELECT {KEY}, a.value AS before, b.value AS after,
    CASE WHEN coalesce(a.denominator, b.denominator) IS NULL THEN coalesce(b.value, 0) - coalesce(a.value, 0)
        ELSE b.value - a.value END AS change,
    a.numerator AS numerator_before, b.numerator AS numerator_after,
    a.denominator AS denominator_before, b.denominator AS denominator_after,
    coalesce(b.numerator, b.value, 0) - coalesce(a.numerator, a.value, 0) AS numerator_change,
    coalesce(b.denominator, 0) - coalesce(a.denominator, 0) AS denominator_change
FROM a.marts.mart_indicator AS a
FULL JOIN b.marts.mart_indicator AS b USING ({KEY})
WHERE a.value IS DISTINCT FROM b.value OR a.numerator IS DISTINCT FROM b.numerator
    OR a.denominator IS DISTINCT FROM b.denominator
"""

# change of N/D by submission: dN/D and -N/D², each taken half way between before and after, so that parts add up exactly;
# the largest part takes what rounding leaves
VALUED = f"""
WITH parts AS (
    SELECT m.*, p.cause, p.numerator_part, p.denominator_part,
        CASE
            WHEN m.change IS NULL THEN NULL
            WHEN m.denominator_before IS NULL THEN p.numerator_part
            ELSE p.numerator_part * (1 / m.denominator_before + 1 / m.denominator_after) / 2
                - p.denominator_part * (m.numerator_before + m.numerator_after) / 2 / m.denominator_before / m.denominator_after
        END AS part
    FROM moved AS m INNER JOIN part AS p USING ({KEY})
),
settled AS (
    SELECT *, part + CASE WHEN row_number() OVER (PARTITION BY {KEY} ORDER BY abs(part) DESC, cause) = 1
        THEN change - sum(part) OVER (PARTITION BY {KEY}) ELSE 0 END AS change_part
    FROM parts
)
SELECT {KEY}, any_value(before) AS before, any_value(after) AS after, any_value(change) AS change,
    any_value(numerator_before) AS numerator_before, any_value(numerator_after) AS numerator_after,
    any_value(denominator_before) AS denominator_before, any_value(denominator_after) AS denominator_after,
    list({{'cause': cause, 'numerator': numerator_part, 'denominator': denominator_part, 'change': change_part}}
        ORDER BY abs(change_part) DESC, cause) AS parts
FROM settled
GROUP BY {KEY}
ORDER BY dimension <> 'all', {KEY}
"""


def diff(settings: Settings, before: str, after: str) -> dict[str, Any]:
    """What changed from one release to another.

    `figures`: rows of `mart_indicator` that moved, with before, after, change, both sides, and `parts`, each a cause with
    its share of numerator, denominator and change. A cause is a submission id, or `data_date`, `rules`, `preview` (joined by
    +) for what no submission explains. `submissions`: added and withdrawn, by dataset, unit and period. `code_changed`,
    `preview_changed`, `data_date_changed`: what else differs. ReleaseError for an unknown id.
    """
    import duckdb

    first, second = show(settings, before), show(settings, after)
    connection = duckdb.connect(
        config={"threads": settings.integer("threads"), "memory_limit": settings["memory_limit"]}
    )
    try:
        for name, release in (("a", before), ("b", after)):
            connection.execute(f"ATTACH {literal(resolve(settings, release))} AS {name} (READ_ONLY)")
        connection.execute(MOVED)
        attribute(connection, _others(first, second))
        cursor = connection.execute(VALUED)
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
        "data_date_changed": first["data_date"] != second["data_date"],
    }


def _others(first: dict, second: dict) -> str:
    """What a change is due to that no submission explains."""
    names = {"code_version": "rules", "data_date": "data_date", "preview": "preview"}
    return "+".join(told for name, told in names.items() if first[name] != second[name]) or "rules"
