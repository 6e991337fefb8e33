-- Plans of a unit split over its institutions: how much the quotas differ, and whether the better have the larger ones.
with quotas as (
    select reporting_unit, period::integer as year, member as institution_id, arg_max(target_value, plan_version)::decimal(18, 4) as quota
    from {{ ref('int_target') }}
    where indicator_code = 'person_times' and dimension = 'institution_id' and regexp_full_match(period, '[0-9]{4}')
    group by all
),

ranked as (
    select
        q.*, s.score,
        rank() over (partition by q.reporting_unit, q.year order by q.quota) as quota_rank,
        rank() over (partition by q.reporting_unit, q.year order by s.score) as score_rank
    from quotas as q
    left join {{ ref('int_institution_score') }} as s
        on s.reporting_unit = q.reporting_unit and s.institution_id = q.institution_id and s.calendar_year = q.year
)

select
    reporting_unit, year, count(*) as institution_count,
    round(sqrt(greatest(0, count(*) * sum(quota::double * quota::double) - sum(quota)::double * sum(quota)::double))
        / nullif(sum(quota)::double, 0), 6) as quota_variation,
    round(case when isfinite(corr(quota_rank, score_rank) filter (score is not null))
        then corr(quota_rank, score_rank) filter (score is not null) end, 6) as rank_correlation,
    max(score) > min(score) as do_scores_differ
from ranked
group by reporting_unit, year
