-- Lines of form J2: for a unit each unit it is made of, with that unit's own trainings and ledger (nothing rolled up).
with trained as (
    select
        c.reporting_unit as member_unit, w.period,
        sum(c.completed_count) filter (where not w.is_cumulative) as current_value,
        sum(c.completed_count) filter (where w.is_cumulative) as cumulative_value
    from {{ ref('int_training_cube') }} as c
    inner join {{ ref('int_window') }} as w on c.quarter_no between w.first_quarter_no and w.last_quarter_no
    where c.dimension = 'all'
    group by all
),

spent as (
    select reporting_unit as member_unit, period, sum(outlay_yuan) as subsidy_yuan
    from {{ ref('int_fund_window') }}
    where is_cumulative
    group by reporting_unit, period
)

select
    m.reporting_unit,
    p.period,
    m.member_unit,
    coalesce(t.current_value, 0) as current_value,
    coalesce(t.cumulative_value, 0) as cumulative_value,
    coalesce(s.subsidy_yuan, 0)::decimal(18, 2) as subsidy_yuan
from {{ ref('int_unit_member') }} as m
cross join {{ ref('dim_period') }} as p
left join trained as t on t.member_unit = m.member_unit and t.period = p.period
left join spent as s on s.member_unit = m.member_unit and s.period = p.period
where p.is_loaded and p.period_kind <> 'span'
    -- a unit above others is a line of its own only for what it did itself
    and (m.is_rollup or t.member_unit is not null or s.member_unit is not null
        or m.reporting_unit not in (select reporting_unit from {{ ref('int_unit_member') }} where is_rollup))
