-- Tests of a draft: class and claim side. They bind only where the draft's jurisdiction is switched on.
with published as (
    select c.class_id, min(p.published_on) as published_on
    from {{ ref('int_policy_class') }} as c
    inner join {{ ref('stg_projects') }} as p
        on p.project_id = c.project_id and c.approved_on between p.valid_from and coalesce(p.valid_to, date '9999-12-31')
    group by c.class_id
),

assessed as (
    select class_id, count(*) filter (where is_completed) as completed, count(*) filter (where is_completed and has_result) as assessed
    from {{ ref('fct_training') }}
    group by class_id
)

select
    {{ finding_columns('c', 'c.reporting_unit', 'coalesce(m.claimed_yuan, 0)', 'c.starts_on', "{'published_on': p.published_on}",
        class_id='c.class_id', institution_id='c.institution_id') }}
from {{ ref('int_policy_class') }} as c
{{ bound('project_unpublished', 'c.reporting_unit', 'c.starts_on') }}
left join published as p on p.class_id = c.class_id
left join {{ ref('int_class_claimed') }} as m on m.class_id = c.class_id
where c.project_id is not null and not coalesce(p.published_on <= c.starts_on, false)
union all
select
    {{ finding_columns('c', 'c.reporting_unit', 'coalesce(m.claimed_yuan, 0)', 'c.starts_on',
        "{'applied_on': c.applied_on, 'approved_on': c.approved_on, 'starts_on': c.starts_on, 'claimed_on': m.claimed_on, 'paid_on': m.paid_on}",
        class_id='c.class_id', institution_id='c.institution_id') }}
from {{ ref('int_policy_class') }} as c
{{ bound('control_points_disordered', 'c.reporting_unit', 'c.starts_on') }}
left join {{ ref('int_class_claimed') }} as m on m.class_id = c.class_id
where c.applied_on is null or c.applied_on > c.approved_on or c.approved_on > c.starts_on
    or m.claimed_on < c.starts_on or m.paid_on < m.claimed_on
union all
select
    {{ finding_columns('c', 'c.reporting_unit', 'coalesce(m.claimed_yuan, 0)', 'c.starts_on', "{'completed': a.completed, 'assessed': a.assessed}",
        class_id='c.class_id', institution_id='c.institution_id') }}
from {{ ref('int_policy_class') }} as c
inner join assessed as a on a.class_id = c.class_id
{{ bound('participation_low', 'c.reporting_unit', 'c.starts_on') }}
{{ limit('participation_min', 'p', 'c.starts_on') }}
left join {{ ref('int_class_claimed') }} as m on m.class_id = c.class_id
where c.has_ended and a.completed > 0 and a.assessed < p.amount * a.completed
