-- One row per indicator, unit, period and breakdown: numerator, denominator and value, unrounded.
-- Every unit has an all/all row for every indicator and loaded period, and a cumulative one where a year is cumulated.
{% set families = ['training', 'person', 'assessment', 'stock', 'cost', 'fund', 'claim', 'class', 'enterprise'] %}
with found as (
    {% for family in families %}
    select * from {{ ref('int_indicator_' ~ family) }} where reporting_unit is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

grid as (
    select
        i.indicator_code, u.reporting_unit, w.period,
        case when w.is_cumulative then 'cumulative' else 'all' end as dimension, 'all' as member,
        case when i.is_zero_when_empty then 0::double end as empty_value
    from {{ source('given', 'indicator') }} as i
    cross join {{ ref('dim_unit') }} as u
    cross join {{ ref('int_window') }} as w
)

select
    coalesce(f.indicator_code, g.indicator_code) as indicator_code,
    coalesce(f.reporting_unit, g.reporting_unit) as reporting_unit,
    coalesce(f.period, g.period) as period,
    coalesce(f.dimension, g.dimension) as dimension,
    coalesce(f.member, g.member) as member,
    coalesce(f.numerator, g.empty_value) as numerator,
    case when i.kind = 'ratio' then coalesce(f.denominator, g.empty_value) else f.denominator end as denominator,
    case when i.kind = 'ratio' then f.value else coalesce(f.value, g.empty_value) end as value,
    i.unit_of_measure,
    -- person-times whose outcome is not yet known in full: late outcomes are censored, not failed
    case
        when i.maturity is null then null
        when i.indicator_code = 'startup_rate' then coalesce(t.immature_startup_count, 0)
        else coalesce(case i.maturity when '3 months' then t.immature_3m_count when '6 months' then t.immature_6m_count
            else t.immature_12m_count end, 0)
    end::bigint as immature_count,
    coalesce(immature_count, 0) = 0 as is_mature,
    case when i.maturity is not null then t.linked_count / nullif(t.completed_count, 0)::double end as link_ratio
from grid as g
full join found as f
    on f.indicator_code = g.indicator_code and f.reporting_unit = g.reporting_unit and f.period = g.period
    and f.dimension = g.dimension and f.member = g.member
inner join {{ source('given', 'indicator') }} as i on i.indicator_code = coalesce(f.indicator_code, g.indicator_code)
left join {{ ref('int_training_total') }} as t
    on t.reporting_unit = coalesce(f.reporting_unit, g.reporting_unit) and t.period = coalesce(f.period, g.period)
    and t.dimension = coalesce(f.dimension, g.dimension) and t.member = coalesce(f.member, g.member)
