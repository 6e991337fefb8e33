-- Money against the sum due: a claim for a class with online lessons above it, a certified class unpaid long after its end.
with claimed as (
    select r.claim_key, sum(d.due_fen) as due_fen
    from {{ ref('int_claim_reach') }} as r
    inner join {{ ref('int_training_due') }} as d
        on d.class_id = r.class_id and d.person_key = r.person_key and d.subsidy_kind = r.subsidy_kind
    where r.subsidy_kind = 'training'
    group by r.claim_key
),

classes as (
    select class_id, sum(due_fen) as due_fen, count(*) filter (where is_completed and is_certified) as certified_count
    from {{ ref('int_training_due') }}
    group by class_id
)

select
    {{ finding_columns('c', 'c.reporting_unit', 'c.claimed_yuan - (m.due_fen / 100)::decimal(18, 2)', 'c.claimed_on',
        "{'claimed_yuan': c.claimed_yuan, 'due_yuan': (m.due_fen / 100)::decimal(18, 2)}",
        class_id='c.class_id', claim_id='c.claim_id', key='c.claim_key') }}
from {{ ref('int_policy_claim') }} as c
inner join {{ ref('int_policy_class') }} as k on k.class_id = c.class_id and k.online_lessons > 0
inner join claimed as m on m.claim_key = c.claim_key
{{ bound('online_pay', 'c.reporting_unit', 'c.claimed_on') }}
where c.subsidy_kind = 'training' and (c.claimed_yuan * 100)::bigint > m.due_fen
union all
select
    {{ finding_columns('c', 'c.reporting_unit', '(m.due_fen / 100)::decimal(18, 2)', 'b.data_date',
        "{'ends_on': c.ends_on, 'certified': m.certified_count}", class_id='c.class_id', institution_id='c.institution_id') }}
from {{ ref('int_policy_class') }} as c
cross join {{ source('control', 'build') }} as b
inner join classes as m on m.class_id = c.class_id
{{ bound('in_system_unpaid', 'c.reporting_unit', 'c.approved_on') }}
{{ limit('unpaid_days', 'p', 'b.data_date') }}
left join {{ ref('int_class_claimed') }} as p2 on p2.class_id = c.class_id
where c.is_in_scope and m.certified_count > 0 and not coalesce(p2.is_paid, false)
    and c.ends_on + p.amount::integer < b.data_date
