-- One person in one class that policy looks at, with what eligibility and counting need.
select
    e.class_id,
    e.person_key,
    c.reporting_unit,
    c.count_area,
    c.training_type,
    c.institution_id,
    c.occupation_key,
    c.skill_level,
    c.is_project_based,
    c.approved_on,
    c.starts_on,
    c.ends_on,
    c.has_ended,
    c.standard_yuan,
    c.employer_id as class_employer_id,
    e.employer_id,
    e.trainee_categories,
    e.hukou_kind,
    e.phone_key,
    e.contract_from,
    e.contract_to,
    e.fee_yuan,
    coalesce(list_contains(v.completions, e.completion), false) as is_completed,
    coalesce(list_contains(v.completions, e.completion), false) and c.is_in_scope and c.has_ended as is_counted,
    e.submission_id,
    e.file_name,
    e.sheet,
    e.row_no
from {{ ref('stg_enrollments') }} as e
inner join {{ ref('int_policy_class') }} as c on c.class_id = e.class_id
inner join {{ ref('int_policy_convention') }} as v on v.unit_code = c.reporting_unit
