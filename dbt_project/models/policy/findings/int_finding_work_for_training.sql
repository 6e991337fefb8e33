-- Months of work-for-training: over the limit with one employer, over it with several, after the end of the policy. A month
-- counts once per person and employer; a month already blocked with one employer is not flagged again.
with months as (
    select
        r.*, v.count_area,
        dense_rank() over (partition by v.count_area, r.person_key, r.payee_id order by r.ojt_month) as month_with_employer,
        dense_rank() over (partition by v.count_area, r.person_key order by r.ojt_month) as month_of_person
    from {{ ref('int_policy_claim_row') }} as r
    inner join {{ ref('int_policy_convention') }} as v on v.unit_code = r.reporting_unit
    where r.subsidy_kind = 'on_the_job' and r.ojt_month is not null and r.person_key is not null
),

counted as (
    select m.*, e.employer_count
    from months as m
    inner join (
        select count_area, person_key, count(distinct payee_id) as employer_count from months group by all
    ) as e on e.count_area = m.count_area and e.person_key = m.person_key
)

select
    {{ finding_columns('m', 'm.reporting_unit', 'm.claimed_yuan', 'm.ojt_month',
        "{'month': m.ojt_month, 'month_number': m.month_with_employer}", class_id='m.class_id', person_key='m.person_key',
        employer_id='m.payee_id', claim_id='m.claim_id', key="m.claim_key || '/' || m.ojt_month::varchar") }}
from counted as m
{{ bound('ojt_months_employer', 'm.reporting_unit', 'm.ojt_month') }}
{{ limit('ojt_months_max', 'p', 'm.ojt_month') }}
where m.month_with_employer > p.amount
union all
select
    {{ finding_columns('m', 'm.reporting_unit', 'm.claimed_yuan', 'm.ojt_month',
        "{'month': m.ojt_month, 'month_number': m.month_of_person, 'employers': m.employer_count}", class_id='m.class_id',
        person_key='m.person_key', employer_id='m.payee_id', claim_id='m.claim_id', key="m.claim_key || '/' || m.ojt_month::varchar") }}
from counted as m
{{ bound('ojt_months_person', 'm.reporting_unit', 'm.ojt_month') }}
{{ limit('ojt_months_max', 'p', 'm.ojt_month') }}
where m.month_of_person > p.amount and m.month_with_employer <= p.amount and m.employer_count > 1
union all
select
    {{ finding_columns('m', 'm.reporting_unit', 'm.claimed_yuan', 'm.ojt_month',
        "{'month': m.ojt_month, 'last_day': p.value_on}", class_id='m.class_id', person_key='m.person_key',
        employer_id='m.payee_id', claim_id='m.claim_id', key="m.claim_key || '/' || m.ojt_month::varchar") }}
from counted as m
{{ bound('ojt_after_end', 'm.reporting_unit', 'm.ojt_month') }}
{{ limit('ojt_last_day', 'p', 'm.ojt_month') }}
where m.ojt_month > p.value_on
