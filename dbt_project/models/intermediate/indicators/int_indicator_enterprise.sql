-- Shares of the staff education fund: sum over sum of the enterprises of a district, years only.
with enterprises as (
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
    inner join {{ ref('int_unit_member') }} as m on m.member_unit = left(e.district_code, 6)
    inner join {{ ref('int_window') }} as w on w.period_kind = 'year' and w.period = e.year::varchar
    group by all
)

{{ indicator_rows('enterprises', [
    ['frontline_fund_share', 'frontline_yuan', 'used_yuan'],
    ['education_fund_ratio', 'drawn_yuan', 'payroll_yuan'],
]) }}
