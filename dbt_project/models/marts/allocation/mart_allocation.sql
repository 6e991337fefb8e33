-- One row per pot and recipient: the proposal of the default scheme, and every decision on record as a scenario of its own.
select
    pot_key, allocator_unit, recipient_kind, recipient_id, recipient_name, reporting_unit, institution_id, year, scenario, scheme,
    pool_yuan, pool_source, base_yuan, task_yuan, performance_yuan, difficulty_yuan, input_yuan, computed_yuan, floor_yuan, cap_yuan,
    adjustment_yuan, proposed_yuan, last_year_yuan, held_at, score, grade_zh, grade_en, gain_at, lose_at, unspent_yuan, recovered_yuan,
    claw_back_yuan, plan_person_times, quota_change, quota_person_times, refusal,
    false as is_decided, false as is_standing, null::varchar as allocation_id, null::varchar as replaces, reason, reason_en
from {{ ref('int_allocation_told') }}
inner join (select pot_key, pool_source from {{ ref('int_allocation_pool') }}) using (pot_key)
union all by name
select * exclude (sha256) from {{ source('given', 'allocation_record') }}
