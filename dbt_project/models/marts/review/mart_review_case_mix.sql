-- One row per subject, period and adjusted rate: actual, expected for its trainees, adjusted = actual - expected + reference,
-- the 95 % score interval about it, and the value drawn towards the reference by how little it is known (empirical Bayes).
with subjects as (
    select subject_kind, subject_id, reporting_unit, period, indicator_code, base_count, result_count, expected_count
    from {{ ref('int_review_expected') }}
    where subject_kind <> 'all'
    union all
    select 'base', e.* exclude (subject_kind)
    from {{ ref('int_review_expected') }} as e
    semi join {{ ref('dim_institution') }} as i on i.institution_id = e.subject_id and i.is_high_skill_base
    where e.subject_kind = 'institution'
),

rates as (
    select
        s.*,
        s.result_count / s.base_count as actual,
        greatest(0, least(1, s.expected_count / s.base_count)) as expected,
        r.result_count / r.base_count as reference
    from subjects as s
    inner join {{ ref('int_review_expected') }} as r
        on r.subject_kind = 'all' and r.period = s.period and r.indicator_code = s.indicator_code
),

adjusted as (
    select
        *,
        greatest(0, least(1, actual - expected + reference)) as adjusted,
        reference - expected as shift,
        (actual + 1.9208 / base_count) / (1 + 3.8416 / base_count) as middle,
        1.96 * sqrt(actual * (1 - actual) / base_count + 0.9604 / (base_count * base_count)) / (1 + 3.8416 / base_count) as half,
        reference * (1 - reference) as spread
    from rates
),

-- between-subject variance by moments: what the subjects differ by beyond chance, nothing where chance explains it all
moments as (
    select
        subject_kind, period, indicator_code, any_value(spread) as spread,
        greatest(0, any_value(spread) * ({{ exact_sum('base_count * (adjusted - reference) * (adjusted - reference) / nullif(spread, 0)') }}::double
            - (count(*) - 1)) / nullif(sum(base_count) - sum(base_count::hugeint * base_count) / sum(base_count), 0)) as variance
    from adjusted
    group by subject_kind, period, indicator_code
)

select
    a.subject_kind, a.subject_id, a.reporting_unit, a.period, a.indicator_code, a.base_count, a.result_count,
    a.actual as actual_value, a.expected as expected_value, a.reference as reference_value, a.adjusted as adjusted_value,
    greatest(0, least(1, a.middle - a.half + a.shift)) as interval_low,
    greatest(0, least(1, a.middle + a.half + a.shift)) as interval_high,
    coalesce(m.variance / nullif(m.variance + a.spread / a.base_count, 0), 0) as credibility,
    a.reference + coalesce(m.variance / nullif(m.variance + a.spread / a.base_count, 0), 0) * (a.adjusted - a.reference)
        as shrunk_value
from adjusted as a
inner join moments as m
    on m.subject_kind = a.subject_kind and m.period = a.period and m.indicator_code = a.indicator_code
