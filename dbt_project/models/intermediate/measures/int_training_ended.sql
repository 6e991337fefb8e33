-- Trainings of ended classes in scope, with the quarter of their end and what the sums need.
select
    t.*,
    q.quarter_no,
    t.skill_level in ('1', '2', '3') as is_senior,
    coalesce(p.examined_count, 0) as examined_count,
    coalesce(p.passed_count, 0) as passed_count
from {{ ref('fct_training') }} as t
inner join {{ ref('int_quarter') }} as q on q.quarter = year(t.ends_on) || 'Q' || quarter(t.ends_on)
left join {{ ref('int_training_pass') }} as p on p.class_id = t.class_id and p.person_key = t.person_key
where t.is_in_scope and t.has_ended
