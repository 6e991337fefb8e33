-- One row per class, with what decides whether and when its trainings count, by the conventions of its unit's pack. Without a code the major group is that of the
-- name, listed or old, where all occupations of that name lie in one: the first digit is stable across the editions.
with majors as (
    select occupation_name, min(left(occupation_code, 1)) as occupation_major
    from (
        select occupation_name, occupation_code from {{ source('given', 'occupation') }}
        union all select name_before, code_2022 from {{ source('given', 'occupation_alias') }}
    )
    group by occupation_name
    having count(distinct left(occupation_code, 1)) = 1
)

select
    c.class_id,
    left(c.district_code, 6) as reporting_unit,
    c.institution_id,
    c.project_id,
    c.training_type,
    coalesce(c.occupation_code, p.occupation_code) as occupation_code,
    c.occupation_name,
    coalesce(left(coalesce(c.occupation_code, p.occupation_code), 1), m.occupation_major) as occupation_major,
    c.skill_level,
    p.certificate_kind as project_certificate_kind,
    c.delivery_mode,
    c.street,
    c.fund_source,
    c.class_status,
    c.applied_on,
    c.approved_on,
    c.starts_on,
    c.ends_on,
    c.total_lessons,
    c.online_lessons,
    coalesce(p.standard_yuan, c.standard_yuan) as standard_yuan,
    coalesce(c.is_project_based, false) as is_project_based,
    coalesce(c.is_demonstration, false) as is_demonstration,
    c.employer_id,
    coalesce(list_contains(coalesce(v.class_statuses, ['filed', 'closed']), c.class_status), false) as is_filed,
    coalesce(
        list_contains(coalesce(v.class_statuses, ['filed', 'closed']), c.class_status)
        and not list_contains(coalesce(v.excluded_training_types, ['on_the_job']), c.training_type)
        and not list_contains(coalesce(v.excluded_fund_sources, ['enterprise_education_fund']), c.fund_source),
        false
    ) as is_in_scope,
    coalesce(c.starts_on <= b.data_date, false) as has_started,
    coalesce(c.ends_on <= b.data_date, false) as has_ended,
    c.submission_id,
    c.file_name,
    c.sheet,
    c.row_no
from {{ ref('stg_classes') }} as c
cross join {{ source('control', 'build') }} as b
left join {{ ref('int_class_project') }} as p on p.class_id = c.class_id
left join {{ ref('int_policy_convention') }} as v on v.unit_code = left(c.district_code, 6)
left join majors as m on m.occupation_name = c.occupation_name
