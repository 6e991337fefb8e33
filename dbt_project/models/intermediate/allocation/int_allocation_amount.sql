-- Whole fen: what is shared is cut to the fen and the fen left over go to the largest remainders, ties to the lower code.
-- Done twice: for the amounts within floor and cap, and for the plain formula that they are compared with.
with shared as (
    select
        f.*,
        pool_fen - coalesce(sum(held_fen) over pot, 0) as rest_fen,
        sum(points) filter (held_fen is null) over pot as points_left,
        sum(points) over pot as points_all
    from {{ ref('int_allocation_filling') }} as f
    window pot as (partition by pot_key)
),

cut as (
    select
        *,
        coalesce(held_fen, rest_fen * points // points_left) as cut_fen,
        case when held_fen is null then rest_fen * points % points_left else -1 end as remainder,
        pool_fen * points // points_all as plain_cut_fen,
        pool_fen * points % points_all as plain_remainder
    from shared
),

ranked as (
    select
        *,
        pool_fen - sum(cut_fen) over pot as left_fen,
        row_number() over (partition by pot_key order by remainder desc, recipient_id) as place,
        pool_fen - sum(plain_cut_fen) over pot as plain_left_fen,
        row_number() over (partition by pot_key order by plain_remainder desc, recipient_id) as plain_place
    from cut
    window pot as (partition by pot_key)
)

select
    pot_key,
    recipient_id,
    points,
    floor_fen,
    cap_fen,
    (cut_fen + (place <= left_fen)::int)::bigint as amount_fen,
    (plain_cut_fen + (plain_place <= plain_left_fen)::int)::bigint as plain_fen,
    case when held_fen is null then 'shared' when held_fen = floor_fen then 'floor' else 'cap' end as held_at,
    rest_fen,
    points_left
from ranked
