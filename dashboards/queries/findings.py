"""What the policies object to: rows of mart_finding, and how many there are of each rule."""

from __future__ import annotations

from dashboards.release import Release, Row

# Counts and money at stake of the findings of each rule, the gravest and dearest first, and of all of them.
RULES = """
select
    rule_id, severity, any_value(message_zh) as message_zh, any_value(message_en) as message_en,
    count(*) as findings, sum(amount_yuan)::decimal(18, 2) as amount_yuan, grouping(rule_id) = 1 as is_total
from marts.mart_finding
where severity in ('block', 'flag') or $1
group by grouping sets ((rule_id, severity), (severity))
order by list_position(['block', 'flag', 'preview'], severity), is_total, amount_yuan desc nulls last, rule_id
"""

ROWS = """
select finding_id, rule_id, severity, clause, message_zh, message_en, class_id, institution_id, claim_id, subject_id,
    reporting_unit, period, amount_yuan, file_name, sheet, row_no
from marts.mart_finding
where ($1 = '' or severity = $1) and ($2 = '' or rule_id = $2)
order by list_position(['block', 'flag', 'preview'], severity), amount_yuan desc nulls last, rule_id, finding_id
limit $3
"""


def rules(release: Release, with_preview: bool = True) -> list[Row]:
    """One row per rule and severity, and a total row (is_total) per severity."""
    return release.rows(RULES, [with_preview])


def findings(release: Release, severity: str, rule: str, most: int) -> list[Row]:
    """Findings of a severity and rule ('' for all), the dearest first, at most `most`; no person."""
    return release.rows(ROWS, [severity, rule, most])
