-- A claim's money over the trainings it reaches: what a line says of its own person; of a row that names nobody evenly in whole
-- fen (nothing is lost) over the persons the claim names, else over the completed, else over the roster.
with reached as (
    select
        r.claim_key, r.class_id, r.person_key, r.subsidy_kind,
        row_number() over (partition by r.claim_key order by r.class_id, r.person_key) as place,
        count(*) over (partition by r.claim_key) as head_count
    from (
        select
            a.*, t.is_completed,
            bool_or(t.is_completed) over (partition by a.claim_key) as has_completed
        from {{ ref('int_claim_reach') }} as a
        inner join {{ ref('int_policy_training') }} as t on t.class_id = a.class_id and t.person_key = a.person_key
    ) as r
    where r.is_named or r.is_completed or not r.has_completed
),

own as (
    select claim_key, class_id, person_key
        {%- for amount in ['claimed', 'approved', 'paid', 'recovered'] %}, sum({{ amount }}_yuan) as {{ amount }}_yuan{% endfor %}
    from {{ ref('int_policy_claim_row') }}
    where is_money_row and person_key is not null
    group by claim_key, class_id, person_key
)

select
    r.class_id,
    r.person_key,
    r.subsidy_kind,
    {% for amount in ['claimed', 'approved', 'paid', 'recovered'] -%}
    sum(
        coalesce(case when o.claim_key is not null then (o.{{ amount }}_yuan * 100)::bigint
            else (c.{{ amount }}_yuan * 100)::bigint * r.place // r.head_count
                - (c.{{ amount }}_yuan * 100)::bigint * (r.place - 1) // r.head_count end, 0)
    )::bigint as {{ amount }}_fen{{ ',' if not loop.last }}
    {% endfor %}
from reached as r
inner join {{ ref('int_policy_claim') }} as c on c.claim_key = r.claim_key
left join own as o on o.claim_key = r.claim_key and o.class_id = r.class_id and o.person_key = r.person_key
group by r.class_id, r.person_key, r.subsidy_kind
