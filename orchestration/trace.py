"""The rows behind a figure: submission, file, sheet and row of every training, claim or stock that it counts.

A figure is a sum over rows of a published table; here stands which rows, never how they are counted. What the rows come to is
given beside what is published, so that a difference shows. Not here: the definitions (dbt_project).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from orchestration.errors import SkillhouseError, UsageError
from orchestration.query import connect, records
from orchestration.settings import Settings


@dataclass(frozen=True)
class Source:
    """Rows of one published table: those in the figure's scope, those in its numerator, and the date that places them."""

    table: str
    dated_by: str
    scope: str
    numerator: str
    subject: str = "class_id"
    measure: str = "count(*)"


ENDED = "is_in_scope AND has_ended"


def _training(numerator: str, scope: str = ENDED) -> Source:
    return Source("marts.fct_training", "ends_on", scope, numerator)


COUNTED = f"{ENDED} AND is_counted"
SOURCES = {
    "person_times": _training("is_counted", COUNTED),
    "person_times_certified": _training("is_certified", f"{COUNTED} AND is_certified"),
    "person_times_paid": _training("is_paid", f"{COUNTED} AND is_paid"),
    "persons": Source("marts.fct_training", "ends_on", COUNTED, "is_counted", measure="count(DISTINCT person_no)"),
    "apprentices": Source(
        "marts.fct_training",
        "starts_on",
        "is_in_scope AND has_started AND training_type = 'apprenticeship'",
        "true",
        measure="count(DISTINCT person_no)",
    ),
    "apprentices_completed": Source(
        "marts.fct_training",
        "ends_on",
        f"{COUNTED} AND training_type = 'apprenticeship'",
        "true",
        measure="count(DISTINCT person_no)",
    ),
    "completion_rate": _training("is_counted"),
    "certificate_rate": _training("is_certified", COUNTED),
    "participation_rate": _training("has_result", COUNTED),
    "senior_share": _training("skill_level IN ('1', '2', '3')", f"{COUNTED} AND skill_level IS NOT NULL"),
    "employment_rate": _training("is_employed", f"{ENDED} AND is_employment_base"),
    "retention_rate_6m": _training("is_retained_6m", f"{ENDED} AND is_employed"),
    "retention_rate_12m": _training("is_retained_12m", f"{ENDED} AND is_retention_base_12m"),
    "link_rate": _training("is_linked", COUNTED),
    "startup_rate": _training("is_startup", f"{ENDED} AND is_startup_base"),
    "on_the_job_person_months": Source(
        "marts.fct_claim",
        "ojt_month",
        "subsidy_kind = 'on_the_job' AND is_live AND is_counted AND person_key IS NOT NULL",
        "true",
        "claim_id",
        "count(DISTINCT (person_key, payee_id, ojt_month))",
    ),
    "fund_spend": Source(
        "marts.fct_ledger_line", "booked_on", "outlay_yuan <> 0", "true", "voucher_no", "sum(outlay_yuan)"
    ),
    "skilled_share": Source("staging.stg_workforce_stats", "as_of", "is_official", "true", "population", "max(as_of)"),
    "high_skilled_share": Source(
        "staging.stg_workforce_stats", "as_of", "is_official", "true", "population", "max(as_of)"
    ),
}


class NoSuchTrace(SkillhouseError):
    """A figure that the release does not hold or whose rows it cannot name."""


def trace(
    settings: Settings, code: str, *, unit: str, period: str, breakdown: str | None = None, release: str | None = None
) -> dict[str, Any]:
    """The published figure, what its rows come to, and the rows: subject, in_numerator, submission, file, sheet, row.

    `breakdown`: DIM=MEMBER. A unit above others takes the rows of those below. NoSuchTrace, UsageError.
    """
    source = SOURCES.get(code)
    if source is None:
        raise NoSuchTrace(
            f"指标 {code} 没有逐行来源；可追溯的指标：{'、'.join(SOURCES)}。",
            f"{code} has no rows of its own; these can be traced: {', '.join(SOURCES)}.",
        )
    dimension, member = _breakdown(breakdown)
    connection = connect(settings, release)
    try:
        figure = records(connection, FIGURE, [code, unit, period, dimension, member])
        if not figure:
            raise NoSuchTrace(
                f"版本中没有 {code} {unit} {period} {breakdown or ''} 这个数字。",
                f"the release holds no {code} for {unit}, {period} {breakdown or ''}.",
            )
        where, values = _where(source, unit, period, dimension, member)
        table = f"FROM {source.table} AS t, marts.dim_period AS p WHERE {where}"
        total = records(connection, f"SELECT {source.measure} AS value {table} AND ({source.numerator})", values)[0][
            "value"
        ]
        rows = records(connection, _rows(source, table), values)
    finally:
        connection.close()
    return {"figure": figure[0], "rows_come_to": total, "rows": rows}


FIGURE = """
SELECT indicator_code, reporting_unit, period, dimension, member, numerator, denominator, value, unit_of_measure
FROM marts.mart_indicator
WHERE indicator_code = ? AND reporting_unit = ? AND period = ? AND dimension = ? AND member = ?
"""


def _breakdown(text: str | None) -> tuple[str, str]:
    if text is None:
        return "all", "all"
    dimension, separator, member = text.partition("=")
    if not separator or not dimension.isidentifier():
        raise UsageError("--breakdown 写作 维度=成员，如 sex=female。", "--breakdown is DIM=MEMBER, e.g. sex=female.")
    return dimension, member


def _where(source: Source, unit: str, period: str, dimension: str, member: str) -> tuple[str, list[Any]]:
    # a roll-up's code ends in zeros: 500000 takes 5001xx and 5002xx
    prefix = unit[:4] if unit.endswith("00") and not unit.endswith("0000") else unit[:2]
    below = unit.endswith("00") and unit != "000000"
    where = [f"({source.scope})", f"t.{source.dated_by} BETWEEN p.starts_on AND p.ends_on", "p.period = ?"]
    values: list[Any] = [period]
    where.append("(t.reporting_unit = ? OR (? AND starts_with(t.reporting_unit, ?)))")
    values += [unit, below, prefix]
    if dimension == "trainee_category":
        where.append("list_contains(t.trainee_categories, ?)")
        values.append(member)
    elif dimension not in ("all", "cumulative"):
        where.append(f"coalesce(t.{dimension}, 'none') = ?")
        values.append(member)
    return " AND ".join(where), values


def _rows(source: Source, table: str) -> str:
    return (
        f"SELECT t.{source.subject} AS subject, ({source.numerator}) AS in_numerator, t.submission_id, t.file_name,"
        f" t.sheet, t.row_no {table} ORDER BY t.file_name, t.sheet, t.row_no, t.submission_id"
    )
