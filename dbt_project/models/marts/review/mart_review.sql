-- One row per subject, period and line of its scheme: points, what they are made of, total, rank and grade.
-- Lines that cannot be scored fall out and the others count for the full 100; a penalty takes points off the total. Who is
-- scored on less of the weights than the scheme asks for has a total, but neither rank nor grade.
with points as materialized (
    select * from {{ ref('int_review_point') }}
),

weights as (
    select scheme, subject_kind, subject_id, reporting_unit, period, sum(weight) filter (is_scored) as scored_sum
    from points
    group by all
),

weighted as (
    select p.*, round(100 * p.weight / nullif(w.scored_sum, 0), 4) as scored_weight
    from points as p
    inner join weights as w using (scheme, subject_kind, subject_id, reporting_unit, period)
),

scored as (
    select
        *,
        case when rule = 'penalty' then round(share, 4) when is_scored then round(share * scored_weight, 4) end::decimal(9, 4) as score
    from weighted
),

totals as (
    select
        scheme, subject_kind, subject_id, reporting_unit, period,
        case when bool_or(is_scored and rule <> 'penalty') then greatest(0, sum(score)) end::decimal(9, 4) as total_score,
        coalesce(sum(weight) filter (is_scored), 0)::decimal(6, 2) as covered_weight
    from scored
    group by all
),

covered as (
    select t.*, t.total_score is not null and t.covered_weight >= c.minimum_coverage as is_covered
    from totals as t
    inner join {{ source('given', 'scheme') }} as c on c.scheme = t.scheme
),

ranked as (
    select
        t.*,
        if(t.is_covered, rank() over (peers order by t.is_covered desc, t.total_score desc), null) as place,
        count_if(t.is_covered) over peers as peer_count,
        g.grade, g.label_zh as grade_zh, g.label_en as grade_en, g.consequence, g.quota_change
    from covered as t
    asof left join {{ source('given', 'scheme_grade') }} as g
        on g.scheme = t.scheme and g.subject_kind = t.subject_kind and if(t.is_covered, t.total_score, -1) >= g.from_score
    window peers as (partition by t.scheme, t.subject_kind, if(t.subject_kind = 'district', '', t.reporting_unit), t.period)
)

select
    s.scheme, s.subject_kind, s.subject_id, s.reporting_unit, s.period, s.calendar_year::integer as year,
    s.line_no, s.indicator_code, s.level1, s.level2, s.label_zh, s.label_en, s.clause, s.direction, s.rule, s.basis,
    s.numerator, s.denominator, s.raw_value, s.expected_value, s.reference_value, s.adjusted_value, s.shrunk_value, s.credibility,
    s.interval_low, s.interval_high, s.scored_value, s.set_value as target_value, s.verdict, s.minimum_sample, s.is_scored,
    s.weight, if(s.is_scored and s.rule <> 'penalty', s.scored_weight, 0)::decimal(9, 4) as scored_weight, s.share, s.score,
    if(s.scored_value is null, null, s.value_rank)::integer as indicator_rank, r.total_score, r.covered_weight, r.place::integer as rank,
    r.peer_count::integer as peer_count, l.total_score as last_year_score, r.grade, r.grade_zh, r.grade_en, r.consequence, r.quota_change
from scored as s
inner join ranked as r
    on r.subject_kind = s.subject_kind and r.subject_id = s.subject_id and r.reporting_unit = s.reporting_unit and r.period = s.period
left join totals as l
    on l.subject_kind = s.subject_kind and l.subject_id = s.subject_id and l.reporting_unit = s.reporting_unit
    and l.period = (s.calendar_year::integer - 1)::varchar || substr(s.period, 5)
