-- Senior person-times of high-skill training bases; over several years the mean per year, over all bases their sum.
with bases as (
    select t.reporting_unit, t.period, t.member as institution_id, t.senior_count, p.last_year - p.first_year + 1 as year_count
    from {{ ref('int_training_total') }} as t
    inner join {{ ref('dim_period') }} as p on p.period = t.period
    inner join {{ ref('dim_institution') }} as i on i.institution_id = t.member and i.is_high_skill_base
    where t.dimension = 'institution_id'
),

cumulative as (
    select m.reporting_unit, w.period, sum(c.senior_count) as mean_count
    from {{ ref('int_training_cube') }} as c
    inner join {{ ref('dim_institution') }} as i on i.institution_id = c.member and i.is_high_skill_base
    inner join {{ ref('int_unit_member') }} as m on m.member_unit = c.reporting_unit
    inner join {{ ref('int_window') }} as w
        on w.is_cumulative and c.quarter_no between w.first_quarter_no and w.last_quarter_no
    where c.dimension = 'institution_id'
    group by all
)

select reporting_unit, period, 'institution_id' as dimension, institution_id as member, senior_count / year_count as mean_count from bases
union all
select reporting_unit, period, 'all', 'all', sum(senior_count) / any_value(year_count) from bases group by reporting_unit, period
union all
select reporting_unit, period, 'cumulative', 'all', mean_count from cumulative
