-- One row per assessment result.
select
    md5(concat_ws('|', c.assessment_batch, c.person_key, c.occupation_name, coalesce(c.skill_level, ''))) as certification_key,
    c.assessment_batch,
    c.person_key,
    c.class_id,
    c.assessor_id,
    c.occupation_code,
    c.occupation_name,
    c.skill_level,
    c.examined_on,
    c.result,
    c.certificate_kind,
    c.certificate_no,
    c.issued_on,
    c.certificate_status,
    coalesce(c.result = 'passed', false) as is_passed,
    coalesce(c.result in ('passed', 'failed'), false) as is_examined,
    coalesce(c.result = 'passed' and c.certificate_status is distinct from 'revoked', false) as is_certificate,
    c.examined_on <= b.data_date as is_counted,
    c.submission_id,
    c.file_name,
    c.sheet,
    c.row_no
from {{ ref('stg_certifications') }} as c
cross join {{ source('control', 'build') }} as b
