-- Classes in scope by the day they began, and who enrolled in them, for every window.
with enrolled as (
    select class_id, count(*) as enrolled_count from {{ ref('fct_training') }} group by class_id
),

cube as (
    select
        c.reporting_unit, q.quarter_no, 'all' as dimension, 'all' as member,
        count(*) as class_count, coalesce(sum(e.enrolled_count), 0) as enrolled_count
    from {{ ref('dim_class') }} as c
    inner join {{ ref('int_quarter') }} as q on q.quarter = year(c.starts_on) || 'Q' || quarter(c.starts_on)
    left join enrolled as e on e.class_id = c.class_id
    where c.is_in_scope and c.has_started
    group by c.reporting_unit, q.quarter_no
)

{{ window_totals('cube', ['class_count', 'enrolled_count']) }}
