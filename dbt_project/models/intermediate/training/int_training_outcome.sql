-- Flags of a counted training: base and outcome of every rate that looks past the class.
select
    t.class_id,
    t.person_key,
    e.person_key is not null as is_linked,
    not (t.is_employed_by_flag or coalesce(e.is_employed_at_start, false)) as was_not_employed,
    t.ends_on + interval 3 month <= b.data_date as is_mature_3m,
    t.employment_to <= b.data_date as is_mature_6m,
    t.ends_on + interval 12 month <= b.data_date as is_mature_12m,
    coalesce(e.is_employed_3m, false) as is_employed_3m,
    coalesce(e.is_employed_6m, false) as is_employed_6m,
    coalesce(e.is_employed_12m, false) as is_employed_12m,
    coalesce(e.is_in_force_6m, false) as is_in_force_6m,
    coalesce(e.is_in_force_12m, false) as is_in_force_12m,
    coalesce(e.has_started_business, false) as has_started_business
from {{ ref('int_training') }} as t
cross join {{ source('control', 'build') }} as b
left join {{ ref('int_training_employment') }} as e on e.class_id = t.class_id and e.person_key = t.person_key
where t.is_counted
