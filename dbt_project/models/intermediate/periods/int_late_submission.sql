-- Submissions that stand now and came after the official release of a frozen period, for the units they can reach: their
-- own, those above and below. Assessments and spells of work follow the person into every unit.
with related as (
    select reporting_unit as submitted_by, member_unit as reporting_unit from {{ ref('int_unit_member') }}
    union
    select member_unit, reporting_unit from {{ ref('int_unit_member') }}
)

select distinct
    f.period,
    r.reporting_unit,
    s.submission_id,
    s.dataset,
    s.reporting_unit as submitted_by,
    s.period as submitted_period,
    t.title_zh
from {{ source('control', 'frozen') }} as f
inner join {{ source('control', 'submission') }} as s on s.committed_at > f.as_of and s.is_standing
inner join {{ source('control', 'dataset') }} as t on t.dataset = s.dataset
inner join related as r
    on r.submitted_by = left(s.reporting_unit, 6) or s.dataset in ('certifications', 'employment', 'projects', 'institutions')
