-- One row per target (unit, indicator, period, breakdown, plan version): actual, completion, and where time stands.
with progress as (
    select
        t.*,
        d.label_zh,
        d.label_en,
        d.clause,
        -- a known member that nothing was counted for stands at 0
        case when i.indicator_code is null and d.kind <> 'ratio' and w.value is not null and k.member is not null then 0
            else i.value end as actual_value,
        p.starts_on,
        p.ends_on,
        b.data_date,
        t.plan_version = max(t.plan_version) over (partition by t.reporting_unit, t.indicator_code, t.period, t.breakdown)
            as is_latest_version
    from {{ ref('int_target') }} as t
    cross join {{ source('control', 'build') }} as b
    left join {{ ref('int_target_period') }} as p on p.period = t.period
    left join {{ ref('mart_indicator') }} as i
        on i.indicator_code = t.indicator_code and i.reporting_unit = t.reporting_unit and i.period = t.period
        and i.dimension = t.dimension and i.member = t.member
    left join {{ ref('mart_indicator') }} as w
        on w.indicator_code = t.indicator_code and w.reporting_unit = t.reporting_unit and w.period = t.period
        and w.dimension = 'all'
    left join {{ ref('int_known_member') }} as k on k.dimension = t.dimension and k.member = t.member
    left join {{ source('given', 'indicator') }} as d on d.indicator_code = t.indicator_code
)

select
    p.reporting_unit,
    p.indicator_code,
    p.period,
    p.breakdown,
    p.plan_version,
    p.is_latest_version,
    p.dimension,
    p.member,
    p.label_zh,
    p.label_en,
    p.unit_of_measure,
    p.target_value,
    p.comparator,
    p.actual_value,
    p.actual_value / nullif(p.target_value, 0) as completion_ratio,
    greatest(0, least(1, (p.data_date - p.starts_on + 1)::double / (p.ends_on - p.starts_on + 1))) as time_progress_ratio,
    case p.comparator
        when 'ge' then p.actual_value >= p.target_value
        when 'le' then p.actual_value <= p.target_value
        when 'eq' then p.actual_value = p.target_value
    end as is_met,
    case
        when p.actual_value is null then null
        when p.comparator = 'ge' then greatest(0, p.target_value - p.actual_value)
        when p.comparator = 'le' then greatest(0, p.actual_value - p.target_value)
        else abs(p.target_value - p.actual_value)
    end as shortfall,
    p.clause,
    p.document_no,
    p.issued_on,
    p.submission_id,
    p.file_name,
    p.sheet,
    p.row_no
from progress as p
