-- One row per institution: its newest listing; base = listed as a high-skill training base in any version.
select
    institution_id,
    institution_name,
    institution_kind,
    ownership,
    tier,
    left(district_code, 6) as reporting_unit,
    listed_on,
    delisted_on,
    list_status,
    list_status_from,
    bool_or(institution_kind = 'high_skill_base') over (partition by institution_id) as is_high_skill_base
from {{ ref('stg_institutions') }}
qualify row_number() over (partition by institution_id order by listed_on desc, submission_id desc) = 1
