-- Surplus trainings of a person: in a year, in life, of one occupation and level. One finding per surplus training, carried
-- by the later one, the earlier ones in the evidence.
with surplus as (
    {% for test, turn, parameter in [
        ('fourth_in_year', 'turn_in_year', 'trainings_per_person_year'),
        ('second_in_year', 'turn_in_year', 'trainings_per_person_year'),
        ('lifetime_count', 'turn_in_life', 'trainings_lifetime'),
        ('repeat_occupation_level', 'turn_in_level', 'trainings_per_occupation_level')] %}
    select '{{ test }}' as test, n.*, {{ turn }} as turn, p.amount as allowed
    from {{ ref('int_training_turn') }} as n
    inner join {{ ref('int_policy_training') }} as t on t.class_id = n.class_id and t.person_key = n.person_key
    {{ bound(test, 't.reporting_unit', 't.ends_on') }}
    {{ limit(parameter, 'p', 't.ends_on') }}
    where n.{{ turn }} > p.amount
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

earlier as (
    select s.test, s.class_id, s.person_key, list(e.class_id order by e.turn_in_life) as class_ids
    from surplus as s
    inner join {{ ref('int_training_turn') }} as e
        on e.person_key = s.person_key and e.count_area = s.count_area and e.turn_in_life < s.turn_in_life
        and (s.test = 'lifetime_count' or s.test = 'repeat_occupation_level' or e.calendar_year = s.calendar_year)
        and (s.test <> 'repeat_occupation_level' or (e.occupation_key = s.occupation_key and e.level_or_kind = s.level_or_kind))
    group by s.test, s.class_id, s.person_key
)

select
    {{ finding_columns('t', 't.reporting_unit', 't.standard_yuan', 't.ends_on',
        "{'turn': s.turn, 'allowed': s.allowed::integer, 'earlier_classes': e.class_ids, 'occupation': s.occupation_key, 'level': s.skill_level}",
        class_id='t.class_id', person_key='t.person_key') }}
from surplus as s
inner join {{ ref('int_policy_training') }} as t on t.class_id = s.class_id and t.person_key = s.person_key
inner join {{ ref('int_policy_binding') }} as rule
    on rule.test = s.test and rule.unit_code = t.reporting_unit and t.ends_on between rule.valid_from and rule.valid_to
left join earlier as e on e.test = s.test and e.class_id = s.class_id and e.person_key = s.person_key
-- a student's turn is judged by the stricter limit of the whole time of study
where s.test <> 'second_in_year'
    or (s.class_id, s.person_key) not in (select (class_id, person_key) from {{ ref('int_dalian_student_turn') }} where turn > allowed)
