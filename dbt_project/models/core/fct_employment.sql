-- One row per spell of employment or insurance; employment = a kind that shows a person in work.
select
    e.person_key,
    e.employer_id,
    e.insurance_kind,
    e.starts_on,
    e.ends_on,
    coalesce(e.ends_on, date '9999-12-31') as in_force_to,
    e.business_registered_on,
    e.pension_from,
    e.insurance_kind in ('pension', 'unemployment', 'injury', 'flexible', 'registration', 'business') as is_employment,
    e.starts_on <= b.data_date as is_counted,
    e.submission_id,
    e.file_name,
    e.sheet,
    e.row_no
from {{ ref('stg_employment') }} as e
cross join {{ source('control', 'build') }} as b
