-- What a training is due: nothing unless completed, subsidised, certified as its jurisdiction asks and not blocked.
select
    t.class_id,
    t.person_key,
    d.subsidy_kind,
    d.jurisdiction,
    d.document_no,
    d.formula,
    t.is_completed,
    t.training_type in ('on_the_job', 'startup_simulation') or coalesce(k.has_required_certificate, false) as has_certificate,
    coalesce(k.is_certified, false) as is_certified,
    c.is_subsidised,
    t.has_ended,
    b.rule_ids as blocked_by,
    d.due_fen as full_fen,
    case
        when t.is_completed and t.has_ended and c.is_subsidised and b.class_id is null
            and (t.training_type in ('on_the_job', 'startup_simulation') or coalesce(k.has_required_certificate, false))
            then coalesce(d.due_fen, 0)
        else 0
    end as due_fen
from {{ ref('int_policy_training') }} as t
inner join {{ ref('int_policy_class') }} as c on c.class_id = t.class_id
inner join {{ ref('int_class_due') }} as d on d.class_id = t.class_id
left join {{ ref('int_training_certificate') }} as k on k.class_id = t.class_id and k.person_key = t.person_key
left join {{ ref('int_training_block') }} as b on b.class_id = t.class_id and b.person_key = t.person_key
