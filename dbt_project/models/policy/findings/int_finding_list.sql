-- Classes against the lists in force on their first day: institution, project, black list. The day of leaving is no longer on it.
with listed as (
    select
        c.class_id,
        bool_or(i.listed_on <= c.starts_on and coalesce(i.delisted_on > c.starts_on, true)) as is_listed,
        bool_or(i.list_status = 'black' and coalesce(i.list_status_from, i.listed_on) <= c.starts_on) as is_black
    from {{ ref('int_policy_class') }} as c
    inner join {{ ref('stg_institutions') }} as i on i.institution_id = c.institution_id
    group by c.class_id
),

in_force as (
    select distinct c.class_id
    from {{ ref('int_policy_class') }} as c
    inner join {{ ref('stg_projects') }} as p
        on p.project_id = c.project_id and c.starts_on between p.valid_from and coalesce(p.valid_to, date '9999-12-31')
),

classes as (
    select
        c.*, m.claimed_yuan, coalesce(l.is_listed, false) as is_listed, coalesce(l.is_black, false) as is_black,
        c.project_id is null or f.class_id is not null as has_project
    from {{ ref('int_policy_class') }} as c
    left join listed as l on l.class_id = c.class_id
    left join in_force as f on f.class_id = c.class_id
    left join {{ ref('int_class_claimed') }} as m on m.class_id = c.class_id
)

{% for test, offends in [
    ('not_listed_institution', 'not c.is_listed'),
    ('not_listed_project', 'not c.has_project'),
    ('black_listed_institution', 'c.is_black')] %}
select
    {{ finding_columns('c', 'c.reporting_unit', 'coalesce(c.claimed_yuan, 0)', 'c.starts_on',
        "{'starts_on': c.starts_on, 'institution_id': c.institution_id, 'project_id': c.project_id}",
        class_id='c.class_id', institution_id='c.institution_id') }}
from classes as c
{{ bound(test, 'c.reporting_unit', 'c.starts_on') }}
where {{ offends }}
{% if not loop.last %}union all{% endif %}
{% endfor %}
