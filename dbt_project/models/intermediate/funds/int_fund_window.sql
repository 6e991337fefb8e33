-- Position of each fund of each unit for every window from its first entry on: what came in, went out and was stated.
with funds as (
    select reporting_unit, fund_source, min(booked_on) as first_on, any_value(base_yuan) as base_yuan
    from {{ ref('int_ledger_entry') }}
    group by reporting_unit, fund_source
),

windows as (
    select f.reporting_unit, f.fund_source, f.base_yuan, w.period, w.is_cumulative, w.starts_on, w.counts_to
    from funds as f
    inner join {{ ref('int_window') }} as w on w.counts_to >= f.first_on
),

summed as (
    select
        w.reporting_unit, w.fund_source, w.period, w.is_cumulative, w.base_yuan,
        max_by(e.running_yuan, e.entry_no) filter (where e.booked_on < w.starts_on) as brought_yuan,
        max_by(e.running_yuan, e.entry_no) as closing_yuan,
        first(e.balance_yuan order by e.entry_no) filter (where e.purpose = 'opening') as stated_yuan,
        sum(e.income_yuan) filter (where e.booked_on >= w.starts_on and e.purpose <> 'returned') as income_yuan,
        sum(e.income_yuan) filter (where e.booked_on >= w.starts_on and e.purpose = 'returned') as returned_yuan,
        sum(e.outlay_yuan) filter (where e.booked_on >= w.starts_on) as outlay_yuan
    from windows as w
    inner join {{ ref('int_ledger_entry') }} as e
        on e.reporting_unit = w.reporting_unit and e.fund_source = w.fund_source and e.booked_on <= w.counts_to
    group by all
)

select
    reporting_unit,
    fund_source,
    period,
    is_cumulative,
    coalesce(brought_yuan, stated_yuan, base_yuan)::decimal(18, 2) as opening_yuan,
    coalesce(income_yuan, 0)::decimal(18, 2) as income_yuan,
    coalesce(returned_yuan, 0)::decimal(18, 2) as returned_yuan,
    coalesce(outlay_yuan, 0)::decimal(18, 2) as outlay_yuan,
    closing_yuan::decimal(18, 2) as closing_yuan
from summed
