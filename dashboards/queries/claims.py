"""Claims on their way to payment: what was asked, approved, paid, and how long the rest has waited."""

from __future__ import annotations

from dashboards.release import Release, Row

# Sums of money rows of live claims, each claim once; claims of a year are those claimed in it. Beside them what the ledger
# says was given for the year.
STAGES = """
with asked as (
    select
        fund_source,
        count(*) as claims,
        sum(claimed_yuan) as claimed_yuan,
        sum(approved_yuan) as approved_yuan,
        sum(net_paid_yuan) as paid_yuan,
        sum(greatest(coalesce(approved_yuan, claimed_yuan) - net_paid_yuan, 0))
            filter (claim_status not in ('paid', 'recovered')) as waiting_yuan
    from marts.fct_claim
    where is_money_row and is_counted and is_live and starts_with(reporting_unit, regexp_replace($1, '(00)+$', ''))
        and claimed_on between make_date($2::integer, 1, 1) and make_date($2::integer, 12, 31)
    group by fund_source
),
given as (
    select fund_source, quota_yuan, income_yuan
    from marts.mart_fund_position
    where reporting_unit = $1 and period = $2
)
select
    coalesce(asked.fund_source, given.fund_source) as fund_source,
    sum(quota_yuan)::decimal(18, 2) as quota_yuan,
    sum(income_yuan)::decimal(18, 2) as income_yuan,
    coalesce(sum(claims), 0)::bigint as claims,
    sum(claimed_yuan)::decimal(18, 2) as claimed_yuan,
    sum(approved_yuan)::decimal(18, 2) as approved_yuan,
    sum(paid_yuan)::decimal(18, 2) as paid_yuan,
    sum(waiting_yuan)::decimal(18, 2) as waiting_yuan,
    grouping(coalesce(asked.fund_source, given.fund_source)) = 1 as is_total
from asked
full join given on given.fund_source is not distinct from asked.fund_source
group by grouping sets ((coalesce(asked.fund_source, given.fund_source)), ())
order by is_total, fund_source
"""

# Days from the claim to the data date; the last class is where the clause on arrears begins (CQ2021-8d: 180 days).
AGEING = """
with classes(place, first_day, last_day) as (
    values (1, 0, 30), (2, 31, 60), (3, 61, 90), (4, 91, 180), (5, 181, 100000)
)
select
    classes.place, classes.first_day, nullif(classes.last_day, 100000) as last_day, count(claim_key) as claims,
    coalesce(sum(greatest(coalesce(approved_yuan, claimed_yuan) - net_paid_yuan, 0)), 0)::decimal(18, 2) as waiting_yuan
from classes
left join marts.fct_claim as claim
    on date_diff('day', claim.claimed_on, $2::date) between classes.first_day and classes.last_day
    and claim.is_money_row and claim.is_counted and claim.is_live and claim.claim_status not in ('paid', 'recovered')
    and starts_with(claim.reporting_unit, regexp_replace($1, '(00)+$', ''))
group by all
order by classes.place
"""


def stages(release: Release, unit: str, year: str) -> list[Row]:
    """Quota, income and the year's claims by fund, and of all (is_total); empty where the release has no claims."""
    return release.rows(STAGES, [unit, year]) if release.has("fct_claim", "mart_fund_position") and year else []


def ageing(release: Release, unit: str) -> list[Row]:
    """Unpaid claims by how long they have waited on the data date: first_day, last_day (None: open), claims, waiting_yuan."""
    return release.rows(AGEING, [unit, release.data_date]) if release.has("fct_claim") else []
