-- Indicators of claims: advances not settled at the end of the period, days from claim to payment.
with advances as (
    select
        m.reporting_unit, w.period, w.is_cumulative, c.fund_source, sum(c.advance_yuan) as advance_yuan
    from {{ ref('fct_claim') }} as c
    inner join {{ ref('dim_class') }} as k on k.class_id = c.class_id
    inner join {{ ref('int_unit_member') }} as m on m.member_unit = c.reporting_unit
    inner join {{ ref('int_window') }} as w
        on c.advance_on <= w.counts_to and k.ends_on <= w.counts_to and coalesce(c.paid_on > w.counts_to, true)
    where c.is_money_row and c.is_live and c.is_counted
    group by all
),

advances_by_fund as (
    {{ sums_by_dimension('advances', ['reporting_unit', 'period', 'is_cumulative'], ['fund_source'],
        {'amount': 'sum(advance_yuan)'}) }}
),

cycles as (
    select m.reporting_unit, w.period, w.is_cumulative, c.fund_source, c.cycle_days
    from {{ ref('int_claim_cycle') }} as c
    inner join {{ ref('int_unit_member') }} as m on m.member_unit = c.reporting_unit
    inner join {{ ref('int_window') }} as w on c.paid_on between w.starts_on and w.counts_to
),

cycles_by_fund as (
    {{ sums_by_dimension('cycles', ['reporting_unit', 'period', 'is_cumulative'], ['fund_source'],
        {'middle': 'quantile_cont(cycle_days, 0.5)', 'ninth': 'quantile_cont(cycle_days, 0.9)'}) }}
),

listed as (
    select *, 'advance_outstanding_yuan' as indicator_code, amount::double as value from advances_by_fund
    union all by name
    select *, 'claim_cycle_days_p50' as indicator_code, middle::double as value from cycles_by_fund
    union all by name
    select *, 'claim_cycle_days_p90' as indicator_code, ninth::double as value from cycles_by_fund
)

select
    indicator_code, reporting_unit, period, case when is_cumulative then 'cumulative' else dimension end as dimension, member,
    case when indicator_code = 'advance_outstanding_yuan' then value end as numerator, null::double as denominator, value
from listed
where not is_cumulative or dimension = 'all'
