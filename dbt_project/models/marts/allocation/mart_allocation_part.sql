-- One row per pot, recipient and factor: what the factor is worth to the recipient by the plain formula, to the fen.
-- The parts of a recipient add up to its amount before floors and caps; fen left over go to the largest remainders.
with cut as (
    select
        p.*, a.plain_fen,
        case when a.points > 0 then a.plain_fen * p.points // a.points when a.points = 0 then 0 end as cut_fen,
        case when a.points > 0 then a.plain_fen * p.points % a.points else 0 end as remainder
    from {{ ref('int_allocation_point') }} as p
    left join {{ ref('int_allocation_amount') }} as a using (pot_key, recipient_id)
),

ranked as (
    select
        *,
        plain_fen - sum(cut_fen) over (partition by pot_key, recipient_id) as left_fen,
        row_number() over (partition by pot_key, recipient_id order by remainder desc, factor_no) as place
    from cut
)

select
    pot_key,
    allocator_unit,
    recipient_kind,
    recipient_id,
    reporting_unit,
    year,
    scenario,
    scheme,
    factor_no,
    factor,
    label_zh,
    label_en,
    share,
    measure,
    measure_value,
    times,
    times_value,
    is_missing,
    ((cut_fen + (place <= left_fen)::integer)::bigint * 0.01)::decimal(18, 2) as part_yuan,
    points::decimal(38, 0) as points,
    clause,
    last_year_fen, locked_fen, is_suspended, floor_fen, floor_ratio, floor_share, cap_fen, cap_ratio, cap_share
from ranked
