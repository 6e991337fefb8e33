-- Cuts for a reason that may not be one: domicile or region, the insured place.
with cuts as (
    select
        claim_key, claim_id, reporting_unit, class_id, cut_reason,
        cut_yuan, coalesce(reviewed_on, claimed_on) as reviewed_on, submission_id, file_name, sheet, row_no,
        row_number() over (partition by claim_key, cut_reason order by is_money_row desc, file_name, sheet, row_no) as line_no,
        case when is_money_row and person_key is null then cut_yuan else sum(cut_yuan) over (partition by claim_key, cut_reason) end as total_yuan
    from {{ ref('int_policy_claim_row') }}
    where cut_reason is not null
)

{% for test, item in [('domicile_rejection', 'domicile'), ('insured_place_rejection', 'insured_place')] %}
select
    {{ finding_columns('c', 'c.reporting_unit', 'c.total_yuan', 'c.reviewed_on', "{'reason': '" ~ item ~ "'}",
        class_id='c.class_id', claim_id='c.claim_id', key="c.claim_key || c.cut_reason") }}
from cuts as c
{{ bound(test, 'c.reporting_unit', 'c.reviewed_on') }}
where c.line_no = 1
    and exists (
        select 1 from {{ ref('int_policy_catalogue') }} as g
        where g.catalogue = 'cut_reason' and g.item = '{{ item }}' and g.jurisdiction = rule.jurisdiction and contains(c.cut_reason, g.member)
            {% if item == 'domicile' %}and (g.member <> '非本地' or not contains(c.cut_reason, '参保')){% endif %}
    )
{% if not loop.last %}union all{% endif %}
{% endfor %}
