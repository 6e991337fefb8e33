-- What each recipient can claim of a pool: points, floor and cap in fen, and why a pool cannot be given out at all.
-- A bound is a sum, a part of last year's amount, or a part of the pool; the tightest counts. Where the pool is smaller than all
-- of last year's, floors shrink with it; where it is larger, caps grow with it. Who got nothing last year has no such bound.
with recipients as (
    select
        pot_key, recipient_id, any_value(last_year_fen)::hugeint as last_year_fen, any_value(locked_fen)::hugeint as locked_fen,
        case when any_value(is_suspended) then 0 else sum(points) end::hugeint as points,
        any_value(is_suspended) as is_suspended,
        any_value(floor_fen)::hugeint as floor_fen, (any_value(floor_ratio) * 10000)::hugeint as floor_ratio,
        (any_value(floor_share) * 10000)::hugeint as floor_share, any_value(cap_fen)::hugeint as cap_fen,
        (any_value(cap_ratio) * 10000)::hugeint as cap_ratio, (any_value(cap_share) * 10000)::hugeint as cap_share
    from {{ ref('int_allocation_point') }}
    group by pot_key, recipient_id
),

summed as (
    select r.*, p.pool_fen::hugeint as pool_fen, sum(r.last_year_fen) over (partition by pot_key) as last_fen
    from recipients as r
    inner join {{ ref('int_allocation_pool') }} as p using (pot_key)
),

bounded as (
    select
        * exclude (floor_fen, cap_fen),
        case when is_suspended then 0 else coalesce(locked_fen, greatest(
            floor_fen, last_year_fen * floor_ratio * least(pool_fen, last_fen) // nullif(last_fen * 10000, 0),
            pool_fen * floor_share // 10000, 0)) end as floor_fen,
        case when is_suspended then 0 else coalesce(locked_fen, least(
            cap_fen, nullif(last_year_fen, 0) * cap_ratio * greatest(pool_fen, last_fen) // nullif(last_fen * 10000, 0),
            pool_fen * cap_share // 10000, pool_fen)) end as cap_fen
    from summed
),

-- without points a recipient gets its floor and no more
claims as (
    select * replace (case when points = 0 then floor_fen else cap_fen end as cap_fen) from bounded
)

select
    pot_key, recipient_id, points, floor_fen, cap_fen, pool_fen,
    case
        when pool_fen <= 0 then 'no_pool'
        when bool_and(is_suspended) over pot then 'all_suspended'
        when sum(points) over pot = 0 then 'no_points'
        when bool_or(floor_fen > cap_fen) over pot then 'floor_over_cap'
        when sum(floor_fen) over pot > pool_fen then 'floors_over_pool'
        when sum(cap_fen) over pot < pool_fen then 'caps_under_pool'
    end as refusal,
    (sum(floor_fen) over pot)::hugeint as floors_fen,
    (sum(cap_fen) over pot)::hugeint as caps_fen
from claims
window pot as (partition by pot_key)
