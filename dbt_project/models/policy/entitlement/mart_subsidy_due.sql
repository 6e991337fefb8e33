-- One row per training and kind of subsidy: what is due, claimed, approved and paid. A kind no rule prices, or a unit no document binds, has no sum due.
-- A class that is reckoned by heads alone has one row without a person.
with due as (
    select
        t.class_id, t.person_key, t.subsidy_kind, t.due_fen,
        {'formula': t.formula, 'rate_version': c.rate_version, 'standard_yuan': c.standard_yuan, 'rate_yuan': c.rate_yuan,
         'days': c.day_count, 'online_days': c.online_day_count, 'online_cap_yuan': c.online_cap_yuan, 'cap_yuan': c.cap_yuan,
         'share': c.share, 'months': c.month_count, 'full_yuan': (t.full_fen / 100)::decimal(18, 2),
         'is_completed': t.is_completed, 'has_ended': t.has_ended,
         'is_subsidised': t.is_subsidised, 'has_certificate': t.has_certificate, 'blocked_by': t.blocked_by} as basis
    from {{ ref('int_training_due') }} as t
    inner join {{ ref('int_class_due') }} as c on c.class_id = t.class_id
),

living as (
    select class_id, person_key, due_fen, {'formula': 'standard x days attended', 'standard_yuan': standard_yuan, 'days': day_count,
        'is_entitled': is_entitled, 'is_blocked': is_blocked} as basis
    from {{ ref('int_living_due') }}
),

assessment as (
    select class_id, person_key, due_fen, {'formula': 'approved fee', 'standard_yuan': fee_yuan, 'is_entitled': is_entitled,
        'has_certificate': has_certificate, 'is_blocked': is_blocked} as basis
    from {{ ref('int_assessment_due') }}
),

kinds as (
    select class_id, person_key, subsidy_kind, due_fen, to_json(basis)::varchar as basis from due
    union all
    select class_id, person_key, 'living', due_fen, to_json(basis)::varchar from living
    union all
    select class_id, person_key, 'assessment', due_fen, to_json(basis)::varchar from assessment
    union all
    select class_id, person_key, 'training', null, basis from {{ ref('int_preview_part') }}
),

trainings as (
    select distinct t.class_id, t.person_key, d.jurisdiction, d.document_no from {{ ref('int_policy_training') }} as t
    left join {{ ref('int_class_document') }} as d on d.class_id = t.class_id
),

rows_ as (
    select
        coalesce(k.class_id, s.class_id) as class_id, coalesce(k.person_key, s.person_key) as person_key,
        coalesce(k.subsidy_kind, s.subsidy_kind) as subsidy_kind,
        k.due_fen, k.basis,
        coalesce(s.claimed_fen, 0) as claimed_fen, coalesce(s.approved_fen, 0) as approved_fen,
        coalesce(s.paid_fen, 0) - coalesce(s.recovered_fen, 0) as paid_fen
    from kinds as k
    full join {{ ref('int_claim_share') }} as s
        on s.class_id = k.class_id and s.person_key = k.person_key and s.subsidy_kind = k.subsidy_kind
),

every as (
    -- where no document binds nothing is priced, and the money claimed still stands; a draft only tells its parts
    select r.* replace (if(t.document_no is null, null, r.due_fen) as due_fen, if(t.document_no is null and r.due_fen is not null, null, r.basis) as basis),
        t.jurisdiction, t.document_no
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
