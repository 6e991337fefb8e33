-- One row per unit, item and period: what a unit must publish (fund use and a report per quarter, three lists per year), when it
-- did, and what is overdue. Judged for units that keep a publications register, for periods begun by the data date.
with units as (
    select distinct left(slot_unit, 6) as reporting_unit from {{ ref('stg_publications') }}
),

published as (
    select left(s.slot_unit, 6) as reporting_unit, s.item, s.period, s.published_on, b.data_date
    from {{ ref('stg_publications') }} as s
    cross join {{ source('control', 'build') }} as b
    where s.published_on <= b.data_date
),

duties as (
    {% for test, item, kind in [
        ('fund_use_unpublished', 'quarter', 'quarter'), ('report_missing', 'quarter_report', 'quarter'), ('list_unpublished', 'year', 'year')] %}
    select '{{ test }}' as test, u.reporting_unit, p.period, p.starts_on, p.ends_on, g.member as item, rule.rule_id, rule.clause,
        rule.jurisdiction
    from units as u
    cross join {{ ref('dim_period') }} as p
    {{ bound(test, 'u.reporting_unit', 'p.ends_on') }}
    inner join {{ ref('int_policy_catalogue') }} as g
        on g.catalogue = 'published_list' and g.item = '{{ item }}' and g.jurisdiction = rule.jurisdiction
    where p.period_kind = '{{ kind }}' and p.is_loaded and p.is_started
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

answered as (
    select d.*, min(p.published_on) as published_on
    from duties as d
    left join published as p
        on p.reporting_unit = d.reporting_unit and p.item = d.item
        and (p.period = d.period or (d.test = 'list_unpublished' and p.published_on between d.starts_on and d.ends_on))
    group by all
)

select
    a.reporting_unit,
    a.item,
    a.period,
    a.test,
    a.rule_id,
    a.clause,
    a.jurisdiction,
    a.ends_on as period_ends_on,
    a.published_on,
    case when a.published_on is not null then 'published' when a.ends_on <= b.data_date then 'overdue' else 'open' end as state,
    case when a.published_on is null and a.ends_on <= b.data_date then b.data_date - a.ends_on end as overdue_days
from answered as a
cross join {{ source('control', 'build') }} as b
