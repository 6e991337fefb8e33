-- Stocks of employed and skilled persons for every window: the official row with the latest date in it, its latest revision.
-- A unit above sums those below it unless it has a row of its own; below a city that has one, the city's stands.
with own as (
    select
        s.reporting_unit, w.period, w.is_cumulative, s.employed_total, s.skilled_total, s.high_skilled_total
    from {{ ref('stg_workforce_stats') }} as s
    inner join {{ ref('int_window') }} as w on s.as_of between w.starts_on and w.counts_to
    where s.is_official
    qualify row_number() over (
        partition by s.reporting_unit, w.period, w.is_cumulative order by s.as_of desc, s.revised_on desc, s.population
    ) = 1
),

members as (
    select
        m.reporting_unit, o.period, o.is_cumulative,
        sum(o.employed_total) as employed_total, sum(o.skilled_total) as skilled_total, sum(o.high_skilled_total) as high_skilled_total
    from own as o
    inner join {{ ref('int_unit_member') }} as m on m.member_unit = o.reporting_unit and m.is_rollup
    anti join own as above
        on above.period = o.period and above.is_cumulative = o.is_cumulative
        and (above.reporting_unit = m.reporting_unit
            or (above.reporting_unit = left(o.reporting_unit, 4) || '00' and above.reporting_unit <> o.reporting_unit))
    group by all
)

select
    reporting_unit, period, case when is_cumulative then 'cumulative' else 'all' end as dimension, 'all' as member,
    employed_total, skilled_total, high_skilled_total
from (select * from own union all select * from members)
