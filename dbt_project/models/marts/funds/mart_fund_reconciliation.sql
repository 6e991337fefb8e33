-- One row per leg, unit and period: two sums that must agree, their difference, and how much of it is explained.
-- Explained: ledger outlay that pays no claim (capacity, adjustment); claims recovered; amounts the review cut.
with ledger as (
    select
        l.reporting_unit, w.period,
        sum(l.outlay_yuan) as outlay_yuan,
        sum(case when l.purpose in ('capacity', 'adjustment', 'interest') then l.outlay_yuan else 0 end) as other_yuan
    from {{ ref('fct_ledger_line') }} as l
    inner join {{ ref('int_window') }} as w on not w.is_cumulative and l.booked_on between w.starts_on and w.counts_to
    where l.purpose <> 'opening'
    group by all
),

positions as (
    select reporting_unit, period, sum(outlay_yuan) as outlay_yuan from {{ ref('mart_fund_position') }} group by all
),

legs as (
    select
        'ledger_payment' as leg, coalesce(l.reporting_unit, c.reporting_unit) as reporting_unit,
        coalesce(l.period, c.period) as period, l.outlay_yuan as left_yuan, c.left_yuan as right_yuan, l.other_yuan as explained_yuan
    from ledger as l
    full join (select * from {{ ref('int_claim_leg') }} where part = 'paid') as c
        on c.reporting_unit = l.reporting_unit and c.period = l.period
    union all
    select 'payment_claim', reporting_unit, period, left_yuan, right_yuan, explained_yuan
    from {{ ref('int_claim_leg') }} where part = 'paid'
    union all
    select 'claim_roster', reporting_unit, period, left_yuan, right_yuan, explained_yuan
    from {{ ref('int_claim_leg') }} where part = 'claimed'
    union all
    select 'ledger_report', coalesce(l.reporting_unit, p.reporting_unit), coalesce(l.period, p.period), l.outlay_yuan, p.outlay_yuan, 0
    from ledger as l
    full join positions as p on p.reporting_unit = l.reporting_unit and p.period = l.period
)

select
    leg,
    reporting_unit,
    period,
    coalesce(left_yuan, 0)::decimal(18, 2) as left_yuan,
    coalesce(right_yuan, 0)::decimal(18, 2) as right_yuan,
    (coalesce(left_yuan, 0) - coalesce(right_yuan, 0))::decimal(18, 2) as difference_yuan,
    coalesce(explained_yuan, 0)::decimal(18, 2) as explained_yuan
from legs
