-- Trainings of ended classes by subject, quarter and mix of the trainee: base and result of every rate that is adjusted.
-- The mix: categories, age, education, level, occupation, work before; the place: official share of skilled workers.
with seen as (
    select person_key, min(starts_on) as first_on from {{ ref('fct_employment') }}
    where is_employment and is_counted
    group by person_key
),

places as (
    select reporting_unit, period, least(floor(20 * skilled_total / nullif(employed_total, 0)) * 5, 40)::integer as skilled_percent
    from {{ ref('int_stock_total') }}
    where dimension = 'all'
),

cells as (
    select
        t.reporting_unit, t.institution_id, t.training_type, t.quarter_no, t.skill_level, t.occupation_major,
        list_sort(list_distinct(t.trainee_categories)) as categories,
        case when e.birth_year is not null then greatest(2, least(5, (year(c.ends_on) - e.birth_year + 5) // 10)) end as age_no,
        case when regexp_matches(e.education, '研究生|硕士|博士|本科|学士') then 'degree'
            when regexp_matches(e.education, '大专|专科|高职') then 'college'
            when regexp_matches(e.education, '高中|中专|中技|技校|技工|职高|职中') then 'secondary'
            when regexp_matches(e.education, '初中|小学|文盲') then 'basic' end as education,
        case when e.employed_at_start then 'in_work' when s.first_on < c.starts_on then 'worked_before' else 'new' end as work_before,
        year(c.ends_on) as calendar_year,
        {% for code, (base, result) in review_outcomes().items() %}
        {{ base }}::bigint as {{ code }}_base, {{ result }}::bigint as {{ code }}_result{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_training_ended') }} as t
    inner join {{ ref('dim_class') }} as c on c.class_id = t.class_id
    inner join {{ ref('stg_enrollments') }} as e on e.class_id = t.class_id and e.person_key = t.person_key
    left join seen as s on s.person_key = t.person_key
    where t.reporting_unit is not null
    group by all
)

select
    x.reporting_unit, x.institution_id, x.training_type, x.quarter_no,
    concat_ws('|', 'year=' || x.calendar_year,
        array_to_string(list_transform(x.categories, lambda k: 'category=' || k), '|'),
        'age=' || coalesce(['<25', '25-34', '35-44', '45+'][x.age_no - 1], 'unknown'),
        'education=' || coalesce(x.education, 'unknown'), 'level=' || coalesce(x.skill_level, 'none'),
        'occupation=' || coalesce(x.occupation_major, 'none'), 'work=' || x.work_before,
        'place=' || coalesce('skilled_' || p.skilled_percent, 'unknown')) as profile,
    {% for code in review_outcomes() %}{{ code }}_base, {{ code }}_result{{ ', ' if not loop.last }}{% endfor %}
from cells as x
left join places as p on p.reporting_unit = x.reporting_unit and p.period = x.calendar_year::varchar
