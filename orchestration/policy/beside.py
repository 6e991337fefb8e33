"""What a tried policy pack changes, beside what stands: findings, heads and yuan by rule, sums due, indicator values.

Not here: making the two sides (`policy/trial.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

FINDINGS = """
with now as (select {key}, count(*) as findings, count(distinct person_key) as heads, sum(amount_yuan) as yuan
    from beside.marts.mart_finding group by all),
tried as (select {key}, count(*) as findings, count(distinct person_key) as heads, sum(amount_yuan) as yuan
    from marts.mart_finding group by all),
moved as (
    select {key}, count(*) filter (where n.finding_id is null) as added, count(*) filter (where t.finding_id is null) as gone,
        count(*) filter (where n.finding_id is not null and t.finding_id is not null
            and n.amount_yuan is distinct from t.amount_yuan) as revalued
    from beside.marts.mart_finding as n
    full join marts.mart_finding as t using (finding_id, {key})
    group by all)
select {key}, coalesce(n.findings, 0) as findings_now, coalesce(t.findings, 0) as findings_tried, m.added, m.gone, m.revalued,
    coalesce(n.heads, 0) as heads_now, coalesce(t.heads, 0) as heads_tried,
    coalesce(n.yuan, 0) as yuan_now, coalesce(t.yuan, 0) as yuan_tried
from moved as m left join now as n using ({key}) left join tried as t using ({key})
where m.added + m.gone + m.revalued > 0
order by {key}
""".format(key="rule_id, test, jurisdiction, severity")
TOTALS = """
select count(*) as findings, count(distinct person_key) as heads, coalesce(sum(amount_yuan), 0) as yuan
from {place}marts.mart_finding
"""
DUE = """
select subsidy_kind, coalesce(sum(n.yuan), 0) as yuan_now, coalesce(sum(t.yuan), 0) as yuan_tried,
    coalesce(sum(n.trainings), 0)::bigint as trainings_now, coalesce(sum(t.trainings), 0)::bigint as trainings_tried
from (select subsidy_kind, sum(due_yuan) as yuan, count(*) filter (where due_yuan > 0) as trainings
      from beside.marts.mart_subsidy_due group by all) as n
full join (select subsidy_kind, sum(due_yuan) as yuan, count(*) filter (where due_yuan > 0) as trainings
      from marts.mart_subsidy_due group by all) as t using (subsidy_kind)
group by all order by subsidy_kind
"""
FIGURES = """
select indicator_code, reporting_unit, period, n.value as value_now, t.value as value_tried
from (from beside.marts.mart_indicator where dimension = 'all') as n
full join (from marts.mart_indicator where dimension = 'all') as t using (indicator_code, reporting_unit, period)
where n.value is distinct from t.value order by all
"""


def compare(connection: duckdb.DuckDBPyConnection, figures: bool) -> dict[str, Any]:
    """Findings and sums due of `marts` against those of `beside.marts`; indicator values too where `figures` may move."""

    def records(sql: str) -> list[dict[str, Any]]:
        result = connection.execute(sql)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    sides = {name: records(TOTALS.format(place=at))[0] for name, at in (("now", "beside."), ("tried", ""))}
    moved = records(FIGURES) if figures else []
    return {"findings": records(FINDINGS), "totals": sides, "due": records(DUE), "figures": moved}
