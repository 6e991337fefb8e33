"""The rows behind a figure (an indicator, or a line of form J1): submission, file, sheet and row, of both sides of it.

Which rows those are stands in the release itself (`mart_indicator_source`, filled from the indicator's definition), so a new
indicator is traced without a line here. What the rows come to is given beside what is published, so that a difference
shows. Not here: the definitions (dbt_project), the SQL of rows behind figures (`figures/rows.py`).
"""

from __future__ import annotations

import re
from typing import Any

from expectations.sql import literal
from orchestration.errors import SkillhouseError, UsageError
from orchestration.figures.rows import KEY, WINDOWS, columns, member_of, rows_behind, sources
from orchestration.query import connect, records
from orchestration.settings import Settings

# how forms are numbered
FORM = re.compile(r"[A-Z]\d(-\d)?")
PLACE = "r.subject AS subject, r.submission_id AS submission_id, r.file_name AS file_name, r.sheet AS sheet, r.row_no AS row_no"
ORDER = "file_name, sheet, row_no, submission_id, subject"
FIGURE = f"""
SELECT {KEY}, numerator, denominator, value, unit_of_measure
FROM (
    SELECT {KEY}, numerator, denominator, value, unit_of_measure FROM marts.mart_indicator
    UNION ALL
    SELECT code, reporting_unit, period, 'all', 'all', current_value, NULL, current_value, unit_of_measure
    FROM marts.mart_report_j1
    WHERE code NOT IN (SELECT indicator_code FROM marts.mart_indicator_definition)
    UNION ALL
    SELECT code, reporting_unit, period, 'cumulative', 'all', cumulative_value, NULL, cumulative_value, unit_of_measure
    FROM marts.mart_report_j1
    WHERE code NOT IN (SELECT indicator_code FROM marts.mart_indicator_definition)
)
WHERE indicator_code = ? AND reporting_unit = ? AND period = ? AND dimension = ? AND member = ?
"""
TARGETS = """
SELECT t.reporting_unit, t.indicator_code, t.period, t.breakdown, t.plan_version, t.target_value, t.comparator, t.actual_value,
    t.document_no, t.submission_id, t.file_name, t.sheet, t.row_no
FROM marts.mart_target_progress AS t
WHERE t.indicator_code = ? AND t.reporting_unit = ? AND t.period = ? AND t.dimension = ? AND t.member = ?
ORDER BY t.plan_version
"""


class NoSuchTrace(SkillhouseError):
    """A figure that the release does not hold or whose rows it cannot name."""


def trace(
    settings: Settings, code: str, *, unit: str, period: str, breakdown: str | None = None, release: str | None = None
) -> dict[str, Any]:
    """The published figure and, of each side, what its rows come to and the rows themselves.

    `sides`: {numerator, denominator: {published, rows_come_to, rows}}, a row being subject, amount, submission_id, file_name,
    sheet, row_no. `rows`: all of them, with `in_numerator`; `rows_come_to`: of the numerator. `targets`: the rows of target
    tables that set a target for this figure. `breakdown`: DIM=MEMBER. NoSuchTrace, UsageError.
    """
    dimension, member = _breakdown(breakdown)
    connection = connect(settings, release)
    try:
        figure = records(connection, FIGURE, [code, unit, period, dimension, member])
        if not figure and FORM.fullmatch(code):
            raise UsageError(
                f"{code} 是表号：请用 --line 与 --column 指明行和栏，如 trace J1 --line person_times --column current_value。",
                f"{code} is a form: name line and column, e.g. trace J1 --line person_times --column current_value.",
            )
        if not figure:
            raise NoSuchTrace(
                f"版本中没有 {code} {unit} {period} {breakdown or ''} 这个数字。",
                f"the release holds no {code} for {unit}, {period} {breakdown or ''}.",
            )
        windows = WINDOWS.format(figures=_one(figure[0]))
        defined = sources(connection, code)
        behind = {side: _behind(connection, source, windows, dimension) for side, source in defined.items()}
        found = sides_of(connection, behind, {side: defined[side]["measure_sql"] for side in defined})
        for side, told in found["sides"].items():
            told["published"] = figure[0][side]
        targets = records(connection, TARGETS, [code, unit, period, dimension, member])
    finally:
        connection.close()
    return {"figure": figure[0], "targets": targets, **found}


def sides_of(connection: Any, behind: dict[str, str], measures: dict[str, str]) -> dict[str, Any]:
    """`rows_come_to`, `rows` and `sides` of a figure whose sides' rows are the SQL of `behind`."""
    sides = {side: _side(connection, sql, measures[side]) for side, sql in behind.items()}
    return {
        "rows_come_to": sides["numerator"]["rows_come_to"],
        "rows": _together(connection, behind),
        "sides": sides,
    }


def _breakdown(text: str | None) -> tuple[str, str]:
    if text is None:
        return "all", "all"
    dimension, separator, member = text.partition("=")
    if not separator or not dimension.isidentifier():
        raise UsageError("--breakdown 写作 维度=成员，如 sex=female。", "--breakdown is DIM=MEMBER, e.g. sex=female.")
    return dimension, member


def _one(figure: dict[str, Any]) -> str:
    """The figure as a relation of one row."""
    return "(SELECT " + ", ".join(f"{literal(figure[name])} AS {name}" for name in KEY.split(", ")) + ")"


def _behind(connection: Any, source: dict[str, Any], windows: str, dimension: str) -> str:
    return rows_behind(source, member_of(columns(connection, source["rows_sql"]), [dimension]), windows)


def _side(connection: Any, behind: str, measure: str) -> dict[str, Any]:
    total = records(connection, f"SELECT {measure} AS value FROM ({behind})")[0]["value"]
    rows = records(connection, f"SELECT {PLACE}, r.amount AS amount FROM ({behind}) ORDER BY {ORDER}")
    return {"rows_come_to": total, "rows": rows}


def _together(connection: Any, behind: dict[str, str]) -> list[dict[str, Any]]:
    """The rows of both sides in order, each once, with whether it is in the numerator."""
    either = " UNION ALL ".join(
        f"SELECT {PLACE}, {side == 'numerator'} AS in_side FROM ({sql})" for side, sql in behind.items()
    )
    return records(
        connection,
        f"SELECT * EXCLUDE (in_side), bool_or(in_side) AS in_numerator FROM ({either}) GROUP BY ALL ORDER BY {ORDER}",
    )
