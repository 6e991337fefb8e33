-- Living subsidy of a person reached by a living claim: yuan per day x distinct days attended in the class.
with days as (
    select class_id, person_key, count(distinct attended_on) as day_count
    from {{ ref('stg_attendance') }}
    where class_id in (select class_id from {{ ref('int_claim_reach') }} where subsidy_kind = 'living')
    group by class_id, person_key
),

standards as (
    select claim_key, max(standard_yuan) as standard_yuan
    from {{ ref('int_policy_claim_row') }}
    where subsidy_kind = 'living'
    group by claim_key
)

select
    r.class_id,
    r.person_key,
    max(s.standard_yuan) as standard_yuan,
    coalesce(max(d.day_count), 0) as day_count,
    coalesce(max((s.standard_yuan * 100)::bigint * d.day_count), 0)::bigint as due_fen
from {{ ref('int_claim_reach') }} as r
inner join standards as s on s.claim_key = r.claim_key
left join days as d on d.class_id = r.class_id and d.person_key = r.person_key
where r.subsidy_kind = 'living'
group by r.class_id, r.person_key
