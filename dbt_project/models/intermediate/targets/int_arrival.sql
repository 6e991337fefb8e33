-- Person-times by the days from the end of their quarter until they were known: when the submissions that tell of them
-- first came. What was sent more than 120 days after its period is a backfill and counts as sent at the end of the period.
with arrivals as (
    select
        submission_id,
        case when first_at <= period_ends_on + 120 then first_at else period_ends_on end as arrived_on
    from (
        select *, min(committed_at) over (partition by dataset, reporting_unit, period)::date as first_at
        from {{ source('control', 'submission') }}
    )
),

trainings as (
    select t.class_id, t.person_key, t.reporting_unit, t.is_certified, t.is_paid, q.ends_on, a.arrived_on
    from {{ ref('fct_training') }} as t
    inner join {{ ref('int_quarter') }} as q on q.quarter = year(t.ends_on) || 'Q' || quarter(t.ends_on)
    inner join arrivals as a on a.submission_id = t.submission_id
    where t.is_counted
),

certificates as (
    select m.class_id, m.person_key, min(a.arrived_on) as arrived_on
    from {{ ref('int_training_certification') }} as m
    inner join {{ ref('fct_certification') }} as c on c.certification_key = m.certification_key and c.is_certificate
    inner join arrivals as a on a.submission_id = c.submission_id
    group by all
),

payments as (
    select c.class_id, min(a.arrived_on) as arrived_on
    from {{ ref('fct_claim') }} as c
    inner join arrivals as a on a.submission_id = c.submission_id
    where c.claim_status = 'paid'
    group by all
),

told as (
    select 'roster' as event, reporting_unit, ends_on, arrived_on from trainings
    union all
    select 'certificate', t.reporting_unit, t.ends_on, greatest(t.arrived_on, c.arrived_on)
    from trainings as t
    inner join certificates as c on c.class_id = t.class_id and c.person_key = t.person_key
    where t.is_certified
    union all
    select 'payment', t.reporting_unit, t.ends_on, greatest(t.arrived_on, p.arrived_on)
    from trainings as t
    inner join payments as p on p.class_id = t.class_id
    where t.is_paid
)

select event, reporting_unit, ends_on, greatest(arrived_on - ends_on, 0) as lag_days, count(*) as training_count
from told
group by all
