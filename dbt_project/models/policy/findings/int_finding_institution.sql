-- High-skill bases below their yearly volume at senior level, and district schools with classes above what may be recognised.
with bases as (
    select
        i.*, y.calendar_year, make_date(y.calendar_year, 12, 31) as year_end
    from {{ ref('stg_institutions') }} as i
    inner join {{ ref('int_year') }} as y
        on i.listed_on <= make_date(y.calendar_year, 12, 31)
        and coalesce(i.delisted_on > make_date(y.calendar_year, 12, 31), true)
    where i.institution_kind = 'high_skill_base'
        and make_date(y.calendar_year, 12, 31) <= (select data_date from {{ source('control', 'build') }})
    qualify row_number() over (partition by i.institution_id, y.calendar_year order by i.listed_on desc) = 1
),

trained as (
    select institution_id, year(ends_on) as calendar_year, count(*) as senior_count
    from {{ ref('int_policy_training') }}
    where is_counted and skill_level in ('3', '2', '1')
    group by all
),

schools as (
    select c.*, i.tier, i.institution_kind
    from {{ ref('int_policy_class') }} as c
    inner join {{ ref('stg_institutions') }} as i on i.institution_id = c.institution_id and i.listed_on <= c.starts_on
    qualify row_number() over (partition by c.class_id order by i.listed_on desc) = 1
)

{% for tier, parameter in [('national', 'base_senior_national_min'), ('municipal', 'base_senior_municipal_min')] %}
select
    {{ finding_columns('b', 'left(b.district_code, 6)', 'coalesce(b.base_grant_yuan, 0) - coalesce(b.base_grant_paid_yuan, 0)', 'b.year_end',
        "{'senior_person_times': coalesce(t.senior_count, 0), 'required': p.amount::integer, 'tier': b.tier}",
        institution_id='b.institution_id', key='b.calendar_year') }}
from bases as b
{{ bound('base_volume', 'left(b.district_code, 6)', 'b.year_end') }}
{{ limit(parameter, 'p', 'b.year_end') }}
left join trained as t on t.institution_id = b.institution_id and t.calendar_year = b.calendar_year
where b.tier = '{{ tier }}' and coalesce(t.senior_count, 0) < p.amount
union all
{% endfor %}
select
    {{ finding_columns('c', 'c.reporting_unit', 'coalesce(m.claimed_yuan, 0)', 'c.starts_on', "{'skill_level': c.skill_level, 'tier': c.tier}",
        class_id='c.class_id', institution_id='c.institution_id') }}
from schools as c
{{ bound('district_school_level', 'c.reporting_unit', 'c.approved_on') }}
left join {{ ref('int_class_claimed') }} as m on m.class_id = c.class_id
where c.institution_kind = 'private_school' and c.tier = 'district' and c.skill_level in ('2', '1')
