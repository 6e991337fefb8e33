"""The rows behind figures as SQL, by what a release says its indicators are made of (`mart_indicator_source`).

A figure is a row of `w` (reporting_unit, period, dimension, member and its window of days); a row behind it belongs to the
unit or to one below, falls into the window, and has the member. Not here: printing them (`figures/trace.py`), comparing releases
(`release/diff.py`), and what any indicator counts (dbt_project).
"""

from __future__ import annotations

from typing import Any

from expectations.sql import literal

KEY = "indicator_code, reporting_unit, period, dimension, member"

WINDOWS = f"""
SELECT {KEY}, period_kind,
    CASE WHEN dimension = 'cumulative' THEN date_trunc('year', starts_on)::DATE ELSE starts_on END AS starts_on,
    least(ends_on, (SELECT min(data_date) FROM marts.mart_indicator_source)) AS counts_to,
    last_year - first_year + 1 AS year_count
FROM {{figures}} INNER JOIN marts.dim_period USING (period)
"""

# the division a unit lies in: its own code, and for a unit with a code of its own that of its parent
PLACES = """
SELECT reporting_unit, CASE WHEN unit_level = 'own' THEN left(parent_unit, 6) END AS parent_place FROM marts.dim_unit
"""

# the units a row counts for: its own, and a province, municipality or city has the rows of the places below it; the four
# municipalities have no city between
UNITS = """list_distinct([r.reporting_unit,
    CASE WHEN left(r.place, 2) NOT IN ('11', '12', '31', '50') THEN left(r.place, 4) || '00' END,
    CASE WHEN left(r.place, 2) <> '00' THEN left(r.place, 2) || '0000' END])"""


def sources(connection: Any, code: str) -> dict[str, dict[str, Any]]:
    """The sides of an indicator as the release defines them: numerator and, of a ratio, denominator; none if unknown."""
    cursor = connection.execute(
        f"SELECT * FROM marts.mart_indicator_source WHERE indicator_code = {literal(code)} ORDER BY side DESC"
    )
    names = [column[0] for column in cursor.description]
    found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {source["side"]: source for source in found}


def columns(connection: Any, rows_sql: str) -> list[str]:
    """The columns of a relation."""
    return [name for name, *_ in connection.execute(f"DESCRIBE {rows_sql}").fetchall()]


def member_of(names: list[str], known: list[str]) -> str:
    """SQL: the (dimension, member) pairs of a row r as a list; a blank is the member `none`.

    A person may have several categories. The pair of empty texts is every row's: the whole. `names`: columns of the
    relation; `known`: dimensions asked for.
    """
    pairs = "[{'dimension': '', 'member': ''}"
    several = ""
    for name in known:
        if name == "trainee_category" and "trainee_categories" in names:
            several = f" || coalesce([{{'dimension': '{name}', 'member': x}} for x in list_distinct(r.trainee_categories)], [])"
        elif name in names:
            pairs += f", {{'dimension': '{name}', 'member': coalesce(r.{name}, 'none')::VARCHAR}}"
    return f"{pairs}]{several}"


def rows_behind(source: dict[str, Any], members: str, windows: str) -> str:
    """SQL: the figures of the relation `windows` (as w) with each row behind one side of them (as r, with its amount).

    Rows are spread over their units and members (`member_of`), so that figures meet them by equality, not each with each.
    """
    latest = ""
    if source["latest_sql"]:
        latest = f"QUALIFY row_number() OVER (PARTITION BY w, r.reporting_unit ORDER BY {source['latest_sql']}) = 1"
    above = ""
    if source["own_first"] == "placed":
        above = OWN_FIRST.format(owners="SELECT w, r.reporting_unit AS unit FROM found", same="o.w = f.w AND")
    elif source["own_first"] == "ever":  # in releases made before the ledger was asked when it begins
        above = OWN_FIRST.format(owners="SELECT reporting_unit AS unit FROM rows_of_side", same="")
    elif source["own_first"] == "begun":
        above = OWN_FIRST.format(owners=BEGUN, same="o.begun_on <= f.w.counts_to AND")
    return f"""
WITH rows_of_side AS (
    SELECT s.*, ({source["amount_sql"]}) AS amount, coalesce(p.parent_place, s.reporting_unit) AS place
    FROM ({source["rows_sql"]}) AS s LEFT JOIN ({PLACES}) AS p ON p.reporting_unit = s.reporting_unit
    WHERE {source["condition_sql"]}
),
spread AS (
    SELECT *, unnest({members}) AS pair FROM (SELECT *, unnest({UNITS}) AS of_unit FROM rows_of_side AS r) AS r
),
found AS (
    SELECT w, r FROM ({windows}) AS w INNER JOIN spread AS r ON r.of_unit = w.reporting_unit
        AND r.pair.dimension = CASE WHEN w.dimension IN ('all', 'cumulative') THEN '' ELSE w.dimension END
        AND r.pair.member = CASE WHEN w.dimension IN ('all', 'cumulative') THEN '' ELSE w.member END
        AND ({source["placed_sql"]})
    {latest}
)
SELECT f.w AS w, f.r AS r FROM found AS f {above}"""


# since when a unit keeps a ledger of its own
BEGUN = "SELECT reporting_unit AS unit, min(booked_on) AS begun_on FROM marts.fct_ledger_line GROUP BY reporting_unit"

# a unit above that has rows of its own is not summed over those below; below a city that has some, the city's stand
OWN_FIRST = """ANTI JOIN (SELECT DISTINCT * FROM ({owners})) AS o ON {same} f.r.reporting_unit <> f.w.reporting_unit
    AND (o.unit = f.w.reporting_unit OR (o.unit = left(f.r.reporting_unit, 4) || '00' AND o.unit <> f.r.reporting_unit))"""
