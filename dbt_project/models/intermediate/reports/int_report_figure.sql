-- Figures that the quarterly report prints: indicators, parts of indicators and counts of what was begun.
with figures as (
    select 'classes_started' as code, reporting_unit, period, dimension, class_count::double as figure
    from {{ ref('int_class_started') }}
    union all
    select 'enrolled', reporting_unit, period, dimension, enrolled_count::double from {{ ref('int_class_started') }}
    union all
    select 'trained', reporting_unit, period, dimension, enrolled_count::double from {{ ref('int_training_total') }}
    where dimension in ('all', 'cumulative')
    union all
    select
        case indicator_code when 'pass_rate' then 'passed' when 'employment_rate' then 'employed' else indicator_code end,
        reporting_unit, period, dimension, case when denominator is null then value else numerator end
    from {{ ref('mart_indicator') }}
    where dimension in ('all', 'cumulative')
        and indicator_code in (
            'person_times', 'pass_rate', 'person_times_certified', 'employment_rate', 'person_times_paid', 'fund_spend',
            'on_the_job_person_months', 'apprentices'
        )
)

select
    code,
    reporting_unit,
    period,
    max(figure) filter (where dimension = 'all') as current_value,
    max(figure) filter (where dimension = 'cumulative') as cumulative_value
from figures
group by code, reporting_unit, period
