-- Living subsidy of a person reached by a living claim: yuan per day x distinct days attended in the class; none where a block
-- forbids to pay for the training. Whether the person is of the groups is told, NULL where no pack names groups: outside is a flag.
with days as (
    select class_id, person_key, count(distinct attended_on) as day_count
    from {{ ref('stg_attendance') }}
    where lessons > 0 and class_id in (select class_id from {{ ref('int_claim_reach') }} where subsidy_kind = 'living')
    group by class_id, person_key
),

standards as (
    select claim_key, max(standard_yuan) as standard_yuan
    from {{ ref('int_policy_claim_row') }}
    where subsidy_kind = 'living'
    group by claim_key
),

reached as (
    select r.class_id, r.person_key, max(s.standard_yuan) as standard_yuan
    from {{ ref('int_claim_reach') }} as r
    inner join standards as s on s.claim_key = r.claim_key
    where r.subsidy_kind = 'living'
    group by r.class_id, r.person_key
),

entitled as (
    select
        t.class_id, t.person_key,
        bool_or(list_contains(t.trainee_categories, g.category) and (g.condition is null or coalesce(t.hukou_kind = 'rural', false)
            or list_contains(t.trainee_categories, 'low_income_family'))) as is_entitled
    from {{ ref('int_policy_training') }} as t
    inner join reached as r on r.class_id = t.class_id and r.person_key = t.person_key
    inner join {{ ref('int_policy_category') }} as g
        on g.category_set = 'living' and starts_with(t.reporting_unit, {{ division_prefix('g.jurisdiction') }})
        and t.ends_on between g.valid_from and g.valid_to
    group by t.class_id, t.person_key
)

select
    r.class_id,
    r.person_key,
    r.standard_yuan,
    coalesce(d.day_count, 0) as day_count,
    e.is_entitled,
    b.class_id is not null as is_blocked,
    case when b.class_id is null then coalesce((r.standard_yuan * 100)::bigint * d.day_count, 0) else 0 end::bigint as due_fen
from reached as r
left join days as d on d.class_id = r.class_id and d.person_key = r.person_key
left join entitled as e on e.class_id = r.class_id and e.person_key = r.person_key
left join {{ ref('int_training_block') }} as b on b.class_id = r.class_id and b.person_key = r.person_key
