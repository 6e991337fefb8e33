-- One row per high-skill base and year that ended: person-times at senior level and above against what its tier asks for, and what
-- follows. A year before the rule, or a tier without one, has no requirement.
with bases as (
    select
        i.*, left(i.district_code, 6) as reporting_unit, y.calendar_year, make_date(y.calendar_year, 12, 31) as year_end
    from {{ ref('stg_institutions') }} as i
    inner join {{ ref('int_year') }} as y
        on i.listed_on <= make_date(y.calendar_year, 12, 31)
        and coalesce(i.delisted_on > make_date(y.calendar_year, 12, 31), true)
    where i.institution_kind = 'high_skill_base'
        and make_date(y.calendar_year, 12, 31) <= (select data_date from {{ source('control', 'build') }})
    qualify row_number() over (partition by i.institution_id, y.calendar_year order by i.listed_on desc) = 1
),

trained as (
    select institution_id, year(ends_on)::integer as calendar_year, count(*) as senior_count
    from {{ ref('int_policy_training') }}
    where is_counted and skill_level in ('3', '2', '1')
    group by all
),

required as (
    {% for tier, parameter in [('national', 'base_senior_national_min'), ('municipal', 'base_senior_municipal_min')] %}
    select b.institution_id, b.calendar_year, rule.rule_id, rule.clause, p.amount::integer as required_count
    from bases as b
    {{ bound('base_volume', 'b.reporting_unit', 'b.year_end') }}
    {{ limit(parameter, 'p', 'b.year_end') }}
    where b.tier = '{{ tier }}'
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    b.institution_id,
    b.calendar_year,
    b.reporting_unit,
    b.tier,
    r.rule_id,
    r.clause,
    coalesce(t.senior_count, 0) as senior_person_times,
    avg(coalesce(t.senior_count, 0)) over (partition by b.institution_id order by b.calendar_year) as mean_person_times,
    r.required_count,
    case when r.required_count is not null then greatest(r.required_count - coalesce(t.senior_count, 0), 0) end as shortfall,
    coalesce(t.senior_count, 0) >= r.required_count as is_qualified,
    (coalesce(b.base_grant_yuan, 0) - coalesce(b.base_grant_paid_yuan, 0))::decimal(18, 2) as unpaid_grant_yuan,
    case when coalesce(t.senior_count, 0) >= r.required_count or r.required_count is null then 'none'
        when b.base_grant_yuan > coalesce(b.base_grant_paid_yuan, 0) then 'cancel_and_suspend_grant' else 'cancel' end as consequence,
    b.year_end,
    b.submission_id,
    b.file_name,
    b.sheet,
    b.row_no
from bases as b
left join trained as t on t.institution_id = b.institution_id and t.calendar_year = b.calendar_year
left join required as r on r.institution_id = b.institution_id and r.calendar_year = b.calendar_year
