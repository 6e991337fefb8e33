-- Classes that policy looks at (filed or closed, begun by the data date), with unit, standard, days and heads.
with heads as (
    select class_id, count(*) as enrolled_count, count(*) filter (where is_completed) as completed_count
    from {{ ref('fct_training') }}
    group by class_id
)

select
    c.class_id,
    c.reporting_unit,
    v.count_area,
    c.institution_id,
    c.project_id,
    c.training_type,
    c.fund_source,
    c.employer_id,
    c.occupation_name,
    k.occupation_key,
    case when coalesce(c.occupation_code, k.occupation_key) similar to '[1-8]-[0-9].*'
        then left(coalesce(c.occupation_code, k.occupation_key), 1) end as occupation_major,
    c.skill_level,
    coalesce(c.skill_level in ('3', '2', '1'), false) as is_senior,
    n.is_new_occupation,
    c.is_project_based,
    c.applied_on,
    c.approved_on,
    c.starts_on,
    c.ends_on,
    c.has_ended,
    nullif(c.total_lessons, 0) as total_lessons,
    coalesce(c.online_lessons, 0) as online_lessons,
    coalesce(v.lessons_per_day, 6) as lessons_per_day,
    s.standard_yuan,
    s.standard_from,
    s.daily_rate_yuan,
    s.project_certificate_kind,
    list_contains(v.class_statuses, c.class_status)
        and not list_contains(v.excluded_training_types, c.training_type)
        and not list_contains(v.excluded_fund_sources, c.fund_source) as is_in_scope,
    not list_contains(v.excluded_fund_sources, c.fund_source) as is_subsidised,
    coalesce(h.enrolled_count, 0) as enrolled_count,
    coalesce(h.completed_count, 0) as completed_count,
    c.submission_id,
    c.file_name,
    c.sheet,
    c.row_no
from {{ ref('dim_class') }} as c
inner join {{ ref('int_policy_convention') }} as v on v.unit_code = c.reporting_unit
inner join {{ ref('int_class_standard') }} as s on s.class_id = c.class_id
inner join {{ ref('int_class_new_occupation') }} as n on n.class_id = c.class_id
left join {{ ref('int_occupation_key') }} as k on k.occupation_name = c.occupation_name
left join heads as h on h.class_id = c.class_id
where c.is_filed and c.has_started
