-- Fund sums for every window by fund and over all funds. A unit above sums those below it until it keeps a ledger itself.
with own_units as (
    select distinct reporting_unit, period, is_cumulative from {{ ref('int_fund_window') }}
),

positions as (
    select * from {{ ref('int_fund_window') }}
    union all by name
    select f.* replace (m.reporting_unit as reporting_unit)
    from {{ ref('int_fund_window') }} as f
    inner join {{ ref('int_unit_member') }} as m on m.member_unit = f.reporting_unit and m.is_rollup
    anti join own_units as above
        on above.period = f.period and above.is_cumulative = f.is_cumulative
        and (above.reporting_unit = m.reporting_unit
            or (above.reporting_unit = left(f.reporting_unit, 4) || '00' and above.reporting_unit <> f.reporting_unit))
),

summed as (
    {{ sums_by_dimension('positions', ['reporting_unit', 'period', 'is_cumulative'], ['fund_source'], {
        'outlay_yuan': 'sum(outlay_yuan)', 'available_yuan': 'sum(opening_yuan + income_yuan + returned_yuan)'}) }}
)

select * replace (case when is_cumulative then 'cumulative' else dimension end as dimension)
from summed
where not is_cumulative or dimension = 'all'
