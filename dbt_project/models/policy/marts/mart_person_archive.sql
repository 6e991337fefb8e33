-- One row per person and event (劳动者职业培训电子档案): trainings, assessments, subsidies and employment of a person in one time
-- line. A subsidy paid to a class is the person's even share of it, dated by the newest payment of the class.
select
    person_key, starts_on as event_on, ends_on as until_on, 'training' as event_kind, training_type as detail_code,
    completion as outcome_code, class_id, institution_id as organisation_id, occupation_name, skill_level,
    null::decimal(18, 2) as amount_yuan, class_id as event_id
from {{ ref('fct_training') }}
where has_started
union all
select
    person_key, examined_on, issued_on, 'assessment', certificate_kind, case when certificate_status = 'revoked' then 'revoked' else result end,
    class_id, assessor_id, occupation_name, skill_level, null, certification_key
from {{ ref('fct_certification') }}
where is_counted
union all
select
    s.person_key, c.paid_on, null, 'subsidy', s.subsidy_kind, 'paid', s.class_id, null, null, null, s.paid_yuan,
    s.class_id || '/' || s.subsidy_kind
from {{ ref('mart_subsidy_due') }} as s
inner join (
    select class_id, subsidy_kind, max(paid_on) as paid_on from {{ ref('int_policy_claim') }}
    where paid_yuan is not null and class_id is not null
    group by class_id, subsidy_kind
) as c on c.class_id = s.class_id and c.subsidy_kind = s.subsidy_kind
where s.paid_yuan <> 0 and s.person_key is not null
union all
-- work-for-training names a person and a month, no class
select
    person_key, ojt_month, last_day(ojt_month), 'subsidy', subsidy_kind, claim_status, null, payee_id, null, null, paid_yuan,
    claim_key || '/' || ojt_month::varchar
from {{ ref('int_policy_claim_row') }}
where class_id is null and person_key is not null and ojt_month is not null and paid_yuan <> 0
union all
select
    person_key, starts_on, ends_on, 'employment', insurance_kind, null, null, employer_id, null, null, null,
    concat_ws('/', employer_id, insurance_kind, starts_on)
from {{ ref('fct_employment') }}
where is_counted
