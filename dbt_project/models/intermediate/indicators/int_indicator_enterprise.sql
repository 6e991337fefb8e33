-- Shares of the staff education fund: sum over sum of the enterprises of a district, years only. An enterprise of a district
-- that is no unit of its own still counts in the municipality, province or city it lies in.
with reaches as (
    select reporting_unit, member_unit from {{ ref('int_unit_member') }}
    union
    select m.reporting_unit, left(e.district_code, 6)
    from {{ ref('stg_enterprises') }} as e
    inner join (select distinct reporting_unit from {{ ref('int_unit_member') }} where is_rollup) as m
        on m.reporting_unit in (left(e.district_code, 2) || '0000', left(e.district_code, 4) || '00')
),

enterprises as (
    select
        m.reporting_unit,
        w.period,
        case when w.is_cumulative then 'cumulative' else 'all' end as dimension,
        'all' as member,
        coalesce(sum(e.education_fund_frontline_yuan), 0) as frontline_yuan,
        coalesce(sum(e.education_fund_used_yuan), 0) as used_yuan,
        coalesce(sum(e.education_fund_drawn_yuan), 0) as drawn_yuan,
        coalesce(sum(e.payroll_yuan), 0) as payroll_yuan
    from {{ ref('stg_enterprises') }} as e
    inner join reaches as m on m.member_unit = left(e.district_code, 6)
    inner join {{ ref('int_window') }} as w on w.period_kind = 'year' and w.period = e.year::varchar
    group by all
)

{{ indicator_rows('enterprises', [
    ['frontline_fund_share', 'frontline_yuan', 'used_yuan'],
    ['education_fund_ratio', 'drawn_yuan', 'payroll_yuan'],
]) }}
