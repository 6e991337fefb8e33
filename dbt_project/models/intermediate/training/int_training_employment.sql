-- What the employment records say of a counted training: in work on its first day, after it, and on later days.
-- A month is added with the day clamped to the month's end.
select
    t.class_id,
    t.person_key,
    bool_or(e.is_employment and e.starts_on <= t.starts_on and e.in_force_to >= t.starts_on) as is_employed_at_start,
    bool_or(e.is_employment and e.in_force_to > t.ends_on and e.starts_on <= t.ends_on + interval 3 month) as is_employed_3m,
    bool_or(e.is_employment and e.in_force_to > t.ends_on and e.starts_on <= t.employment_to) as is_employed_6m,
    bool_or(e.is_employment and e.in_force_to > t.ends_on and e.starts_on <= t.ends_on + interval 12 month) as is_employed_12m,
    bool_or(e.is_employment and t.ends_on + interval 6 month between e.starts_on and e.in_force_to) as is_in_force_6m,
    bool_or(e.is_employment and t.ends_on + interval 12 month between e.starts_on and e.in_force_to) as is_in_force_12m,
    bool_or(
        (e.business_registered_on > t.ends_on and e.business_registered_on <= t.ends_on + interval 12 month)
        or (e.insurance_kind = 'business' and e.starts_on > t.ends_on and e.starts_on <= t.ends_on + interval 12 month)
    ) as has_started_business
from {{ ref('int_training') }} as t
inner join {{ ref('fct_employment') }} as e on e.person_key = t.person_key
where t.is_counted and e.is_counted
group by t.class_id, t.person_key
