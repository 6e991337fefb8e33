-- Document a class's subsidy is reckoned under: of the most local pack that names one for the day of approval.
select
    c.class_id,
    p.jurisdiction,
    p.value_text as document_no
from {{ ref('int_policy_class') }} as c
inner join {{ ref('int_policy_parameter') }} as p
    on p.parameter = 'entitlement_document'
    and starts_with(c.reporting_unit, {{ division_prefix('p.jurisdiction') }})
    and c.approved_on between p.valid_from and p.valid_to
qualify row_number() over (partition by c.class_id order by length({{ division_prefix('p.jurisdiction') }}) desc) = 1
