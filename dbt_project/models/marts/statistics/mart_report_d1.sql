-- One row per unit, period and line of form D1 (publication of fund use): claims paid in the period by class and kind of
-- subsidy; payments without a class one line per kind. The last line is the total. No person is in it.
with paid as (
    select
        c.reporting_unit as member_unit, w.period, c.class_id, c.subsidy_kind,
        k.institution_id, k.occupation_name, k.delivery_mode, k.total_lessons,
        sum(coalesce(s.claimed_headcount, 1)) as claimed_headcount,
        sum(coalesce(s.cut_headcount, 0)) as cut_headcount,
        sum(c.paid_yuan) as paid_yuan,
        sum(coalesce(c.claimed_yuan, c.paid_yuan)) as claimed_yuan,
        sum(coalesce(c.cut_yuan, 0)) as cut_yuan,
        case when min(s.standard_yuan) = max(s.standard_yuan) then min(s.standard_yuan) end as standard_yuan,
        min(s.cut_reason) as cut_reason
    from {{ ref('fct_claim') }} as c
    inner join {{ ref('stg_claims') }} as s
        on s.submission_id = c.submission_id and s.file_name = c.file_name and s.sheet = c.sheet and s.row_no = c.row_no
    inner join {{ ref('int_window') }} as w on not w.is_cumulative and c.paid_on between w.starts_on and w.counts_to
    left join {{ ref('dim_class') }} as k on k.class_id = c.class_id
    where c.is_money_row and c.is_counted and c.claim_status in ('paid', 'recovered') and w.period_kind <> 'span'
    group by all
),

rosters as (
    select class_id, count(*) as enrolled_count, count_if(is_completed)::bigint as completed_count,
        count_if(is_certified)::bigint as certified_count
    from {{ ref('fct_training') }}
    group by class_id
),

lines as (
    select m.reporting_unit, p.* exclude (member_unit), r.enrolled_count, r.completed_count, r.certified_count,
        false as is_total
    from paid as p
    inner join {{ ref('int_unit_member') }} as m on m.member_unit = p.member_unit
    left join rosters as r on r.class_id = p.class_id
    union all by name
    select m.reporting_unit, p.period, true as is_total, sum(p.paid_yuan) as paid_yuan, sum(p.claimed_yuan) as claimed_yuan,
        sum(p.cut_yuan) as cut_yuan
    from paid as p
    inner join {{ ref('int_unit_member') }} as m on m.member_unit = p.member_unit
    group by all
)

select
    l.reporting_unit,
    l.period,
    row_number() over (partition by l.reporting_unit, l.period
        order by l.is_total, l.class_id is null, i.institution_name, l.class_id, l.subsidy_kind)::integer as line_no,
    l.is_total,
    l.class_id,
    i.institution_name,
    l.occupation_name,
    l.subsidy_kind,
    l.delivery_mode,
    l.total_lessons::integer as total_lessons,
    l.enrolled_count,
    l.completed_count,
    l.certified_count,
    (l.claimed_headcount - l.cut_headcount)::bigint as approved_headcount,
    l.cut_headcount::bigint as cut_headcount,
    l.cut_reason,
    l.standard_yuan,
    l.claimed_yuan::decimal(18, 2) as claimed_yuan,
    l.cut_yuan::decimal(18, 2) as cut_yuan,
    l.paid_yuan::decimal(18, 2) as paid_yuan
from lines as l
left join {{ ref('dim_institution') }} as i on i.institution_id = l.institution_id
