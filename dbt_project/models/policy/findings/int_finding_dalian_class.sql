-- Dalian, classes: designated institution, occupation in the subsidised or the shortage catalogue on the first day, hours of an
-- entrepreneurship class. A catalogue is the projects of Dalian in force.
with designated as (
    select distinct c.class_id
    from {{ ref('int_policy_class') }} as c
    inner join {{ ref('stg_institutions') }} as i
        on i.institution_id = c.institution_id and i.list_status = 'designated'
        and coalesce(i.list_status_from, i.listed_on) <= c.starts_on and i.listed_on <= c.starts_on
        and coalesce(i.delisted_on > c.starts_on, true)
),

catalogue as (
    select c.class_id, bool_or(coalesce(p.is_shortage, false)) as is_shortage
    from {{ ref('int_policy_class') }} as c
    inner join {{ ref('int_policy_binding') }} as rule on rule.test = 'occupation_not_in_catalogue' and rule.unit_code = c.reporting_unit
    inner join {{ ref('stg_projects') }} as p
        on starts_with(p.slot_unit, {{ division_prefix('rule.jurisdiction') }})
        and c.starts_on between p.valid_from and coalesce(p.valid_to, date '9999-12-31')
    inner join {{ ref('int_occupation_key') }} as k on k.occupation_name = p.occupation_name and k.occupation_key = c.occupation_key
    group by c.class_id
)

{% for test, offends in [
    ('not_designated', 'c.class_id not in (select class_id from designated)'),
    ('occupation_not_in_catalogue', "g.class_id is null and list_contains(" ~ catalogue_list('subsidised_occupations', 'training_type', 'rule.jurisdiction', 'c.starts_on') ~ ", c.training_type)"),
    ('not_in_shortage_catalogue', "not coalesce(g.is_shortage, false) and list_contains(" ~ catalogue_list('shortage_occupations', 'training_type', 'rule.jurisdiction', 'c.starts_on') ~ ", c.training_type)")] %}
select
    {{ finding_columns('c', 'c.reporting_unit', 'c.standard_yuan', 'c.ends_on', "{'starts_on': c.starts_on, 'occupation': c.occupation_key}",
        class_id='c.class_id', institution_id='c.institution_id') }}
from {{ ref('int_policy_class') }} as c
{{ bound(test, 'c.reporting_unit', 'c.starts_on') }}
left join catalogue as g on g.class_id = c.class_id
where {{ offends }}
union all
{% endfor %}
select
    {{ finding_columns('c', 'c.reporting_unit', 'c.standard_yuan', 'c.ends_on', "{'total_lessons': c.total_lessons, 'required': p.amount::integer}",
        class_id='c.class_id', institution_id='c.institution_id') }}
from {{ ref('int_policy_class') }} as c
{{ bound('entrepreneurship_lessons', 'c.reporting_unit', 'c.starts_on') }}
{{ limit('entrepreneurship_lessons_min', 'p', 'c.starts_on') }}
where c.training_type = 'entrepreneurship' and coalesce(c.total_lessons, 0) < p.amount
