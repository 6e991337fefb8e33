-- Demonstration classes filed or closed, by the day they began.
with classes as (
    select c.*, q.quarter_no
    from {{ ref('dim_class') }} as c
    inner join {{ ref('int_quarter') }} as q on q.quarter = year(c.starts_on) || 'Q' || quarter(c.starts_on)
    where c.is_filed and c.is_demonstration and c.has_started
),

cube as (
    {{ sums_by_dimension('classes', ['reporting_unit', 'quarter_no'], class_dimensions(), {'class_count': 'count(*)'}) }}
)

{{ window_totals('cube', ['class_count']) }}
