-- Work-for-training in person-months: distinct person, payee and month of claims not returned or void.
with months as (
    select distinct
        m.reporting_unit,
        q.quarter_no,
        c.person_key,
        c.payee_id,
        c.ojt_month,
        c.fund_source
    from {{ ref('fct_claim') }} as c
    inner join {{ ref('int_unit_member') }} as m on m.member_unit = c.reporting_unit
    inner join {{ ref('int_quarter') }} as q on q.quarter = year(c.ojt_month) || 'Q' || quarter(c.ojt_month)
    where c.subsidy_kind = 'on_the_job' and c.is_live and c.is_counted and c.person_key is not null
),

cube as (
    {{ sums_by_dimension('months', ['reporting_unit', 'quarter_no'], ['fund_source'],
        {'month_count': 'count(distinct (person_key, payee_id, ojt_month))'}) }}
)

select
    c.reporting_unit,
    w.period,
    case when w.is_cumulative then 'cumulative' else c.dimension end as dimension,
    c.member,
    sum(c.month_count) as month_count
from cube as c
inner join {{ ref('int_window') }} as w on c.quarter_no between w.first_quarter_no and w.last_quarter_no
where not w.is_cumulative or c.dimension = 'all'
group by all
