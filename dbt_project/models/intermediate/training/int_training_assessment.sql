-- What the assessments of a training say: a result, a certificate that stands, its kind (the first examined).
select
    m.class_id,
    m.person_key,
    bool_or(c.is_examined) as has_result,
    bool_or(c.is_certificate) as is_certified,
    arg_min(c.certificate_kind, (c.examined_on, c.certification_key)) filter (where c.is_certificate) as certificate_kind
from {{ ref('int_training_certification') }} as m
inner join {{ ref('fct_certification') }} as c on c.certification_key = m.certification_key
group by m.class_id, m.person_key
