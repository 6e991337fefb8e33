-- Hours of classes: online lessons over their share, taught on far fewer days than planned.
with taught as (
    select class_id, count(distinct attended_on) filter (where lessons > 0) as day_count
    from {{ ref('stg_attendance') }}
    group by class_id
)

select
    {{ finding_columns('c', 'c.reporting_unit',
        '(c.online_lessons - p.amount * c.total_lessons) / c.lessons_per_day * r.amount * c.completed_count', 'c.starts_on',
        "{'online_lessons': c.online_lessons, 'total_lessons': c.total_lessons, 'allowed_share': p.amount, 'heads': c.completed_count}",
        class_id='c.class_id', institution_id='c.institution_id') }}
from {{ ref('int_policy_class') }} as c
{{ bound('online_share', 'c.reporting_unit', 'c.approved_on') }}
{{ limit('online_share_max', 'p', 'c.approved_on') }}
{{ limit('online_rate_cap_yuan', 'r', 'c.approved_on') }}
where c.online_lessons > p.amount * c.total_lessons
union all
select
    {{ finding_columns('c', 'c.reporting_unit', 'coalesce(m.claimed_yuan, 0)', 'c.starts_on',
        "{'taught_days': t.day_count, 'total_lessons': c.total_lessons}", class_id='c.class_id', institution_id='c.institution_id') }}
from {{ ref('int_policy_class') }} as c
inner join taught as t on t.class_id = c.class_id
{{ bound('short_class', 'c.reporting_unit', 'c.approved_on') }}
{{ limit('short_class_share', 'p', 'c.approved_on') }}
left join {{ ref('int_class_claimed') }} as m on m.class_id = c.class_id
where c.has_ended and t.day_count * c.lessons_per_day < p.amount * c.total_lessons
