-- Assessments that belong to one counted training alone: examined and passed, to be summed. Re-issued ones are left out.
-- An assessment that several counted trainings share is counted once per figure, in int_shared_assessment_total.
with used as (
    select
        m.certification_key,
        any_value(m.class_id) as class_id,
        any_value(m.person_key) as person_key,
        bool_or(c.is_passed) as is_passed
    from {{ ref('int_training_certification') }} as m
    inner join {{ ref('fct_certification') }} as c on c.certification_key = m.certification_key
    inner join {{ ref('int_training') }} as t on t.class_id = m.class_id and t.person_key = m.person_key
    where t.is_counted and c.is_examined and c.certificate_status is distinct from 'reissued'
    group by m.certification_key
    having count(*) = 1
)

select class_id, person_key, count(*) as examined_count, count_if(is_passed) as passed_count
from used
group by class_id, person_key
