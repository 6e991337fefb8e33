-- Days and money of a class for its rate tests; every comparison is made on whole lessons and fen, nothing is rounded.
select
    c.*,
    c.total_lessons::decimal(18, 4) as lessons,
    c.standard_yuan * c.lessons_per_day as standard_lessons,
    r.floor_yuan,
    r.new_rate_yuan,
    r.new_cap_yuan,
    r.new_rate_rule_id,
    r.new_rate_document,
    c.is_new_occupation and r.new_rate_yuan is not null as has_set_rate,
    c.is_new_occupation and r.new_rate_rule_id is not null as is_set_by_rule,
    least({{ divided('r.new_rate_yuan * c.total_lessons', 'c.lessons_per_day') }}, r.new_cap_yuan)::decimal(18, 2) as set_standard_yuan,
    exists (
        select 1 from {{ ref('int_policy_catalogue') }} as g
        where g.catalogue = 'rate_exempt' and g.member = c.training_type
            and starts_with(c.reporting_unit, {{ division_prefix('g.jurisdiction') }})
            and c.approved_on between g.valid_from and g.valid_to
    ) as is_rate_exempt
from {{ ref('int_policy_class') }} as c
left join {{ ref('int_class_rate') }} as r on r.class_id = c.class_id
