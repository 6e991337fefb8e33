-- One row per target with its breakdown read as dimension and member; labels are taken like codes.
with targets as (
    select
        *,
        coalesce(breakdown, '') as breakdown_text,
        trim(split_part(coalesce(breakdown, ''), '=', 1)) as dimension_text,
        trim(split_part(coalesce(breakdown, ''), '=', 2)) as member_text
    from {{ ref('stg_targets') }}
    qualify row_number() over (
        partition by reporting_unit, indicator_code, period, coalesce(breakdown, ''), plan_version
        order by issued_on desc nulls last, slot_period desc, slot_unit desc
    ) = 1
),

dimensions as (
    select * from (values
        ('人员类别', 'trainee_category'), ('培训类型', 'training_type'), ('街道', 'street'), ('机构', 'institution_id'),
        ('等级', 'skill_level'), ('证书类型', 'certificate_kind'), ('培训方式', 'delivery_mode'), ('性别', 'sex'),
        ('资金来源', 'fund_source')
    ) as d (label, dimension)
)

select
    t.reporting_unit,
    t.indicator_code,
    t.period,
    t.breakdown_text as breakdown,
    t.plan_version,
    case when t.dimension_text = '' then 'all' else coalesce(d.dimension, t.dimension_text) end as dimension,
    case when t.dimension_text = '' then 'all' else coalesce(c.code, t.member_text) end as member,
    t.target_value::double as target_value,
    coalesce(t.comparator, 'ge') as comparator,
    t.unit_of_measure,
    t.issued_on,
    t.document_no,
    t.submission_id,
    t.file_name,
    t.sheet,
    t.row_no
from targets as t
left join dimensions as d on d.label = t.dimension_text
left join {{ source('given', 'code') }} as c
    on c.code_list = coalesce(d.dimension, t.dimension_text) and c.label_zh = t.member_text
