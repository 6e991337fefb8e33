-- Trainings of ended classes by subject, quarter and mix of the trainee: base and result of every rate that is adjusted.
-- The mix: categories, age, education, level, occupation, work before; the place: official share of skilled workers.
with seen as (
    select person_key, min(starts_on) as first_on from {{ ref('fct_employment') }}
    where is_employment and is_counted
    group by person_key
),

places as (
    select reporting_unit, period, 'place=skilled_' || least(floor(20 * skilled_total / nullif(employed_total, 0)) * 5, 40)::integer as place
    from {{ ref('int_stock_total') }}
    where dimension = 'all'
),

schools as (
    select education, case when regexp_matches(education, '研究生|硕士|博士|本科|学士') then 'education=degree'
        when regexp_matches(education, '大专|专科|高职') then 'education=college'
        when regexp_matches(education, '高中|中专|中技|技校|技工|职高|职中') then 'education=secondary'
        when regexp_matches(education, '初中|小学|文盲') then 'education=basic' end as school
    from (select distinct education from {{ ref('stg_enrollments') }})
),

groups as (
    select trainee_categories, array_to_string(list_transform(list_sort(list_distinct(trainee_categories)), lambda k: 'category=' || k), '|')
        as categories
    from (select distinct trainee_categories from {{ ref('int_training_ended') }})
),

traits as (
    select
        t.*,
        concat_ws('|', 'year=' || year(c.ends_on),
            g.categories,
            case when e.birth_year is null then 'age=unknown' when year(c.ends_on) - e.birth_year < 25 then 'age=<25'
                when year(c.ends_on) - e.birth_year < 35 then 'age=25-34' when year(c.ends_on) - e.birth_year < 45 then 'age=35-44'
                else 'age=45+' end,
            coalesce(h.school, 'education=unknown'),
            'level=' || coalesce(t.skill_level, 'none'), 'occupation=' || coalesce(t.occupation_major, 'none'),
            case when e.employed_at_start then 'work=in_work' when s.first_on < c.starts_on then 'work=worked_before' else 'work=new' end,
            coalesce(p.place, 'place=unknown')) as profile
    from {{ ref('int_training_ended') }} as t
    inner join {{ ref('dim_class') }} as c on c.class_id = t.class_id
    inner join {{ ref('stg_enrollments') }} as e on e.class_id = t.class_id and e.person_key = t.person_key
    left join schools as h on h.education = e.education
    left join groups as g on g.trainee_categories = t.trainee_categories
    left join seen as s on s.person_key = t.person_key
    left join places as p on p.reporting_unit = t.reporting_unit and p.period = year(c.ends_on)::varchar
    where t.reporting_unit is not null
)

select
    t.reporting_unit, t.institution_id, t.training_type, t.quarter_no, t.profile,
    {% for code, (base, result) in review_outcomes().items() %}
    {{ base }}::bigint as {{ code }}_base, {{ result }}::bigint as {{ code }}_result{{ ',' if not loop.last }}
    {% endfor %}
from traits as t
group by t.reporting_unit, t.institution_id, t.training_type, t.quarter_no, t.profile
