-- Sums over ended classes in scope by unit, quarter of the end and dimension of the class: subsidy paid for the classes
-- that hold counted trainings, whenever paid; answers of follow-ups.
with costs as (
    select class_id, sum(net_paid_yuan) as cost_yuan
    from {{ ref('fct_claim') }}
    where is_counted and is_money_row and subsidy_kind = 'training' and claim_status in ('paid', 'recovered')
    group by class_id
),

answers as (
    select
        class_id,
        count(satisfaction) as answer_count,
        count_if(satisfaction in ('4', '5')) as satisfied_count
    from {{ ref('stg_followups') }} as f
    cross join {{ source('control', 'build') }} as b
    where coalesce(f.contacted_on <= b.data_date, true)
    group by class_id
),

classes as (
    select
        c.*,
        q.quarter_no,
        case when h.class_id is not null then k.cost_yuan else 0 end as cost_yuan,
        a.answer_count,
        a.satisfied_count
    from {{ ref('dim_class') }} as c
    inner join {{ ref('int_quarter') }} as q on q.quarter = year(c.ends_on) || 'Q' || quarter(c.ends_on)
    left join costs as k on k.class_id = c.class_id
    left join answers as a on a.class_id = c.class_id
    left join (select distinct class_id from {{ ref('int_training') }} where is_counted) as h on h.class_id = c.class_id
    where c.is_in_scope and c.has_ended
)

{{ sums_by_dimension('classes', ['reporting_unit', 'quarter_no'], class_dimensions(), {
    'cost_yuan': 'coalesce(sum(cost_yuan), 0)',
    'answer_count': 'coalesce(sum(answer_count), 0)',
    'satisfied_count': 'coalesce(sum(satisfied_count), 0)'}) }}
