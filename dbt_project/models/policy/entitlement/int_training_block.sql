-- Trainings that a block forbids to pay. A block carried by a class or a claim is not here: it holds its own money only.
select class_id, person_key, list_sort(list(distinct rule_id)) as rule_ids
from (
    select class_id, person_key, rule_id, severity, subject_kind from {{ ref('int_finding_training_count') }}
    union all select class_id, person_key, rule_id, severity, subject_kind from {{ ref('int_finding_certificate') }}
    union all select class_id, person_key, rule_id, severity, subject_kind from {{ ref('int_finding_identity') }}
    union all select class_id, person_key, rule_id, severity, subject_kind from {{ ref('int_finding_dalian_person') }}
    union all select class_id, person_key, rule_id, severity, subject_kind from {{ ref('int_finding_dalian_occupation') }}
)
where severity = 'block' and subject_kind = 'training'
group by class_id, person_key
