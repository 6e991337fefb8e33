-- Subsidy per person-time, certificate and job, by dimensions of the class; satisfaction of the same classes.
with costs as (
    select
        c.reporting_unit, c.period, c.dimension, c.member, c.cost_yuan, c.answer_count, c.satisfied_count,
        coalesce(t.completed_count, 0) as completed_count, coalesce(t.certified_count, 0) as certified_count,
        coalesce(t.employed_count, 0) as employed_count
    from {{ ref('int_class_total') }} as c
    left join {{ ref('int_training_total') }} as t
        on t.reporting_unit = c.reporting_unit and t.period = c.period and t.dimension = c.dimension and t.member = c.member
)

{{ indicator_rows('costs', [
    ['unit_cost_yuan', 'cost_yuan', 'completed_count'],
    ['unit_cost_per_certificate_yuan', 'cost_yuan', 'certified_count'],
    ['unit_cost_per_job_yuan', 'cost_yuan', 'employed_count'],
], occurs='completed_count > 0') }}
union all
{{ indicator_rows('costs', [['satisfaction_rate', 'satisfied_count', 'answer_count']]) }}
