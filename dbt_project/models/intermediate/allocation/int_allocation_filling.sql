-- Exact water-filling: hold whoever falls outside floor or cap, share the rest anew by points, repeat until all hold.
-- Whole numbers only: point / points_left of the rest is compared by cross multiplication, so nothing is ever rounded here.
-- A round holds one side: where floors lack more than caps free, the floors, else the caps; so the outcome is the only one.
with recursive filling as (
    select pot_key, recipient_id, points, floor_fen, cap_fen, pool_fen, null::hugeint as held_fen, false as is_filled
    from {{ ref('int_allocation_claim') }}
    where refusal is null
    union all
    select
        pot_key, recipient_id, points, floor_fen, cap_fen, pool_fen,
        case when held_fen is not null then held_fen
            when lack >= 0 and floor_fen * points_left > rest_fen * points then floor_fen
            when lack <= 0 and cap_fen * points_left < rest_fen * points then cap_fen end as held_fen,
        outside = 0 as is_filled
    from (
        select
            *,
            sum(greatest(floor_fen * points_left - rest_fen * points, 0) + least(cap_fen * points_left - rest_fen * points, 0))
                filter (held_fen is null) over (partition by pot_key) as lack,
            count(*) filter (held_fen is null and rest_fen * points not between floor_fen * points_left and cap_fen * points_left)
                over (partition by pot_key) as outside
        from (
            select
                *,
                pool_fen - coalesce(sum(held_fen) over (partition by pot_key), 0) as rest_fen,
                sum(points) filter (held_fen is null) over (partition by pot_key) as points_left
            from filling
            where not is_filled
        )
    )
)

select pot_key, recipient_id, points, floor_fen, cap_fen, pool_fen, held_fen from filling where is_filled
