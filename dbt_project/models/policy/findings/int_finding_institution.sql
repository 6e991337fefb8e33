-- High-skill bases below their yearly volume at senior level, and district schools with classes above what may be recognised.
with schools as (
    select c.*, i.tier, i.institution_kind
    from {{ ref('int_policy_class') }} as c
    inner join {{ ref('stg_institutions') }} as i on i.institution_id = c.institution_id and i.listed_on <= c.starts_on
    qualify row_number() over (partition by c.class_id order by i.listed_on desc) = 1
)

select
    {{ finding_columns('b', 'b.reporting_unit', 'b.unpaid_grant_yuan', 'b.year_end',
        "{'senior_person_times': b.senior_person_times, 'required': b.required_count, 'tier': b.tier}",
        institution_id='b.institution_id', key='b.calendar_year') }}
from {{ ref('mart_base_qualification') }} as b
{{ bound('base_volume', 'b.reporting_unit', 'b.year_end') }}
where not b.is_qualified
union all
select
    {{ finding_columns('c', 'c.reporting_unit', 'coalesce(m.claimed_yuan, 0)', 'c.starts_on', "{'skill_level': c.skill_level, 'tier': c.tier}",
        class_id='c.class_id', institution_id='c.institution_id') }}
from schools as c
{{ bound('district_school_level', 'c.reporting_unit', 'c.approved_on') }}
left join {{ ref('int_class_claimed') }} as m on m.class_id = c.class_id
where c.institution_kind = 'private_school' and c.tier = 'district' and c.skill_level in ('2', '1')
