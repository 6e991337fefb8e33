-- One row per target with its breakdown read as dimension and member, each by code, label or alias, and told as
-- `dimension=member`; of two spellings of one breakdown the row issued last stands.
with dimensions as (
    select unnest([label, dimension]) as label, dimension
    from (values
        ('人员类别', 'trainee_category'), ('培训类型', 'training_type'), ('街道', 'street'), ('机构', 'institution_id'),
        ('等级', 'skill_level'), ('证书类型', 'certificate_kind'), ('培训方式', 'delivery_mode'), ('性别', 'sex'),
        ('资金来源', 'fund_source'), ('职业大类', 'occupation_major')
    ) as d (label, dimension)
),

targets as (
    select *, regexp_extract(coalesce(breakdown, ''), '^\s*(.*?)\s*[=＝:：]\s*(.*?)\s*$', ['dimension', 'member']) as said
    from {{ ref('stg_targets') }}
),

known as (
    select
        t.* exclude (breakdown),
        case when coalesce(t.breakdown, '') = '' then 'all' else coalesce(d.dimension, nullif(t.said.dimension, ''), w.dimension, t.breakdown) end
            as dimension,
        case when coalesce(t.breakdown, '') = '' then 'all' else coalesce(m.member, nullif(t.said.member, ''), w.member, '') end as member
    from targets as t
    left join dimensions as d on d.label = t.said.dimension
    left join {{ ref('int_member_label') }} as m
        on m.dimension = coalesce(d.dimension, t.said.dimension) and m.label = lower(replace(t.said.member, ' ', ''))
    -- a member alone says its dimension where it is a category or a kind of training
    left join {{ ref('int_member_label') }} as w
        on t.said.dimension = '' and w.dimension in ('trainee_category', 'training_type')
        and w.label = lower(replace(t.breakdown, ' ', ''))
)

select
    reporting_unit,
    indicator_code,
    period,
    case when dimension = 'all' then '' when member = '' then dimension else dimension || '=' || member end as breakdown,
    plan_version,
    dimension,
    member,
    target_value::double as target_value,
    coalesce(comparator, 'ge') as comparator,
    unit_of_measure,
    issued_on,
    document_no,
    submission_id,
    file_name,
    sheet,
    row_no
from known
qualify row_number() over (
    partition by reporting_unit, indicator_code, period, dimension, member, plan_version
    order by issued_on desc nulls last, slot_period desc, slot_unit desc, submission_id desc, row_no desc
) = 1
