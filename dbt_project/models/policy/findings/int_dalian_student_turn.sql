-- Counted trainings of a person as a college student, in order, with the limit that binds there. A training before the rule uses
-- up a turn as well, as those of a life do.
with students as (
    select n.class_id, n.person_key, n.count_area, n.turn_in_life, t.ends_on, p.amount as allowed
    from {{ ref('int_training_turn') }} as n
    inner join {{ ref('int_policy_training') }} as t on t.class_id = n.class_id and t.person_key = n.person_key
    {{ bound_or_before('second_as_student', 't.reporting_unit', 't.ends_on') }}
    {{ limit('trainings_as_student', 'p', 'greatest(t.ends_on, rule.valid_from)') }}
    where list_has_any(t.trainee_categories, {{ category_list('student', 'rule.jurisdiction', 'greatest(t.ends_on, rule.valid_from)') }})
    qualify row_number() over (partition by n.class_id, n.person_key order by rule.valid_from) = 1
)

select
    class_id,
    person_key,
    ends_on,
    allowed,
    row_number() over (partition by count_area, person_key order by turn_in_life) as turn
from students
