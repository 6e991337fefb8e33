"""Findings of policy rules, counted by rule and one by one with their evidence, and the state of all rules."""

from __future__ import annotations

from dashboards.release import Release, Row

# Counts and money at stake of the findings of each rule, the gravest and dearest first, and of all of them.
RULES = """
select
    rule_id, severity, any_value(message_zh) as message_zh, any_value(message_en) as message_en,
    count(*) as findings, sum(amount_yuan)::decimal(18, 2) as amount_yuan, grouping(rule_id) = 1 as is_total
from marts.mart_finding
where ($1 = '' or severity = $1) and ($2 = '' or reporting_unit = $2)
group by grouping sets ((rule_id, severity), (severity))
order by list_position(['block', 'flag', 'preview'], severity), is_total, amount_yuan desc nulls last, rule_id
"""

ROWS = """
select finding_id, rule_id, severity, clause, message_zh, message_en, class_id, institution_id, claim_id, subject_id,
    {person} as person_key, {evidence} as evidence, reporting_unit, period, amount_yuan, file_name, sheet, row_no
from marts.mart_finding
where ($1 = '' or severity = $1) and ($2 = '' or rule_id = $2) and ($3 = '' or reporting_unit = $3)
order by list_position(['block', 'flag', 'preview'], severity), amount_yuan desc nulls last, rule_id, finding_id
limit $4
"""

# Every clause of every pack, by what becomes of it: looked at with findings, looked at without, or not looked at and why.
STATES = """
with found as (
    select rule_id, test, count(*) as findings, sum(amount_yuan) as amount_yuan from marts.mart_finding group by all
),
rules as (
    select
        case when rule.state = 'computed' and found.rule_id is not null then 'found' else rule.state end as outcome,
        found.findings, found.amount_yuan
    from marts.mart_policy_rule as rule
    left join found on found.rule_id = rule.rule_id and found.test = rule.test
)
select outcome, count(*) as rules, coalesce(sum(findings), 0)::bigint as findings,
    sum(amount_yuan)::decimal(18, 2) as amount_yuan
from rules
group by outcome
order by list_position(['found', 'computed', 'not_decidable', 'register', 'parameter'], outcome)
"""

CLAUSE = """
select rule_id, title_zh, title_en, clause, document_no, document_title, quote, reading, state, needs, valid_from, valid_to
from marts.mart_policy_rule
where rule_id = $1
order by test
"""


def rules(release: Release, severity: str = "", unit: str = "") -> list[Row]:
    """One row per rule and severity ('' for all), and a total row (is_total) per severity."""
    return release.rows(RULES, [severity, unit])


def findings(release: Release, severity: str, rule: str, most: int, unit: str = "") -> list[Row]:
    """Findings of a severity, rule and unit ('' for all), the dearest first, at most `most`, with evidence as JSON text."""
    columns = release.tables["mart_finding"]
    sql = ROWS.format(
        person="person_key" if "person_key" in columns else "null",
        evidence="evidence::varchar" if "evidence" in columns else "null",
    )
    return release.rows(sql, [severity, rule, unit, most])


def states(release: Release) -> list[Row]:
    """Rules by state, with their findings and money; empty where the release lists no rules."""
    if not release.has("mart_policy_rule") or "test" not in release.tables.get("mart_finding", set()):
        return []
    return release.rows(STATES)


def clause(release: Release, rule: str) -> Row | None:
    """Title, document and quoted clause of a rule."""
    found = release.rows(CLAUSE, [rule]) if release.has("mart_policy_rule") else []
    return found[0] if found else None


def units_with_findings(release: Release) -> list[str]:
    """Units that a finding falls on, in order of their code."""
    found = release.rows(
        "select distinct reporting_unit from marts.mart_finding where reporting_unit is not null order by 1"
    )
    return [row["reporting_unit"] for row in found]
