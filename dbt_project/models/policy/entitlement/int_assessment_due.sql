-- Assessment subsidy of a person reached by an assessment claim: the approved fee (of a pack's table, else as the claim states
-- it) for a certificate from an assessment, held by a person of the groups entitled.
with fees as (
    select claim_key, max(standard_yuan) as standard_yuan
    from {{ ref('int_policy_claim_row') }}
    where subsidy_kind = 'assessment'
    group by claim_key
),

held as (
    select m.class_id, m.person_key, list(c.certificate_kind) as certificate_kinds
    from {{ ref('int_training_certification') }} as m
    inner join {{ ref('fct_certification') }} as c on c.certification_key = m.certification_key
    where c.is_certificate
    group by m.class_id, m.person_key
),

reached as (
    select
        t.class_id, t.person_key, b.class_id is not null as is_blocked,
        coalesce((
            select min(p.value::decimal(18, 2)) from {{ source('given', 'policy_rate') }} as p
            where p.rate_kind = 'assessment_fee' and starts_with(t.reporting_unit, {{ division_prefix('p.jurisdiction') }})
                and t.ends_on between coalesce(p.valid_from, date '0001-01-01') and coalesce(p.valid_to, date '9999-12-31')
                and (p.skill_levels is null or list_contains(string_split(p.skill_levels, '、'), t.skill_level))
        ), f.standard_yuan) as fee_yuan,
        {% for name, set, held in [('is_entitled', 'assessment', 't.trainee_categories'),
            ('has_certificate', 'assessment_certificate', 'h.certificate_kinds')] -%}
        coalesce(list_has_any({{ held }}, (
            select list(g.category) from {{ ref('int_policy_category') }} as g
            where g.category_set = '{{ set }}' and starts_with(t.reporting_unit, {{ division_prefix('g.jurisdiction') }})
                and t.ends_on between g.valid_from and g.valid_to
        )), false) as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_claim_reach') }} as r
    inner join fees as f on f.claim_key = r.claim_key
    inner join {{ ref('int_policy_training') }} as t on t.class_id = r.class_id and t.person_key = r.person_key
    left join held as h on h.class_id = t.class_id and h.person_key = t.person_key
    left join {{ ref('int_training_block') }} as b on b.class_id = t.class_id and b.person_key = t.person_key
    where r.subsidy_kind = 'assessment'
)

select
    class_id, person_key, max(fee_yuan) as fee_yuan, is_entitled, has_certificate, is_blocked,
    case when is_entitled and has_certificate and not is_blocked then coalesce((max(fee_yuan) * 100)::bigint, 0) else 0 end as due_fen
from reached
group by class_id, person_key, is_entitled, has_certificate, is_blocked
