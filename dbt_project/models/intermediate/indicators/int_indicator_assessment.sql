-- Pass rate: assessments matched to counted trainings, each once.
with assessments as (
    select reporting_unit, period, dimension, member, sum(examined_count) as examined_count, sum(passed_count) as passed_count
    from (
        select reporting_unit, period, dimension, member, examined_count, passed_count from {{ ref('int_training_total') }}
        union all
        select reporting_unit, period, dimension, member, examined_count, passed_count from {{ ref('int_shared_assessment_total') }}
    )
    group by all
)

{{ indicator_rows('assessments', [['pass_rate', 'passed_count', 'examined_count']]) }}
