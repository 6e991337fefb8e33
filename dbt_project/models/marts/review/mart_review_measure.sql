-- One row per subject, period and measure beyond the indicators: share of trainings with a blocking finding, difficulty of the
-- trainees (the reference employment rate over the one expected of them), money of local funds put in.
with windows as (
    select * from {{ ref('int_window') }} where not is_cumulative and period_kind <> 'span'
),

counted as (
    select reporting_unit, institution_id, training_type, quarter_no, blocked_count, 0 as training_count from {{ ref('int_review_blocked') }}
    union all
    select reporting_unit, institution_id, training_type, quarter_no, 0, sum(certificate_rate_base) from {{ ref('int_review_cell') }}
    group by all
),

subjects as (
    select
        case grouping(c.institution_id, c.training_type) when 3 then 'district' when 1 then 'institution' else 'project_class' end as subject_kind,
        case grouping(c.institution_id, c.training_type) when 3 then c.reporting_unit when 1 then c.institution_id
            else c.training_type end as subject_id,
        c.reporting_unit, w.period, sum(c.blocked_count) as blocked_count, sum(c.training_count) as training_count
    from counted as c
    inner join windows as w on c.quarter_no between w.first_quarter_no and w.last_quarter_no
    group by grouping sets ((c.reporting_unit, w.period), (c.reporting_unit, c.institution_id, w.period),
        (c.reporting_unit, c.training_type, w.period))
)

select
    subject_kind, subject_id, reporting_unit, period, 'blocked_share' as measure, blocked_count::double as numerator,
    training_count::double as denominator, (blocked_count / nullif(training_count, 0))::double as value
from subjects
where subject_id is not null
union all
select
    subject_kind, subject_id, reporting_unit, period, 'case_mix_difficulty', reference_value, expected_value,
    round(reference_value / nullif(expected_value, 0), 6)
from {{ ref('mart_review_case_mix') }}
where indicator_code = 'employment_rate' and subject_kind in ('district', 'institution')
union all
select 'district', reporting_unit, reporting_unit, period, 'local_input_yuan', sum(income_yuan)::double, null, sum(income_yuan)::double
from {{ ref('mart_fund_position') }}
where fund_source in ('talent_fund', 'industry_fund', 'other')
group by all
