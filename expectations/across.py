"""Rules that one file cannot answer: across datasets, over a submission as a whole, against the unit's own history.

They are written in `across.yml`, wait as `pending` in the results of a load, and are judged by each build over the rows
that stand. None of them sets a row aside. Not here: rules of a row (suites) and findings of a policy (dbt).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from expectations.model import MESSAGE_EN, MESSAGE_ZH, REASONS, SuiteError

ACROSS = Path(__file__).resolve().parent / "across.yml"
PENDING = "pending"
# submissions a unit must have sent before its own history says anything
LEAST_HISTORY = 4


@dataclass(frozen=True)
class AcrossRule:
    """One rule; exactly one of `finds`, `whole` and `measure` says how it is judged.

    `finds`: SQL over a row `r` (its columns `by`) and a row `o` of dataset `other`; a row without such an `o` offends, and
    waits while the unit has sent no `other` of that time. `whole`: SQL over all rows `r` of a submission, TRUE = it offends.
    `measure`: one number of a submission; it offends `width` spreads away from the median of the unit's earlier ones.
    """

    id: str
    dataset: str
    reason: str
    message: dict[str, str]
    why: str
    clause: str | None = None
    given: str = "true"
    other: str | None = None
    by: tuple[str, ...] = ()
    finds: str | None = None
    whole: str | None = None
    measure: str | None = None
    width: float = 5.0
    severity: str = "warn"

    @property
    def statement(self) -> str:
        """SQL over the schemas `lake` and `control`: submission_id, checked, failed, state."""
        told = _finds(self) if self.finds else _whole(self) if self.whole else _measure(self)
        return f"""SELECT submission_id, checked, failed, CASE WHEN failed > 0 THEN 'failed' WHEN waiting > 0 THEN '{PENDING}'
            WHEN checked > 0 THEN 'passed' ELSE 'not_applicable' END AS state FROM ({told})"""


def _finds(rule: AcrossRule) -> str:
    by = ", ".join(rule.by)
    return f"""
        SELECT j.submission_id, sum(n)::BIGINT AS checked, coalesce(sum(n) FILTER (WHERE NOT is_found AND has_come), 0)::BIGINT
          AS failed, coalesce(sum(n) FILTER (WHERE NOT is_found AND NOT has_come), 0)::BIGINT AS waiting
        FROM (SELECT r.submission_id, n, EXISTS (SELECT 1 FROM lake.{rule.other} o WHERE {rule.finds}) AS is_found
            FROM (SELECT submission_id, {by}, count(*) AS n FROM lake.{rule.dataset} r WHERE {rule.given} GROUP BY ALL) r) j
        JOIN (SELECT s.submission_id, EXISTS (SELECT 1 FROM control.submission o WHERE o.dataset = '{rule.other}'
            AND o.is_standing AND o.reporting_unit = s.reporting_unit AND o.period_starts_on <= s.period_ends_on
            AND o.period_ends_on >= s.period_starts_on) AS has_come FROM control.submission s) c USING (submission_id)
        GROUP BY ALL"""


def _whole(rule: AcrossRule) -> str:
    return f"""
        SELECT submission_id, count(*)::BIGINT AS checked, CASE WHEN {rule.whole} THEN count(*) ELSE 0 END::BIGINT AS failed,
          0 AS waiting FROM lake.{rule.dataset} r WHERE {rule.given} GROUP BY submission_id"""


def _measure(rule: AcrossRule) -> str:
    # the spread of a quiet history is small by luck: a twentieth of its middle is allowed for
    return f"""
        WITH told AS (SELECT submission_id, slot_unit, slot_ends_on, slot_days // 28 AS months, count(*) AS n,
            ({rule.measure})::DOUBLE AS value FROM lake.{rule.dataset} r WHERE {rule.given} GROUP BY ALL),
        before AS (SELECT t.submission_id, t.n, t.value, list(e.value) FILTER (WHERE e.value IS NOT NULL) AS past
          FROM told t LEFT JOIN told e
            ON e.slot_unit = t.slot_unit AND e.months = t.months AND e.slot_ends_on < t.slot_ends_on GROUP BY ALL),
        spread AS (SELECT *, list_median(past) AS middle,
            list_median(list_transform(past, lambda v: abs(v - list_median(past)))) * 1.4826 AS own FROM before)
        SELECT submission_id, CASE WHEN len(past) >= {LEAST_HISTORY} THEN n ELSE 0 END::BIGINT AS checked, CASE
            WHEN len(past) >= {LEAST_HISTORY} AND abs(value - middle) > {rule.width} * greatest(own, abs(middle) / 20) THEN n
            ELSE 0 END::BIGINT AS failed, 0 AS waiting FROM spread"""


@cache
def across_rules() -> tuple[AcrossRule, ...]:
    """All rules of `across.yml`; SuiteError names every one that breaks the form."""
    import yaml

    items = yaml.safe_load(ACROSS.read_text(encoding="utf-8"))["rules"]
    rules = tuple(
        AcrossRule(**{**item, "dataset": item["id"].split(".")[0], "by": tuple(item.get("by", ()))}) for item in items
    )
    problems = [f"{ACROSS.name}: {rule.id}: {problem}" for rule in rules for problem in _problems(rule)]
    if problems:
        raise SuiteError("\n".join(problems))
    return rules


def _problems(rule: AcrossRule) -> list[str]:
    found = []
    if sum(form is not None for form in (rule.finds, rule.whole, rule.measure)) != 1:
        found.append("exactly one of finds, whole and measure must be given")
    if rule.finds and not (rule.other and rule.by):
        found.append("finds needs other and by")
    if rule.reason not in REASONS:
        found.append(f"reason must be one of {REASONS}")
    if not MESSAGE_ZH.fullmatch(rule.message.get("zh", "")) or not MESSAGE_EN.fullmatch(rule.message.get("en", "")):
        found.append("message must read X 缺失/有误/可疑：必须…；请…。 and X is missing/wrong: you must …; check ….")
    return found


def judge_across(connection) -> None:
    """Replace what waits in `control.rule_result` by what the standing rows say; schemas lake and control must be there."""
    for rule in across_rules():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE judged AS {rule.statement}")
        connection.execute(
            f"DELETE FROM control.rule_result WHERE rule_id = '{rule.id}' AND submission_id IN (SELECT submission_id FROM judged)"
        )
        connection.execute(
            f"""INSERT INTO control.rule_result BY NAME SELECT submission_id, '{rule.dataset}' AS dataset, '{rule.id}' AS rule_id,
            '{rule.severity}' AS severity, state, checked, failed FROM judged"""
        )
    connection.execute("DROP TABLE IF EXISTS judged")
