-- Whether a training has a certificate of a kind its jurisdiction asks for; a kind nobody stated is not held against it.
with held as (
    select m.class_id, m.person_key, c.certificate_kind
    from {{ ref('int_training_certification') }} as m
    inner join {{ ref('fct_certification') }} as c on c.certification_key = m.certification_key
    where c.is_certificate
),

asked as (
    select
        t.class_id, t.person_key, t.training_type, t.ends_on, rule.jurisdiction, rule.test,
        h.person_key is not null as is_certified,
        coalesce(h.certificate_kind, c.project_certificate_kind) as certificate_kind
    from {{ ref('int_policy_training') }} as t
    inner join {{ ref('int_policy_class') }} as c on c.class_id = t.class_id
    inner join {{ ref('int_policy_binding') }} as rule
        on rule.test in ('claim_without_certificate', 'no_national_qualification')
        and rule.unit_code = t.reporting_unit and t.ends_on between rule.valid_from and rule.valid_to
    left join held as h on h.class_id = t.class_id and h.person_key = t.person_key
)

select
    a.class_id,
    a.person_key,
    a.test,
    bool_or(a.is_certified) as is_certified,
    bool_or(a.is_certified and (a.certificate_kind is null or g.category is not null)) as has_required_certificate,
    list_sort(list(distinct a.certificate_kind) filter (where a.is_certified)) as certificate_kinds
from asked as a
left join {{ ref('int_policy_category') }} as g
    on g.category_set = 'certificate' and g.jurisdiction = a.jurisdiction and g.category = a.certificate_kind
    and a.ends_on between g.valid_from and g.valid_to and (g.applies_to is null or g.applies_to = a.training_type)
group by a.class_id, a.person_key, a.test
