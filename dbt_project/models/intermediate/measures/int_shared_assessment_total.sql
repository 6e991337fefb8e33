-- Assessments that several counted trainings share, each once per window and member, over the trainings that ask for it.
{% set measures = {'use_mask': 'bit_or(use_bit)', 'is_passed': 'bool_or(is_passed)'} %}
with candidates as (
    select certification_key from {{ ref('int_training_certification') }} group by certification_key having count(*) > 1
),

shared as (
    select
        u.reporting_unit,
        m.certification_key,
        {% for d in training_dimensions() %}t.{{ d }}, {% endfor %}
        t.trainee_categories,
        c.is_passed,
        1::hugeint << t.quarter_no as use_bit
    from {{ ref('int_training_certification') }} as m
    semi join candidates as s on s.certification_key = m.certification_key
    inner join {{ ref('int_training_ended') }} as t on t.class_id = m.class_id and t.person_key = m.person_key
    inner join {{ ref('fct_certification') }} as c on c.certification_key = m.certification_key
    inner join {{ ref('int_unit_member') }} as u on u.member_unit = t.reporting_unit
    where t.is_counted and c.is_examined and c.certificate_status is distinct from 'reissued'
    qualify count(distinct (m.class_id, m.person_key)) over (partition by m.certification_key) > 1
),

used as (
    {{ sums_by_dimension('shared', ['reporting_unit', 'certification_key'], training_dimensions(), measures) }}
    union all by name
    {{ sums_by_category('shared', ['reporting_unit', 'certification_key'], measures) }}
)

select
    u.reporting_unit,
    w.period,
    case when w.is_cumulative then 'cumulative' else u.dimension end as dimension,
    u.member,
    count(*) as examined_count,
    count_if(u.is_passed) as passed_count
from used as u
inner join {{ ref('int_window') }} as w on u.use_mask & w.quarter_mask <> 0
where not w.is_cumulative or u.dimension = 'all'
group by all
