"""The rows behind a cell of a printed form (J3 to J6, N2, C2, D1): submission, file, sheet and row, of both sides of a rate.

What a cell is made of stands in the release (`mart_indicator_source`, from the lines of its YAML). Cells that are indicators
(J1, J2, J7, N1, N3, N5, C1) are traced as such. Not here: figures of indicators (`figures/trace.py`), the SQL of rows
(`figures/rows.py`).
"""

from __future__ import annotations

from typing import Any

from expectations.sql import literal
from orchestration.errors import UsageError
from orchestration.figures.rows import columns, member_of, rows_behind, sources
from orchestration.figures.trace import NoSuchTrace, sides_of
from orchestration.query import connect, records
from orchestration.settings import Settings

# form -> its mart and what names a printed line; a cross-tab has its columns as rows
FORMS = {
    "J3": ("mart_report_cross", "form = 'J3' AND row_member"),
    "J4": ("mart_report_cross", "form = 'J4' AND row_member"),
    "N2": ("mart_report_cross", "form = 'N2' AND row_member"),
    "J5": ("mart_report_j5", "coalesce(fund_source, 'all')"),
    "J6": ("mart_report_j6", "item"),
    "C2": ("mart_report_c2", "coalesce(unit_code, 'all')"),
    "D1": ("mart_report_d1", "CASE WHEN is_total THEN 'all' ELSE concat(class_id, '/', subsidy_kind) END"),
}
WHOLE = "all"
# forms that print other columns of the same mart
SHARED = {"J5-2": "J5"}

# the year so far, up to the end of the period or month; what is of the period alone says so itself (`of_period`)
WINDOW = """
SELECT f.*, d.period_kind, make_date(left(f.period, 4)::INTEGER, 1, 1) AS starts_on, 1 AS year_count,
    least(coalesce(d.ends_on, last_day(try_strptime(f.period, '%Y%m')::DATE)),
        (SELECT min(data_date) FROM marts.mart_indicator_source)) AS counts_to
FROM (
    SELECT {code} AS indicator_code, {unit} AS reporting_unit, {period} AS period, 'cumulative' AS dimension, 'all' AS member
) AS f
LEFT JOIN marts.dim_period AS d USING (period)
"""


def trace_cell(
    settings: Settings, form: str, *, unit: str, period: str, line: str, column: str, release: str | None = None
) -> dict[str, Any]:
    """The printed cell and its rows, shaped as `orchestration.figures.trace.trace` gives them; no targets.

    `line`: a training type, an occupation code, an institution, a fund, an item, a unit, or `class/kind` of D1; `all` is the
    total. `column`: as the form's mart calls it. NoSuchTrace where the release prints no such cell or does not say its rows.
    """
    form = SHARED.get(form, form)
    if form not in FORMS:
        raise UsageError(
            f"没有可逐格追溯的表 {form}：可用 J1、J2、J7、N1、N3、N5、C1、E1、{'、'.join(FORMS)}；"
            "得分见 skillhouse review，分配见 skillhouse allocate --explain，其中的指标按代码追溯。",
            f"no form {form} is traced by cell: use J1, J2, J7, N1, N3, N5, C1, E1, {', '.join(FORMS)}; scores are told by"
            " `skillhouse review`, amounts by `skillhouse allocate --explain`, their indicators are traced by code.",
        )
    connection = connect(settings, release)
    try:
        value = _printed(connection, form, unit, period, line, column)
        defined = sources(connection, f"{form}.{column}") or sources(connection, form)
        if not defined:
            raise NoSuchTrace(
                f"{form} 的 {column} 栏由同一行其他栏算出，请追溯那些栏。",
                f"column {column} of {form} is reckoned from other columns of its line: trace those.",
            )
        window = WINDOW.format(code=literal(form), unit=literal(unit), period=literal(period))
        behind = {side: _behind(connection, source, line, column, window) for side, source in defined.items()}
        found = sides_of(connection, behind, {side: defined[side]["measure_sql"] for side in defined})
    finally:
        connection.close()
    is_rate = "denominator" in found["sides"]
    for side, told in found["sides"].items():
        # a form prints the rate alone: its sides are what their rows come to
        told["published"] = told["rows_come_to"] if is_rate else value
        found["sides"][side] = told
    figure = {
        "indicator_code": form,
        "reporting_unit": unit,
        "period": period,
        "dimension": line,
        "member": column,
        "value": value,
    }
    return {"figure": figure, "targets": [], **found}


def _printed(connection: Any, form: str, unit: str, period: str, line: str, column: str) -> float:
    mart, named = FORMS[form]
    held = columns(connection, f"SELECT * FROM marts.{mart}")
    is_cross = "column_member" in held
    if is_cross or column in held:
        wanted = "value" if is_cross else f'"{column}"'
        sql = f"SELECT sum({wanted}) AS value FROM marts.{mart} WHERE reporting_unit = ? AND period = ? AND {named} = ?"
        sql, given = (f"{sql} AND column_member = ?", [column]) if is_cross else (sql, [])
        (row,) = records(connection, sql, [unit, period, line, *given])
        if row["value"] is not None:
            return float(row["value"])
    raise NoSuchTrace(
        f"版本中 {unit} {period} 的 {form} 表没有 {line} 行 {column} 栏。",
        f"the release prints no line {line}, column {column} in {form} of {unit}, {period}.",
    )


def _behind(connection: Any, source: dict[str, Any], line: str, column: str, window: str) -> str:
    """SQL: the rows of one side, of the line and column asked for."""
    names = columns(connection, source["rows_sql"])
    asked = [f"({source['condition_sql']})"]
    if line != WHOLE:
        asked.append(f"line = {literal(line)}")
    if "cells" in names and source["indicator_code"].find(".") < 0:
        asked.append(f"list_contains(cells, {literal(column)})")
    return rows_behind(source | {"condition_sql": " AND ".join(asked)}, member_of(names, []), window)
