-- What a unit must publish: fund use and a report per quarter, three lists per year. Judged for units that keep a publications
-- register, for quarters and years that ended by the data date.
with units as (
    select distinct left(slot_unit, 6) as unit_code from {{ ref('stg_publications') }}
),

periods as (
    select p.period, p.period_kind, p.starts_on, p.ends_on
    from {{ ref('dim_period') }} as p
    where p.is_loaded and p.period_kind in ('quarter', 'year')
        and p.ends_on <= (select data_date from {{ source('control', 'build') }})
),

published as (
    select left(slot_unit, 6) as unit_code, item, period, published_on from {{ ref('stg_publications') }}
),

duties as (
    {% for test, item, kind in [
        ('fund_use_unpublished', 'quarter', 'quarter'), ('report_missing', 'quarter_report', 'quarter'), ('list_unpublished', 'year', 'year')] %}
    select '{{ test }}' as test, u.unit_code, p.period, p.starts_on, p.ends_on, g.member as item, rule.rule_id
    from units as u
    cross join periods as p
    {{ bound(test, 'u.unit_code', 'p.ends_on') }}
    inner join {{ ref('int_policy_catalogue') }} as g
        on g.catalogue = 'published_list' and g.item = '{{ item }}' and g.jurisdiction = rule.jurisdiction
    where p.period_kind = '{{ kind }}'
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    {{ finding_columns('s', 'd.unit_code', 'null', 'd.ends_on', "{'item': d.item, 'period': d.period}", subject_id='d.item', key='d.period') }}
from duties as d
inner join {{ ref('int_policy_binding') }} as rule
    on rule.test = d.test and rule.unit_code = d.unit_code and d.ends_on between rule.valid_from and rule.valid_to
left join (select null::varchar as submission_id, null::varchar as file_name, null::varchar as sheet, null::integer as row_no) as s on true
where not exists (
    select 1 from published as p
    where p.unit_code = d.unit_code and p.item = d.item
        and (p.period = d.period or (d.test = 'list_unpublished' and p.published_on between d.starts_on and d.ends_on))
)
