-- One row per scheme of negotiated levels, subject, year and line: actual over adjusted level, truncated to 0.1, never rounded.
-- Factor = estimate 1 - estimate 0: what the same regression expects of this year's trainees and of last year's. The average of
-- the programmes (training types) of a unit is kept per indicator. Failure: below 50 on a line, below 90 on an average.
with levels as (
    select
        s.scheme, i.subject_kind, f.subject_id, f.reporting_unit, f.period, i.line_no, i.indicator_code, i.label_zh, i.label_en,
        f.numerator, f.denominator, coalesce(if(i.target_from = 'plan', p.target_value, null), i.target_value) as negotiated_level,
        b.expected_value as estimate_before, n.expected_value as estimate_after,
        coalesce(n.expected_value - b.expected_value, 0) as adjustment_factor
    from {{ source('given', 'scheme') }} as s
    inner join {{ source('given', 'scheme_indicator') }} as i on i.scheme = s.scheme
    inner join {{ ref('int_review_figure') }} as f
        on f.subject_kind = i.subject_kind and f.indicator_code = i.indicator_code and starts_with(f.reporting_unit, s.prefix)
        and f.denominator >= greatest(i.minimum_sample, 1) and length(f.period) = 4
    left join {{ ref('mart_target_progress') }} as p
        on p.reporting_unit = f.reporting_unit and p.indicator_code = f.indicator_code
        and p.period = f.period and p.breakdown = '' and p.is_latest_version
    left join {{ ref('mart_review_case_mix') }} as n
        on n.subject_kind = f.subject_kind and n.subject_id = f.subject_id and n.reporting_unit = f.reporting_unit
        and n.period = f.period and n.indicator_code = f.indicator_code
    left join {{ ref('mart_review_case_mix') }} as b
        on b.subject_kind = f.subject_kind and b.subject_id = f.subject_id and b.reporting_unit = f.reporting_unit
        and b.period = (f.period::integer - 1)::varchar and b.indicator_code = f.indicator_code
    where s.method = 'negotiated_level'
),

-- six places are kept before truncating: 98.0 must not become 97.9 by the way a computer halves numbers
scored as (
    select
        *,
        greatest(negotiated_level + adjustment_factor, 0.01) as adjusted_level,
        (trunc(round(1000 * numerator / denominator / greatest(negotiated_level + adjustment_factor, 0.01), 6)) / 10)::decimal(9, 1)
            as indicator_score
    from levels
    where negotiated_level > 0
),

averaged as materialized (
    select
        *,
        (trunc(round(10 * sum(indicator_score) over programme / count(*) over programme, 6)) / 10)::decimal(9, 1) as programme_score,
        case when subject_kind = 'project_class'
            then (trunc(round(10 * sum(indicator_score) over line / count(*) over line, 6)) / 10)::decimal(9, 1) end as overall_score
    from scored
    window programme as (partition by scheme, subject_kind, subject_id, reporting_unit, period),
        line as (partition by scheme, subject_kind, reporting_unit, period, indicator_code)
),

-- last year's averages stand for themselves: they count though this line, or this programme, was not scored then
programmes as (
    select distinct scheme, subject_kind, subject_id, reporting_unit, period::integer + 1 as next_year, programme_score from averaged
),

overalls as (
    select distinct scheme, subject_kind, reporting_unit, indicator_code, period::integer + 1 as next_year, overall_score from averaged
)

select
    a.scheme, a.subject_kind, a.subject_id, a.reporting_unit, a.period::integer as year, a.line_no, a.indicator_code, a.label_zh,
    a.label_en, a.numerator, a.denominator, a.numerator / a.denominator as actual_value, a.negotiated_level, a.estimate_before,
    a.estimate_after, a.adjustment_factor, a.adjusted_level, a.indicator_score, a.programme_score, a.overall_score,
    a.indicator_score < 50 as fails_indicator, a.programme_score < 90 as fails_programme,
    coalesce(a.overall_score < 90, false) as fails_overall,
    coalesce((a.indicator_score < 50 and b.indicator_score < 50) or (a.programme_score < 90 and p.programme_score < 90)
        or (a.overall_score < 90 and o.overall_score < 90), false) as fails_twice
from averaged as a
left join averaged as b
    on b.scheme = a.scheme and b.subject_kind = a.subject_kind and b.subject_id = a.subject_id and b.reporting_unit = a.reporting_unit
    and b.indicator_code = a.indicator_code and b.period::integer = a.period::integer - 1
left join programmes as p
    on p.scheme = a.scheme and p.subject_kind = a.subject_kind and p.subject_id = a.subject_id and p.reporting_unit = a.reporting_unit
    and p.next_year = a.period::integer
left join overalls as o
    on o.scheme = a.scheme and o.subject_kind = a.subject_kind and o.reporting_unit = a.reporting_unit
    and o.indicator_code = a.indicator_code and o.next_year = a.period::integer
