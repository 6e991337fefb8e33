-- Counted trainings with a blocking finding on them or on their class, by quarter. The parts of the findings are read, not the
-- mart, since one part, the equal split of quotas, looks at the scores of the review.
with blocks as (
    {% for family in review_finding_families() %}
    select class_id, person_key from {{ ref('int_finding_' ~ family) }} where severity = 'block' and class_id is not null
    {% if not loop.last %}union{% endif %}
    {% endfor %}
)

select t.reporting_unit, t.institution_id, t.training_type, t.quarter_no, count(*) as blocked_count
from (
    select class_id, person_key, reporting_unit, institution_id, training_type, quarter_no from {{ ref('int_training_ended') }}
    where is_counted
) as t
where exists (select 1 from blocks as b where b.class_id = t.class_id and b.person_key = t.person_key)
    or t.class_id in (select class_id from blocks where person_key is null)
group by all
