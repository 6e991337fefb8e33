-- Claimed trainings of completed persons without a passed assessment and a certificate of the kinds asked for; in Dalian also
-- those with a certificate of another kind only. Work-for-training needs none, start-up simulation has a test of its own.
{% for test in ['claim_without_certificate', 'no_national_qualification'] %}
select
    {{ finding_columns('t', 't.reporting_unit', 't.standard_yuan', 't.ends_on',
        "{'is_certified': coalesce(k.is_certified, false), 'certificate_kinds': k.certificate_kinds, 'training_type': t.training_type}",
        class_id='t.class_id', person_key='t.person_key') }}
from {{ ref('int_policy_training') }} as t
left join {{ ref('int_training_claimed') }} as d on d.class_id = t.class_id and d.person_key = t.person_key
{{ bound(test, 't.reporting_unit', 't.ends_on') }}
left join {{ ref('int_training_certificate') }} as k
    on k.class_id = t.class_id and k.person_key = t.person_key and k.test = rule.test
where t.is_completed
    and t.training_type not in ('on_the_job', 'startup_simulation')
    and not coalesce(k.has_required_certificate, false)
    and {% if test == 'no_national_qualification' %}(d.class_id is not null or coalesce(k.is_certified, false)){% else %}d.class_id is not null{% endif %}

{% if not loop.last %}union all{% endif %}
{% endfor %}
