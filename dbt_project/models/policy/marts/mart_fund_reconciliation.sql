-- One row per leg, unit and period (months among them): two sums that must agree, their difference, the part of it that is
-- explained and the part that is not.
with months as (
    select * from {{ ref('int_ledger_month') }}
    union all by name
    select * from {{ ref('int_claim_month') }}
),

periods as (
    select m.leg, m.reporting_unit, w.period, sum(m.left_yuan) as left_yuan, sum(m.right_yuan) as right_yuan,
        sum(m.explained_yuan) as explained_yuan
    from months as m
    inner join {{ ref('int_window') }} as w on not w.is_cumulative and m.booked_month between w.starts_on and w.counts_to
    group by all
),

-- what the report of a period prints is its position's outlay
positions as (
    select reporting_unit, period, sum(outlay_yuan) as outlay_yuan from {{ ref('mart_fund_position') }} group by all
),

legs as (
    select p.* replace (case when p.leg = 'ledger_report' then coalesce(r.outlay_yuan, 0) else p.right_yuan end as right_yuan)
    from periods as p
    left join positions as r on r.reporting_unit = p.reporting_unit and r.period = p.period
    union all
    select leg, reporting_unit, strftime(booked_month, '%Y%m'), left_yuan, right_yuan, explained_yuan from months
)

select
    leg,
    reporting_unit,
    period,
    left_yuan::decimal(18, 2) as left_yuan,
    right_yuan::decimal(18, 2) as right_yuan,
    (left_yuan - right_yuan)::decimal(18, 2) as difference_yuan,
    explained_yuan::decimal(18, 2) as explained_yuan,
    (left_yuan - right_yuan - explained_yuan)::decimal(18, 2) as unexplained_yuan
from legs
