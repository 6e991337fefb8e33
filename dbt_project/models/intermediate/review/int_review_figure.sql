-- One row per subject, period and measure that a scheme may score: indicators by unit, institution and training type, and the
-- measures of the review. High-skill training bases are institutions looked at once more. Years and quarters.
with figures as (
    select
        case dimension when 'all' then 'district' when 'institution_id' then 'institution' else 'project_class' end as subject_kind,
        case dimension when 'all' then reporting_unit else member end as subject_id,
        reporting_unit, period, indicator_code, numerator, denominator, value
    from {{ ref('mart_indicator') }}
    where dimension in ('all', 'institution_id', 'training_type') and value is not null
        -- what no scheme looks at is most of a release
        and (indicator_code = 'person_times' or indicator_code in (select indicator_code from {{ source('given', 'scheme_indicator') }}))
    union all
    select subject_kind, subject_id, reporting_unit, period, measure, numerator, denominator, value
    from {{ ref('mart_review_measure') }}
    where value is not null
)

select f.*
from figures as f
semi join {{ ref('dim_period') }} as p on p.period = f.period and p.period_kind <> 'span' and p.is_started
semi join {{ ref('int_review_scheme') }} as s on s.reporting_unit = f.reporting_unit
union all
select 'base', f.* exclude (subject_kind)
from figures as f
semi join {{ ref('dim_institution') }} as i on i.institution_id = f.subject_id and i.is_high_skill_base
semi join {{ ref('dim_period') }} as p on p.period = f.period and p.period_kind <> 'span' and p.is_started
semi join {{ ref('int_review_scheme') }} as s on s.reporting_unit = f.reporting_unit
where f.subject_kind = 'institution'
