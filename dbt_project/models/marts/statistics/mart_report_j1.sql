-- One row per unit, period and line of form J1 (training overview), as printed. Target and completion are those of the year.
with lines as (
    select * from (values
        (1, 'classes_started', '开班数', 'Classes begun', 'classes'),
        (2, 'enrolled', '报名人次', 'Enrolled in classes begun', 'person_times'),
        (3, 'trained', '参训人次', 'Enrolled in classes ended', 'person_times'),
        (4, 'person_times', '结业人次', 'Completed', 'person_times'),
        (5, 'passed', '评价合格人次', 'Assessments passed', 'person_times'),
        (6, 'person_times_certified', '取证人次', 'Certified', 'person_times'),
        (7, 'employed', '就业人次', 'Employed within 6 months', 'person_times'),
        (8, 'person_times_paid', '补贴人次', 'Subsidised', 'person_times'),
        (9, 'fund_spend', '资金支出', 'Fund spending', 'yuan'),
        (10, 'on_the_job_person_months', '以工代训', 'Work-for-training', 'person_months'),
        (11, 'apprentices', '新型学徒', 'Apprentices enrolled', 'apprentices')
    ) as l (line_no, code, label_zh, label_en, unit_of_measure)
),

places as (
    select u.reporting_unit, p.period, left(p.period, 4) as calendar_year,
        (left(p.period, 4)::integer - 1)::varchar || substr(p.period, 5) as year_before
    from {{ ref('dim_unit') }} as u
    cross join {{ ref('dim_period') }} as p
    where p.is_loaded and p.period_kind <> 'span'
),

targets as (
    select reporting_unit, indicator_code, period, target_value
    from {{ ref('mart_target_progress') }}
    where breakdown = '' and is_latest_version
)

select
    p.reporting_unit,
    p.period,
    l.line_no,
    l.code,
    l.label_zh,
    l.label_en,
    l.unit_of_measure,
    coalesce(f.current_value, 0) as current_value,
    coalesce(f.cumulative_value, 0) as cumulative_value,
    case when d.is_loaded then coalesce(b.current_value, 0) end as previous_year_value,
    case when d.is_loaded then coalesce(f.current_value, 0) / nullif(b.current_value, 0) - 1 end as change_ratio,
    t.target_value,
    coalesce(f.cumulative_value, 0) / nullif(t.target_value, 0) as completion_ratio
from places as p
cross join lines as l
left join {{ ref('int_report_figure') }} as f
    on f.code = l.code and f.reporting_unit = p.reporting_unit and f.period = p.period
left join {{ ref('dim_period') }} as d on d.period = p.year_before
left join {{ ref('int_report_figure') }} as b
    on b.code = l.code and b.reporting_unit = p.reporting_unit and b.period = p.year_before
left join targets as t
    on t.reporting_unit = p.reporting_unit and t.indicator_code = l.code and t.period = p.calendar_year
