-- Assessments of a training: those of its class; where there is none, or one is failed and none passed (a resit), also
-- those without a class of the same person, occupation (by code where both have one, else by name) and level, from its
-- first day to so many months after its last as the pack says (12).
with own as (
    select t.class_id, t.person_key, c.certification_key, c.is_passed, c.result
    from {{ ref('int_training') }} as t
    inner join {{ ref('fct_certification') }} as c on c.class_id = t.class_id and c.person_key = t.person_key
    where c.is_counted
),

served as (
    select class_id, person_key from own
    group by class_id, person_key
    having bool_or(is_passed) or not bool_or(result = 'failed')
),

fallback as (
    select t.class_id, t.person_key, c.certification_key
    from {{ ref('int_training') }} as t
    inner join {{ ref('fct_certification') }} as c
        on c.person_key = t.person_key
        and c.skill_level is not distinct from t.skill_level
        and c.examined_on between t.starts_on and t.certificate_to
    anti join served as s on s.class_id = t.class_id and s.person_key = t.person_key
    where c.is_counted and c.class_id is null
        and coalesce(c.occupation_code = t.occupation_code, c.occupation_name = t.occupation_name)
)

select class_id, person_key, certification_key from own
union
select class_id, person_key, certification_key from fallback
