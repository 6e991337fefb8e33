-- Sums due by heads: a class without a roster, in a unit no document binds, is reckoned by its standard and the heads claimed.
-- Where a document binds, persons who are not in the system are due nothing (CQ2021-8d).
select
    c.class_id,
    c.subsidy_kind,
    s.standard_yuan,
    sum(c.claimed_headcount)::bigint as head_count,
    (s.standard_yuan * 100)::bigint * sum(c.claimed_headcount)::bigint as due_fen,
    sum((c.claimed_yuan * 100)::bigint)::bigint as claimed_fen,
    sum((coalesce(c.approved_yuan, 0) * 100)::bigint)::bigint as approved_fen,
    sum((coalesce(c.paid_yuan, 0) * 100)::bigint - (coalesce(c.recovered_yuan, 0) * 100)::bigint)::bigint as paid_fen
from {{ ref('int_policy_claim') }} as c
inner join {{ ref('dim_class') }} as k on k.class_id = c.class_id and k.is_filed and k.has_started
inner join {{ ref('int_class_standard') }} as s on s.class_id = c.class_id
left join {{ ref('int_class_document') }} as d on d.class_id = c.class_id
where d.class_id is null and c.subsidy_kind = 'training' and c.claimed_headcount is not null
    and c.class_id not in (select class_id from {{ ref('stg_enrollments') }})
group by c.class_id, c.subsidy_kind, s.standard_yuan
