-- Tests of a draft on units: changes of the plan, pushes to key groups, demonstration classes, pooled accounts.
with years as (
    select calendar_year, make_date(calendar_year, 12, 31) as year_end
    from {{ ref('int_year') }}
    where make_date(calendar_year, 12, 31) <= (select data_date from {{ source('control', 'build') }})
),

plans as (
    select reporting_unit, make_date(left(period, 4)::integer, 12, 31) as year_end, max(plan_version) as changes
    from {{ ref('stg_targets') }}
    group by all
),

pushes as (
    select u.reporting_unit, y.year_end, g.category, count(distinct s.published_on) as pushes
    from {{ ref('int_unit') }} as u
    cross join years as y
    inner join {{ ref('int_policy_category') }} as g on g.category_set = 'push_group'
    left join {{ ref('stg_publications') }} as s
        on left(s.slot_unit, 6) = u.reporting_unit and s.item = 'training_push' and s.audience = g.category
        and year(s.published_on) = y.calendar_year
    group by all
),

demonstrations as (
    select rule.jurisdiction, y.year_end, count(distinct c.class_id) as class_count
    from years as y
    inner join {{ ref('int_policy_binding') }} as rule on rule.test = 'demonstration_too_few'
    left join {{ ref('dim_class') }} as c
        on c.reporting_unit = rule.unit_code and c.is_filed and c.is_demonstration and year(c.starts_on) = y.calendar_year
    group by all
),

nowhere as (
    select null::varchar as submission_id, null::varchar as file_name, null::varchar as sheet, null::integer as row_no
)

select {{ finding_columns('n', 'a.reporting_unit', 'null', 'a.year_end', "{'changes': a.changes}", key='a.year_end') }}
from plans as a
cross join nowhere as n
{{ bound('plan_changed_twice', 'a.reporting_unit', 'a.year_end') }}
{{ limit('plan_changes_per_year', 'p', 'a.year_end') }}
where a.changes > p.amount
union all
select {{ finding_columns('n', 'a.reporting_unit', 'null', 'a.year_end', "{'group': a.category, 'pushes': a.pushes}", subject_id='a.category', key='a.year_end') }}
from pushes as a
cross join nowhere as n
{{ bound('pushes_too_few', 'a.reporting_unit', 'a.year_end') }}
{{ limit('pushes_per_group_year', 'p', 'a.year_end') }}
where a.pushes < p.amount
union all
select {{ finding_columns('n', 'a.jurisdiction', 'null', 'a.year_end', "{'classes': a.class_count}", key='a.year_end') }}
from demonstrations as a
cross join nowhere as n
inner join {{ ref('int_policy_binding') }} as rule on rule.test = 'demonstration_too_few' and rule.jurisdiction = a.jurisdiction
{{ limit('demonstration_classes_min', 'p', 'a.year_end') }}
where a.class_count < p.amount
qualify row_number() over (partition by a.jurisdiction, a.year_end order by rule.unit_code) = 1
