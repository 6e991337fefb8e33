-- Dalian, occupations of a person: more beginner occupations than allowed, more advancing ones or one outside the beginner ones;
-- a student's turns. Every training of a surplus occupation is surplus.
with trainings as (
    select n.*, t.training_type, n.skill_level = '5' as is_beginner
    from {{ ref('int_training_turn') }} as n
    inner join {{ ref('int_policy_training') }} as t on t.class_id = n.class_id and t.person_key = n.person_key
    {{ bound_or_before('third_beginner_occupation', 't.reporting_unit', 't.ends_on') }}
    where n.skill_level is not null and list_has_any(t.trainee_categories,
            {{ category_list('two_beginner_one_advancing', 'rule.jurisdiction', 'greatest(t.ends_on, rule.valid_from)') }})
    qualify row_number() over (partition by n.class_id, n.person_key order by rule.valid_from) = 1
),

occupations as (
    select
        count_area, person_key, is_beginner, occupation_key,
        row_number() over (partition by count_area, person_key, is_beginner order by min(turn_in_life)) as occupation_no
    from trainings
    group by count_area, person_key, is_beginner, occupation_key
),

ranked as (
    select
        t.*, o.occupation_no,
        list(b.occupation_key order by b.occupation_no) filter (where b.occupation_key is not null) as beginner_occupations
    from trainings as t
    inner join occupations as o
        on o.count_area = t.count_area and o.person_key = t.person_key and o.is_beginner = t.is_beginner and o.occupation_key = t.occupation_key
    left join occupations as b on b.count_area = t.count_area and b.person_key = t.person_key and b.is_beginner
    group by all
)

{% for test, parameter in [('third_beginner_occupation', 'beginner_occupations'), ('second_advancing_occupation', 'advancing_occupations')] %}
select
    {{ finding_columns('t', 't.reporting_unit', 't.standard_yuan', 't.ends_on',
        "{'occupation': r.occupation_key, 'occupation_number': r.occupation_no, 'beginner_occupations': r.beginner_occupations}",
        class_id='t.class_id', person_key='t.person_key') }}
from ranked as r
inner join {{ ref('int_policy_training') }} as t on t.class_id = r.class_id and t.person_key = r.person_key
{{ bound(test, 't.reporting_unit', 't.ends_on') }}
{{ limit(parameter, 'p', 't.ends_on') }}
{{ limit('beginner_occupations', 'b', 't.ends_on') }}
{% if loop.first %}where r.is_beginner and r.occupation_no > p.amount
{% else %}where not r.is_beginner
    and (r.occupation_no > p.amount
        or (len(r.beginner_occupations) >= b.amount and not list_contains(r.beginner_occupations[:b.amount::integer], r.occupation_key)))
{% endif %}
union all
{% endfor %}
select
    {{ finding_columns('t', 't.reporting_unit', 't.standard_yuan', 't.ends_on', "{'turn': s.turn, 'allowed': s.allowed::integer}",
        class_id='t.class_id', person_key='t.person_key') }}
from {{ ref('int_dalian_student_turn') }} as s
inner join {{ ref('int_policy_training') }} as t on t.class_id = s.class_id and t.person_key = s.person_key
{{ bound('second_as_student', 't.reporting_unit', 't.ends_on') }}
where s.turn > s.allowed
