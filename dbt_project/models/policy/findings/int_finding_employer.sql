-- Enterprise centres and their trainees: a class before the centre was published, a trainee of neither the firm nor its group,
-- staff who had left the class's employer. Dispatched staff are lawful; joint apprenticeship classes are open to other firms.
with firms as (
    select
        employer_id,
        bool_or(has_training_centre) as has_centre,
        min(centre_published_on) as published_on,
        bool_or(is_labour_dispatch) as is_dispatch,
        arg_max(group_id, year) filter (where group_id is not null) as group_id
    from {{ ref('stg_enterprises') }}
    group by employer_id
),

centres as (
    select c.*, f.published_on, f.group_id, m.claimed_yuan
    from {{ ref('int_policy_class') }} as c
    left join firms as f on f.employer_id = c.institution_id
    left join {{ ref('int_class_claimed') }} as m on m.class_id = c.class_id
    where coalesce(f.has_centre, false)
        or c.institution_id in (select institution_id from {{ ref('stg_institutions') }} where institution_kind = 'enterprise_centre')
),

left_early as (
    select t.class_id, t.person_key, max(e.in_force_to) as left_on
    from {{ ref('int_policy_training') }} as t
    inner join {{ ref('fct_employment') }} as e on e.person_key = t.person_key and e.employer_id = t.class_employer_id
    group by t.class_id, t.person_key, t.starts_on
    having max(e.in_force_to) < t.starts_on
)

select
    {{ finding_columns('c', 'c.reporting_unit', 'coalesce(c.claimed_yuan, 0)', 'c.starts_on', "{'published_on': c.published_on}",
        class_id='c.class_id', institution_id='c.institution_id') }}
from centres as c
{{ bound('centre_before_publication', 'c.reporting_unit', 'c.approved_on') }}
where c.starts_on < c.published_on
union all
select
    {{ finding_columns('t', 't.reporting_unit', 't.standard_yuan', 't.starts_on',
        "{'centre': c.institution_id, 'employer_id': t.employer_id}", class_id='t.class_id', person_key='t.person_key',
        institution_id='t.institution_id', employer_id='t.employer_id') }}
from {{ ref('int_policy_training') }} as t
inner join centres as c on c.class_id = t.class_id
{{ bound('centre_relation', 't.reporting_unit', 't.approved_on') }}
left join firms as f on f.employer_id = t.employer_id
where t.training_type <> 'apprenticeship'
    and t.employer_id <> c.institution_id
    and not coalesce(f.is_dispatch, false)
    and not coalesce(f.group_id = c.group_id, false)
    and not coalesce(f.group_id = c.institution_id, false)
    and not coalesce(t.employer_id = c.group_id, false)
union all
select
    {{ finding_columns('t', 't.reporting_unit', 't.standard_yuan', 't.starts_on', "{'left_on': e.left_on}",
        class_id='t.class_id', person_key='t.person_key', employer_id='t.class_employer_id') }}
from {{ ref('int_policy_training') }} as t
inner join left_early as e on e.class_id = t.class_id and e.person_key = t.person_key
{{ bound('left_before_class', 't.reporting_unit', 't.starts_on') }}
