-- One row per pot and recipient: the amount, its parts, its bounds, last year's, and what the grade does to the quota.
with parts as (
    select
        pot_key, recipient_id,
        any_value(columns(['allocator_unit', 'recipient_kind', 'reporting_unit', 'year', 'scenario', 'scheme', 'last_year_fen'])),
        bool_or(is_suspended) as is_suspended, bool_or(locked_fen is not null) as is_locked,
        coalesce(sum(part_yuan) filter (factor = 'base'), 0)::decimal(18, 2) as base_yuan,
        coalesce(sum(part_yuan) filter (factor = 'task'), 0)::decimal(18, 2) as task_yuan,
        coalesce(sum(part_yuan) filter (factor = 'performance'), 0)::decimal(18, 2) as performance_yuan,
        coalesce(sum(part_yuan) filter (factor = 'difficulty'), 0)::decimal(18, 2) as difficulty_yuan,
        coalesce(sum(part_yuan) filter (factor = 'input'), 0)::decimal(18, 2) as input_yuan
    from {{ ref('mart_allocation_part') }}
    group by all
),

known as (
    select
        allocator_unit, recipient_kind, recipient_id, year,
        max(value) filter (measure = 'unspent_yuan')::decimal(18, 2) as unspent_yuan,
        max(value) filter (measure = 'recovered_yuan')::decimal(18, 2) as recovered_yuan,
        max(value) filter (measure = 'plan_person_times')::bigint as plan_person_times
    from {{ ref('mart_allocation_measure') }}
    group by all
)

select
    p.pot_key, p.allocator_unit, p.recipient_kind, p.recipient_id, coalesce(u.unit_name, n.institution_name, p.recipient_id) as recipient_name,
    p.reporting_unit, if(p.recipient_kind = 'institution', p.recipient_id, null) as institution_id, p.year, p.scenario, p.scheme,
    c.refusal, (c.pool_fen::bigint * 0.01)::decimal(18, 2) as pool_yuan, p.base_yuan, p.task_yuan, p.performance_yuan, p.difficulty_yuan, p.input_yuan,
    (a.plain_fen::bigint * 0.01)::decimal(18, 2) as computed_yuan, (c.floor_fen::bigint * 0.01)::decimal(18, 2) as floor_yuan,
    (c.cap_fen::bigint * 0.01)::decimal(18, 2) as cap_yuan, ((a.amount_fen - a.plain_fen) * 0.01)::decimal(18, 2) as adjustment_yuan,
    (a.amount_fen::bigint * 0.01)::decimal(18, 2) as proposed_yuan, (p.last_year_fen::bigint * 0.01)::decimal(18, 2) as last_year_yuan,
    case when p.is_suspended then 'suspended' when p.is_locked then 'locked' else a.held_at end as held_at,
    s.score::decimal(9, 4) as score, s.grade_zh, s.grade_en, l.measure as lever_measure, l.label_zh as lever_label_zh,
    l.label_en as lever_label_en, l.measure_value as lever_value,
    l.gain_at, l.lose_at, l.is_near_cap, l.is_near_floor, l.is_cap_elsewhere, l.is_floor_elsewhere, l.is_result_missing,
    coalesce(k.unspent_yuan, 0) as unspent_yuan, coalesce(k.recovered_yuan, 0) as recovered_yuan,
    least(a.amount_fen * 0.01, greatest(coalesce(k.unspent_yuan, 0), 0))::decimal(18, 2) as claw_back_yuan,
    k.plan_person_times, s.quota_change,
    floor(k.plan_person_times * (1 + coalesce(s.quota_change, 0)))::bigint as quota_person_times,
    (c.floors_fen::bigint * 0.01)::decimal(18, 2) as floors_yuan, (c.caps_fen::bigint * 0.01)::decimal(18, 2) as caps_yuan
from parts as p
inner join {{ ref('int_allocation_claim') }} as c using (pot_key, recipient_id)
left join {{ ref('int_allocation_amount') }} as a using (pot_key, recipient_id)
left join {{ ref('int_allocation_lever') }} as l using (pot_key, recipient_id)
left join {{ ref('int_allocation_score') }} as s using (scheme, recipient_kind, recipient_id, reporting_unit, year)
left join known as k using (allocator_unit, recipient_kind, recipient_id, year)
-- equal on one side each: a condition on one table alone makes DuckDB compare every pair
left join {{ ref('dim_unit') }} as u on u.reporting_unit = if(p.recipient_kind = 'district', p.recipient_id, null)
left join {{ ref('dim_institution') }} as n on n.institution_id = if(p.recipient_kind = 'institution', p.recipient_id, null)
