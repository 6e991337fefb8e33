-- One row per figure of a frozen period that has moved since its official release: what was said, what it is now, and why.
with present as (
    select i.* from {{ ref('mart_indicator') }} as i
    semi join {{ source('control', 'frozen') }} as f on f.period = i.period
),

moved as (
    select
        coalesce(o.period, p.period) as period,
        coalesce(o.indicator_code, p.indicator_code) as indicator_code,
        coalesce(o.reporting_unit, p.reporting_unit) as reporting_unit,
        coalesce(o.dimension, p.dimension) as dimension,
        coalesce(o.member, p.member) as member,
        o.numerator as frozen_numerator, o.denominator as frozen_denominator, o.value as frozen_value,
        p.numerator as current_numerator, p.denominator as current_denominator, p.value as current_value
    from {{ source('control', 'frozen_figure') }} as o
    full join present as p
        on p.period = o.period and p.indicator_code = o.indicator_code and p.reporting_unit = o.reporting_unit
        and p.dimension = o.dimension and p.member = o.member
    where o.value is distinct from p.value or o.numerator is distinct from p.numerator
        or o.denominator is distinct from p.denominator
),

-- many periods of one dataset are told as first, last and how many, so that a reason stays a sentence
late as (
    select
        period, reporting_unit, dataset,
        list(submission_id) as submission_ids,
        any_value(title_zh) as title_zh,
        list_sort(list_distinct(list(submitted_by))) as units,
        list_sort(list_distinct(list(submitted_period))) as periods,
        if(len(units) = 1, units[1], len(units) || '个单位') as unit_zh,
        if(len(units) = 1, units[1], len(units) || ' units') as unit_en,
        if(len(periods) < 4, array_to_string(periods, '、'), periods[1] || '至' || periods[-1] || '共' || len(periods) || '期') as period_zh,
        if(len(periods) < 4, array_to_string(periods, ', '), periods[1] || ' to ' || periods[-1] || ', ' || len(periods) || ' periods')
            as period_en
    from {{ ref('int_late_submission') }}
    group by all
),

reasons as (
    select
        l.period, l.reporting_unit, i.indicator_code,
        list_sort(flatten(list(l.submission_ids))) as submission_ids,
        '补报或更正：' || string_agg(l.title_zh || '（' || l.unit_zh || '，' || l.period_zh || '）', '、' order by l.dataset) as told_zh,
        'sent later: ' || string_agg(l.dataset || ' (' || l.unit_en || ', ' || l.period_en || ')', ', ' order by l.dataset) as told_en
    from late as l
    inner join {{ source('given', 'indicator') }} as i on list_contains(i.datasets, l.dataset)
    group by all
)

select
    m.*,
    m.current_value - m.frozen_value as difference,
    f.release_id as frozen_release_id,
    f.frozen_at,
    i.unit_of_measure,
    coalesce(r.submission_ids, []) as submission_ids,
    f.data_date is distinct from b.data_date as is_data_date_moved,
    f.code_version is distinct from b.code_version as is_code_changed,
    concat_ws('；', r.told_zh, case when f.data_date <> b.data_date then '数据截至 ' || f.data_date || ' 改为 ' || b.data_date end,
        case when f.code_version <> b.code_version then '规则或模型有变动' end) as reason_zh,
    concat_ws('; ', r.told_en, case when f.data_date <> b.data_date then 'data date ' || f.data_date || ', now ' || b.data_date end,
        case when f.code_version <> b.code_version then 'rules or models changed' end) as reason_en
from moved as m
inner join {{ source('control', 'frozen') }} as f on f.period = m.period
inner join {{ source('given', 'indicator') }} as i on i.indicator_code = m.indicator_code
cross join {{ source('control', 'build') }} as b
left join reasons as r
    on r.period = m.period and r.reporting_unit = m.reporting_unit and r.indicator_code = m.indicator_code
