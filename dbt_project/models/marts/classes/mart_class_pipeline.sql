-- One row per class: its dated states from application to payment, the days between them, and how long it has stood where it
-- stands. A state dated after the data date has not happened. Assessments and claims are those that name the class.
with assessed as (
    select class_id, min(examined_on) as assessed_on from {{ ref('fct_certification') }}
    where is_counted and class_id is not null
    group by class_id
),

claimed as (
    select
        class_id, min(claimed_on) as claimed_on, max(case when net_paid_yuan > 0 then paid_on end) as paid_on
    from {{ ref('fct_claim') }}
    where is_counted and is_live and subsidy_kind in ('training', 'apprenticeship') and class_id is not null
    group by class_id
),

dated as (
    select
        c.class_id, c.reporting_unit, c.institution_id, c.training_type, c.class_status, b.data_date,
        {% for day in ['c.applied_on', 'c.approved_on', 'c.starts_on', 'c.ends_on', 'a.assessed_on', 'm.claimed_on', 'm.paid_on'] -%}
        case when {{ day }} <= b.data_date then {{ day }} end as {{ day.split('.')[1] }},
        {% endfor -%}
        c.submission_id, c.file_name, c.sheet, c.row_no
    from {{ ref('dim_class') }} as c
    cross join {{ source('control', 'build') }} as b
    left join assessed as a on a.class_id = c.class_id
    left join claimed as m on m.class_id = c.class_id
),

staged as (
    select
        *,
        case
            when class_status in ('returned', 'cancelled', 'pending') then class_status
            when paid_on is not null then 'paid'
            when claimed_on is not null then 'claimed'
            when ends_on is not null and assessed_on is not null then 'assessed'
            when ends_on is not null then 'ended'
            when starts_on is not null then 'started'
            else 'approved'
        end as stage
    from dated
)

select
    class_id,
    reporting_unit,
    institution_id,
    training_type,
    stage,
    case stage when 'paid' then paid_on when 'claimed' then claimed_on when 'assessed' then greatest(assessed_on, ends_on)
        when 'ended' then ends_on when 'started' then starts_on when 'approved' then approved_on else applied_on end as stage_since,
    applied_on,
    approved_on,
    starts_on,
    ends_on,
    assessed_on,
    claimed_on,
    paid_on,
    approved_on - applied_on as approval_days,
    starts_on - approved_on as waiting_days,
    ends_on - starts_on + 1 as teaching_days,
    assessed_on - ends_on as assessment_days,
    claimed_on - ends_on as claiming_days,
    paid_on - claimed_on as payment_days,
    data_date - stage_since as standing_days,
    not coalesce(applied_on > approved_on or approved_on > starts_on or starts_on > ends_on or claimed_on < starts_on
        or paid_on < claimed_on, false) as is_in_order,
    submission_id,
    file_name,
    sheet,
    row_no
from staged
