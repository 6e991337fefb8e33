-- Trainings that a paid claim of kind training or apprenticeship reaches: a class, and the person where the claim names one.
with claims as (
    select * from {{ ref('fct_claim') }}
    where is_counted and subsidy_kind in ('training', 'apprenticeship')
),

headers as (
    select claim_key, class_id from claims
    where person_key is null and claim_status = 'paid' and net_paid_yuan > 0
),

-- inner joins only: a left join on a condition of this kind would compare every line with every header
lines as (
    select coalesce(l.class_id, h.class_id) as class_id, l.person_key
    from claims as l
    inner join headers as h on h.claim_key = l.claim_key
    where l.person_key is not null and l.has_header and l.is_live
        and (h.class_id = l.class_id or l.class_id is null or h.class_id is null)
    union all
    select class_id, person_key
    from claims
    where person_key is not null and not has_header
        and claim_status = 'paid' and net_paid_yuan > 0
)

select distinct class_id, person_key from lines where class_id is not null
union
select distinct class_id, null::varchar
from headers
where class_id is not null and claim_key not in (select claim_key from claims where person_key is not null)
