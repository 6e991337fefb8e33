-- Counted trainings of a person as a college student, in order, with the limit that binds there.
select
    n.class_id,
    n.person_key,
    t.ends_on,
    p.amount as allowed,
    row_number() over (partition by n.count_area, n.person_key order by n.turn_in_life) as turn
from {{ ref('int_training_turn') }} as n
inner join {{ ref('int_policy_training') }} as t on t.class_id = n.class_id and t.person_key = n.person_key
{{ bound('second_as_student', 't.reporting_unit', 't.ends_on') }}
{{ limit('trainings_as_student', 'p', 't.ends_on') }}
where list_has_any(t.trainee_categories, {{ category_list('student', 'rule.jurisdiction', 't.ends_on') }})
