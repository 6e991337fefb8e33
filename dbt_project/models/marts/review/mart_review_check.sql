-- One row per check on gaming, subject and year that has cases enough: what was measured against which threshold. A raised check
-- is a reason to look, not a finding: nothing is taken from anybody by it.
with days as (
    select c.assessor_id, year(c.examined_on)::integer as year, c.examined_on, count(*) as day_count
    from {{ ref('fct_certification') }} as c
    where c.is_certificate and c.is_counted and c.assessor_id is not null
    group by all
),

-- each training type against itself a year before, for who trains more people at work has a smaller base and hides nobody
bases as (
    select n.*, b.mature_count as mature_before, (n.mature_count * b.base_count / b.mature_count)::decimal(38, 12) as base_as_before
    from {{ ref('int_review_outcome_check') }} as n
    inner join {{ ref('int_review_outcome_check') }} as b
        on b.subject_kind = n.subject_kind and b.subject_id = n.subject_id and b.reporting_unit = n.reporting_unit
        and b.training_type is not distinct from n.training_type and b.year = n.year - 1
    where n.mature_count > 0 and b.mature_count > 0
),

measured as (
    select
        'equal_split_of_quotas' as check_code, 'district' as subject_kind, reporting_unit as subject_id, reporting_unit, year,
        quota_variation as measured_value, institution_count as case_count,
        {'rank_correlation': rank_correlation, 'do_scores_differ': do_scores_differ}::json as evidence
    from {{ ref('int_review_quota_check') }}
    union all
    select 'certificates_in_bulk', 'assessor', d.assessor_id, any_value(i.reporting_unit), d.year,
        max(d.day_count) / sum(d.day_count), sum(d.day_count),
        {'day': arg_max(d.examined_on, (d.day_count, d.examined_on)), 'certificates': max(d.day_count)}::json
    from days as d
    left join {{ ref('dim_institution') }} as i on i.institution_id = d.assessor_id
    group by d.assessor_id, d.year
    union all
    select 'agreements_without_insurance', subject_kind, subject_id, reporting_unit, year,
        sum(uninsured_count) / nullif(sum(employed_count), 0), sum(employed_count),
        {'employed': sum(employed_count), 'without_insurance': sum(uninsured_count)}::json
    from {{ ref('int_review_outcome_check') }}
    where subject_id is not null
    group by all
    union all
    select 'shrinking_denominator', subject_kind, subject_id, reporting_unit, year,
        round((sum(base_as_before) - sum(base_count))::double / sum(mature_count), 6), least(sum(mature_count), sum(mature_before)),
        {'base': sum(base_count), 'base_as_before': round(sum(base_as_before), 2), 'completed': sum(mature_count)}::json
    from bases
    group by all
    union all
    select 'rank_stability', subject_kind, subject_id, reporting_unit, year, places_moved / nullif(peer_count, 0), peer_count,
        {'places_moved': places_moved, 'line_no': varied_no}::json
    from {{ ref('int_review_stability') }}
)

select
    m.check_code, m.subject_kind, m.subject_id, m.reporting_unit, m.year, m.measured_value::double as measured_value, c.threshold,
    m.case_count::bigint as case_count, c.clause,
    case when m.check_code = 'equal_split_of_quotas'
        then coalesce((m.evidence ->> 'do_scores_differ')::boolean, false)
            and (m.measured_value <= c.threshold or coalesce((m.evidence ->> 'rank_correlation')::double <= 0, false))
        else m.measured_value >= c.threshold and coalesce((m.evidence ->> 'places_moved')::integer, 2) >= 2 end as is_raised,
    m.evidence
from measured as m
inner join {{ source('given', 'review_check') }} as c on c.code = m.check_code
where m.measured_value is not null and m.case_count >= c.minimum_count
