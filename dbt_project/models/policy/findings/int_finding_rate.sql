-- Daily rates of classes: above the ceiling, below the floor, a new occupation off its set rate (which then is the only test).
select
    {{ finding_columns('c', 'c.reporting_unit', '(c.standard_yuan - p.amount * c.lessons / c.lessons_per_day) * c.completed_count',
        'c.approved_on', "{'standard_yuan': c.standard_yuan, 'lessons': c.total_lessons, 'ceiling': p.amount, 'heads': c.completed_count}",
        class_id='c.class_id', institution_id='c.institution_id') }}
from {{ ref('int_class_day') }} as c
{{ bound('rate_above_200', 'c.reporting_unit', 'c.approved_on') }}
{{ limit('rate_ceiling_yuan', 'p', 'c.approved_on') }}
where not c.is_rate_exempt and not c.is_set_by_rule and c.occupation_name is not null
    and c.standard_lessons > p.amount * c.lessons
union all
select
    {{ finding_columns('c', 'c.reporting_unit', 'null', 'c.approved_on',
        "{'standard_yuan': c.standard_yuan, 'lessons': c.total_lessons, 'floor': c.floor_yuan, 'major': c.occupation_major, 'level': c.skill_level}",
        class_id='c.class_id', institution_id='c.institution_id') }}
from {{ ref('int_class_day') }} as c
{{ bound('rate_below_floor', 'c.reporting_unit', 'c.approved_on') }}
where not c.is_rate_exempt and not c.is_set_by_rule and c.occupation_name is not null
    and c.standard_lessons < c.floor_yuan * c.lessons
union all
select
    {{ finding_columns('c', 'c.reporting_unit', 'greatest(c.standard_yuan - c.set_standard_yuan, 0) * c.completed_count', 'c.approved_on',
        "{'standard_yuan': c.standard_yuan, 'set_standard_yuan': c.set_standard_yuan, 'rate': c.new_rate_yuan, 'lessons': c.total_lessons, 'heads': c.completed_count}",
        class_id='c.class_id', institution_id='c.institution_id') }}
from {{ ref('int_class_day') }} as c
{{ bound('new_occupation_rate', 'c.reporting_unit', 'c.approved_on') }}
where c.is_set_by_rule and c.standard_yuan <> c.set_standard_yuan and c.training_type not in ('apprenticeship', 'on_the_job')
