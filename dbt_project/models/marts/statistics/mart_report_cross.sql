-- One row per unit, period, form and cell of a cross-tab report, cumulative in the year: J3 training type by group, J4
-- occupation by level, N2 institution by result. A new cross-tab is one more block of `entries`.
{% set groups = ['enterprise_employee', 'unemployed', 'rural_worker', 'graduate', 'veteran'] %}
{% set levels = ['5', '4', '3', '2', '1'] %}
with trained as (
    select
        t.*,
        q.quarter_no,
        coalesce(t.occupation_code, t.occupation_name, 'none') as occupation,
        case when t.skill_level in ({{ "'" ~ levels | join("', '") ~ "'" }}) then t.skill_level
            when t.certificate_kind = 'specific_ability' then 'specific_ability' else 'none' end as level_column,
        list_distinct(list_transform(
            case when len(t.trainee_categories) > 0 then t.trainee_categories else ['other'] end,
            lambda c: case when c in ({{ "'" ~ groups | join("', '") ~ "'" }}) then c else 'other' end)) as group_columns
    from {{ ref('fct_training') }} as t
    inner join {{ ref('int_quarter') }} as q on q.quarter = year(t.ends_on) || 'Q' || quarter(t.ends_on)
    where t.is_counted
),

entries as (
    select reporting_unit, quarter_no, 'J3' as form, training_type as row_member, null as row_label,
        unnest(group_columns || ['all'] || case when sex = 'female' then ['female'] else [] end) as column_member
    from trained
    union all
    select t.reporting_unit, t.quarter_no, 'J4', t.occupation, coalesce(o.occupation_name, t.occupation_name),
        unnest([t.level_column, 'all'] || case when t.is_certified then ['certified'] else [] end)
    from trained as t
    left join {{ ref('dim_occupation') }} as o on o.occupation_code = t.occupation_code
    union all
    select t.reporting_unit, t.quarter_no, 'N2', t.institution_id, i.institution_name,
        unnest(['completed'] || case when t.is_certified then ['certified'] else [] end
            || case when t.is_employed then ['employed'] else [] end)
    from trained as t
    left join {{ ref('dim_institution') }} as i on i.institution_id = t.institution_id
    union all
    select t.reporting_unit, t.quarter_no, 'N2', t.institution_id, any_value(i.institution_name), 'classes'
    from trained as t
    left join {{ ref('dim_institution') }} as i on i.institution_id = t.institution_id
    group by t.reporting_unit, t.quarter_no, t.institution_id, t.class_id
),

-- counted by quarter before a quarter meets its windows
counted as (
    select reporting_unit, quarter_no, form, column_member, coalesce(row_member, 'none') as row_member,
        max(row_label) as row_label, count(*) as entry_count
    from entries
    group by all
),

cells as (
    select
        m.reporting_unit, w.period, e.form, e.column_member, sum(e.entry_count)::double as value,
        case when grouping(e.row_member) = 1 then 'all' else e.row_member end as row_member,
        case when grouping(e.row_member) = 0 then max(e.row_label) end as row_label
    from counted as e
    inner join {{ ref('int_unit_member') }} as m on m.member_unit = e.reporting_unit
    inner join {{ ref('int_window') }} as w
        on w.is_cumulative and e.quarter_no between w.first_quarter_no and w.last_quarter_no
    group by grouping sets (
        (m.reporting_unit, w.period, e.form, e.column_member, e.row_member),
        (m.reporting_unit, w.period, e.form, e.column_member)
    )
)

select reporting_unit, period, form, row_member, row_label, column_member, value from cells
union all
select
    reporting_unit, period, form, row_member, any_value(row_label), 'certificate_rate',
    coalesce(max(value) filter (where column_member = 'certified'), 0)
        / max(value) filter (where column_member in ('all', 'completed'))
from cells
where form in ('J4', 'N2')
group by reporting_unit, period, form, row_member
