-- One row per training and kind of subsidy: what is due, claimed, approved and paid. A kind no rule prices has no sum due.
-- A class that is reckoned by heads alone has one row without a person.
with due as (
    select
        class_id, person_key, subsidy_kind, due_fen,
        {'formula': formula, 'full_yuan': (full_fen / 100)::decimal(18, 2), 'is_completed': is_completed,
         'has_certificate': has_certificate, 'blocked_by': blocked_by} as basis
    from {{ ref('int_training_due') }}
),

living as (
    select class_id, person_key, due_fen, {'formula': 'standard x days attended', 'standard_yuan': standard_yuan, 'days': day_count} as basis
    from {{ ref('int_living_due') }}
),

kinds as (
    select class_id, person_key, subsidy_kind, due_fen, to_json(basis)::varchar as basis from due
    union all
    select class_id, person_key, 'living', due_fen, to_json(basis)::varchar from living
),

trainings as (
    select distinct t.class_id, t.person_key, d.jurisdiction, d.document_no
    from {{ ref('int_policy_training') }} as t
    inner join {{ ref('int_class_document') }} as d on d.class_id = t.class_id
),

rows_ as (
    select
        coalesce(k.class_id, s.class_id) as class_id,
        coalesce(k.person_key, s.person_key) as person_key,
        coalesce(k.subsidy_kind, s.subsidy_kind) as subsidy_kind,
        k.due_fen, k.basis,
        coalesce(s.claimed_fen, 0) as claimed_fen, coalesce(s.approved_fen, 0) as approved_fen,
        coalesce(s.paid_fen, 0) - coalesce(s.recovered_fen, 0) as paid_fen
    from kinds as k
    full join {{ ref('int_claim_share') }} as s
        on s.class_id = k.class_id and s.person_key = k.person_key and s.subsidy_kind = k.subsidy_kind
),

every as (
    select r.*, t.jurisdiction, t.document_no
    from rows_ as r
    inner join trainings as t on t.class_id = r.class_id and t.person_key = r.person_key
    union all
    select
        class_id, null, subsidy_kind, due_fen,
        to_json({'formula': 'standard x heads claimed', 'standard_yuan': standard_yuan, 'heads': head_count})::varchar,
        claimed_fen, approved_fen, paid_fen, null, null
    from {{ ref('int_headcount_due') }}
)

select
    r.class_id,
    r.person_key,
    r.subsidy_kind,
    r.jurisdiction,
    r.document_no,
    (r.due_fen / 100)::decimal(18, 2) as due_yuan,
    (r.claimed_fen / 100)::decimal(18, 2) as claimed_yuan,
    (r.approved_fen / 100)::decimal(18, 2) as approved_yuan,
    (r.paid_fen / 100)::decimal(18, 2) as paid_yuan,
    ((r.paid_fen - r.due_fen) / 100)::decimal(18, 2) as difference_yuan,
    coalesce(r.basis, '{"formula":"not priced"}') as basis
from every as r
