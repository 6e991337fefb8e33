-- Tests of a draft: what a published project must say, and the assessment part of its standard. Only where it is switched on.
select
    {{ finding_columns('j', 'left(j.slot_unit, 6)', 'null', 'coalesce(j.published_on, j.valid_from)', "{'channels': len(j.publication_channels)}",
        subject_id='j.project_id', key="coalesce(j.skill_level, '') || j.valid_from::varchar") }}
from {{ ref('stg_projects') }} as j
{{ bound('project_items_missing', 'left(j.slot_unit, 6)', 'j.valid_from') }}
{{ limit('publication_channels_min', 'p', 'j.valid_from') }}
where j.planned_headcount is null or coalesce(j.min_lessons, j.max_days) is null or j.occupation_name is null
    or j.standard_yuan is null or j.evaluation_route is null or j.job_route is null or j.pay_guide is null
    or coalesce(len(j.publication_channels), 0) < p.amount
union all
select
    {{ finding_columns('j', 'left(j.slot_unit, 6)', 'null', 'j.valid_from',
        "{'base_yuan': j.base_standard_yuan, 'assessment_yuan': j.assessment_standard_yuan}",
        subject_id='j.project_id', key="coalesce(j.skill_level, '') || j.valid_from::varchar") }}
from {{ ref('stg_projects') }} as j
{{ bound('assessment_part_low', 'left(j.slot_unit, 6)', 'j.valid_from') }}
{{ limit('assessment_part_min', 'p', 'j.valid_from') }}
where j.assessment_standard_yuan < p.amount * (j.base_standard_yuan + j.assessment_standard_yuan)
