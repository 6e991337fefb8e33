-- One row per unit, period and line of form J6 (data quality): of each unit below, rows by what became of them in the
-- submissions of the period and of the period before. None before where no submission speaks of that period.
{% set items = "['rows_read', 'rows_not_data', 'rows_duplicate', 'rows_quarantined', 'rows_accepted', 'rows_superseded']" %}
with windows as (
    select p.period, p.starts_on, p.ends_on, b.period as period_before, b.starts_on as starts_before, b.ends_on as ends_before
    from {{ ref('dim_period') }} as p
    left join {{ ref('dim_period') }} as b
        on b.period_kind = p.period_kind and b.ends_on = p.starts_on - 1 and b.is_loaded
    where p.is_loaded and p.period_kind <> 'span'
),

sent as (
    select
        a.reporting_unit as member_unit, s.period_starts_on, s.period_ends_on,
        unnest({{ items }}) as item,
        unnest([a.rows_read, a.rows_not_data, a.rows_duplicate, a.rows_quarantined, a.rows_accepted, a.rows_superseded]) as row_count
    from {{ ref('mart_row_account') }} as a
    inner join {{ source('control', 'submission') }} as s on s.submission_id = a.submission_id
    where a.is_standing
),

counted as (
    select
        m.reporting_unit, w.period, s.member_unit, s.item,
        coalesce(sum(s.row_count) filter (where s.period_ends_on between w.starts_on and w.ends_on), 0) as current_value,
        sum(s.row_count) filter (where s.period_ends_on between w.starts_before and w.ends_before) as previous_value
    from sent as s
    inner join {{ ref('int_unit_member') }} as m on m.member_unit = left(s.member_unit, 6)
    inner join windows as w
        on s.period_starts_on >= coalesce(w.starts_before, w.starts_on) and s.period_ends_on <= w.ends_on
    group by all
)

select
    c.reporting_unit,
    c.period,
    row_number() over (partition by c.reporting_unit, c.period order by c.member_unit, list_position(
        {{ items }}, c.item))::integer as line_no,
    c.item,
    c.member_unit,
    coalesce(u.unit_name, c.member_unit) as unit_name,
    c.previous_value::double as previous_value,
    c.current_value::double as current_value,
    (c.current_value - c.previous_value)::double as difference_value
from counted as c
left join {{ ref('dim_unit') }} as u on u.reporting_unit = c.member_unit
