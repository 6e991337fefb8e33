-- Patterns of sham training: attendance copied for a whole class, certificates in bulk from a new assessor, one phone on many.
with days as (
    select
        class_id, attended_on,
        min(signed_in_at) is not null and count(*) = count(signed_in_at) and count(*) = count(signed_out_at)
            and date_trunc('minute', min(signed_in_at)) = date_trunc('minute', max(signed_in_at))
            and date_trunc('minute', min(signed_out_at)) = date_trunc('minute', max(signed_out_at)) as is_copied
    from {{ ref('stg_attendance') }}
    group by class_id, attended_on
),

alike as (
    select class_id, count(*) as day_count from days group by class_id having bool_and(is_copied)
),

-- nobody missed a day: as many pairs of person and day as persons times days
copied as (
    select a.class_id, l.day_count, count(distinct a.person_key) as trainees
    from {{ ref('stg_attendance') }} as a
    inner join alike as l on l.class_id = a.class_id
    group by a.class_id, l.day_count
    having count(distinct (a.person_key, a.attended_on)) = count(distinct a.person_key) * l.day_count
),

assessors as (
    select institution_id, min(listed_on) as listed_on, arg_max(left(district_code, 6), listed_on) as reporting_unit
    from {{ ref('stg_institutions') }}
    where institution_kind = 'assessor'
    group by institution_id
),

batches as (
    select
        assessor_id, date_trunc('month', coalesce(issued_on, examined_on))::date as issued_month, count(*) as certificates,
        min(submission_id) as submission_id, min(file_name) as file_name, min(sheet) as sheet, min(row_no) as row_no
    from {{ ref('fct_certification') }}
    where is_counted and is_certificate and certificate_status is distinct from 'reissued'
    group by assessor_id, issued_month
),

phones as (
    select count_area, phone_key, count(distinct person_key) as persons
    from {{ ref('int_policy_training') }}
    where phone_key is not null
    group by count_area, phone_key
    having count(distinct person_key) > 1
)

select
    {{ finding_columns('c', 'c.reporting_unit', 'coalesce(m.claimed_yuan, 0)', 'c.starts_on', "{'days': k.day_count, 'trainees': k.trainees}",
        class_id='c.class_id', institution_id='c.institution_id') }}
from {{ ref('int_policy_class') }} as c
inner join copied as k on k.class_id = c.class_id
{{ bound('same_signs', 'c.reporting_unit', 'c.starts_on') }}
{{ limit('same_signs_trainees', 'p', 'c.starts_on') }}
{{ limit('same_signs_days', 'd', 'c.starts_on') }}
left join {{ ref('int_class_claimed') }} as m on m.class_id = c.class_id
where k.trainees >= p.amount and k.day_count >= d.amount
union all
select
    {{ finding_columns('b', 'a.reporting_unit', 'null', 'b.issued_month', "{'month': b.issued_month, 'certificates': b.certificates, 'listed_on': a.listed_on}",
        institution_id='b.assessor_id', key='b.issued_month') }}
from batches as b
inner join assessors as a on a.institution_id = b.assessor_id
{{ bound('bulk_certificates', 'a.reporting_unit', 'last_day(b.issued_month)') }}
{{ limit('bulk_certificates_month', 'p', 'last_day(b.issued_month)') }}
{{ limit('bulk_certificates_listed_months', 'l', 'last_day(b.issued_month)') }}
where b.certificates > p.amount and b.issued_month < a.listed_on + to_months(l.amount::integer)
union all
select
    {{ finding_columns('t', 't.reporting_unit', 'null', 't.starts_on', "{'persons': f.persons}", class_id='t.class_id',
        person_key='t.person_key', institution_id='t.institution_id') }}
from {{ ref('int_policy_training') }} as t
inner join phones as f on f.phone_key = t.phone_key and f.count_area = t.count_area
{{ bound('shared_phone', 't.reporting_unit', 't.starts_on') }}
{{ limit('shared_phone_persons', 'p', 't.starts_on') }}
where f.persons >= p.amount
