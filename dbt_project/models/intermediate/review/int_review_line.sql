-- One row per subject, period and line of its scheme: what is known, the target it stands against, its interval.
-- A subject is one that trained in the period, or a district. A quarter without a plan of its own takes the year's: a quarter of
-- a count, the level of a ratio.
with subjects as (
    select f.subject_kind, f.subject_id, f.reporting_unit, f.period, left(f.period, 4) as calendar_year, s.scheme,
        nullif(left(f.period, 4), f.period) as quarter_of_year
    from {{ ref('int_review_figure') }} as f
    inner join {{ ref('int_review_scheme') }} as s on s.reporting_unit = f.reporting_unit
    where f.indicator_code = 'person_times' and (f.value > 0 or f.subject_kind = 'district')
),

plans as (
    select
        reporting_unit, indicator_code, period,
        case when breakdown = '' then reporting_unit else trim(split_part(breakdown, '=', 2)) end as subject_id,
        arg_max(target_value, plan_version) as target_value
    from {{ ref('mart_target_progress') }}
    group by all
),

means as (
    select
        subject_kind, period, indicator_code, case when subject_kind <> 'district' then reporting_unit end as peers,
        coalesce(sum(numerator::decimal(38, 4))::double / nullif(sum(denominator::decimal(38, 4))::double, 0),
            sum(value::decimal(38, 8))::double / count(*)) as reference_value
    from {{ ref('int_review_figure') }}
    group by all
)

select
    u.* exclude (quarter_of_year), i.* exclude (scheme, subject_kind), f.numerator, f.denominator, f.value as raw_value, m.expected_value, m.adjusted_value,
    m.shrunk_value, m.credibility, m.interval_low as adjusted_low, m.interval_high as adjusted_high,
    coalesce(m.reference_value, a.reference_value) as reference_value,
    case when i.kind = 'ratio' then coalesce(f.denominator, 0) end as sample_count,
    case i.basis when 'adjusted' then m.adjusted_value when 'shrunk' then m.shrunk_value else f.value end as scored_value,
    case i.target_from
        when 'reference' then coalesce(m.reference_value, a.reference_value, i.target_value)
        when 'plan' then coalesce(p.target_value, y.target_value / if(i.kind in ('count', 'amount'), 4, 1), i.target_value)
        else i.target_value end as set_value
from subjects as u
inner join {{ source('given', 'scheme_indicator') }} as i on i.scheme = u.scheme and i.subject_kind = u.subject_kind
left join {{ ref('int_review_figure') }} as f
    on f.subject_kind = u.subject_kind and f.subject_id = u.subject_id and f.reporting_unit = u.reporting_unit
    and f.period = u.period and f.indicator_code = i.indicator_code
left join {{ ref('mart_review_case_mix') }} as m
    on m.subject_kind = u.subject_kind and m.subject_id = u.subject_id and m.reporting_unit = u.reporting_unit
    and m.period = u.period and m.indicator_code = i.indicator_code
left join means as a
    on a.subject_kind = u.subject_kind and a.period = u.period and a.indicator_code = i.indicator_code
    and a.peers is not distinct from case when u.subject_kind <> 'district' then u.reporting_unit end
left join plans as p
    on p.reporting_unit = u.reporting_unit and p.indicator_code = i.indicator_code and p.period = u.period
    and p.subject_id = u.subject_id
left join plans as y
    on y.reporting_unit = u.reporting_unit and y.indicator_code = i.indicator_code and y.period = u.quarter_of_year
    and y.subject_id = u.subject_id
