-- One row per pot and recipient: to what its result would have to go for 10,000 yuan more or less, all others as they are.
-- The result is the measure of the largest performance factor. Exact as long as nobody else comes to or leaves a bound on the way:
-- with d more of the factor, own points and others' points are both linear in 1 / (all + d), so d has a closed form.
with factors as (
    select
        p.pot_key, p.recipient_id, p.measure, p.measure_value, p.times_value, p.least_value, p.most_value, p.share, p.points as own_in_factor,
        p.is_missing, p.label_zh, p.label_en,
        -- whoever is held may come free as the others' points change: then more, or less, than full marks can do here is possible
        sum((a.held_at = 'cap')::int) over others > 0 as is_cap_elsewhere,
        sum((a.held_at = 'floor' and a.floor_fen < a.cap_fen)::int) over others > 0 as is_floor_elsewhere,
        -- in whole numbers: nothing depends on the order of rows
        sum((p.measure_value * 1000000)::hugeint * (p.times_value * 100)::hugeint) over (partition by p.pot_key, p.factor_no)::double / 1e8
            as size_all,
        sum(case when a.held_at = 'shared' then p.points end) over (partition by p.pot_key, p.factor_no) as shared_in_factor
    from {{ ref('int_allocation_point') }} as p
    inner join {{ ref('int_allocation_amount') }} as a using (pot_key, recipient_id)
    where p.factor = 'performance'
    window others as (partition by p.pot_key, p.factor_no rows between unbounded preceding and unbounded following exclude current row)
    qualify dense_rank() over (partition by p.pot_key order by p.share desc, p.factor_no) = 1
),

sides as (
    select
        f.pot_key, f.recipient_id, f.measure, f.measure_value, f.is_missing, f.label_zh, f.label_en, f.is_cap_elsewhere, f.is_floor_elsewhere,
        f.times_value, f.least_value, f.most_value, f.size_all, step, a.floor_fen, a.cap_fen,
        f.share::double * 1e14 as factor_points,
        a.points::double as own, (a.points - f.own_in_factor)::double as own_elsewhere,
        (a.points_left - if(a.held_at = 'shared', a.points, 0))::double as others,
        (coalesce(f.shared_in_factor, 0) - if(a.held_at = 'shared', f.own_in_factor, 0))::double as others_in_factor,
        (a.amount_fen + step)::double as wanted,
        (a.rest_fen - if(a.held_at = 'shared', a.amount_fen, 0) - step)::double as rest
    from factors as f
    inner join {{ ref('int_allocation_amount') }} as a using (pot_key, recipient_id)
    cross join (select unnest([1000000, -1000000]) as step)
),

solved as (
    select
        *,
        measure_value::double + size_all * (wanted * others - rest * own)
            / nullif((own_elsewhere + factor_points) * rest - wanted * (others - others_in_factor), 0)
            / nullif(times_value::double, 0) as needed
    from sides
)

select
    pot_key,
    recipient_id,
    any_value(measure) as measure,
    any_value(label_zh) as label_zh,
    any_value(label_en) as label_en,
    any_value(measure_value) as measure_value,
    any_value(needed) filter (step > 0 and wanted <= cap_fen and needed between measure_value and coalesce(most_value, needed)) as gain_at,
    any_value(needed) filter (step < 0 and wanted >= floor_fen and needed between least_value and measure_value) as lose_at,
    bool_or(step > 0 and wanted > cap_fen) as is_near_cap,
    bool_or(step < 0 and wanted < floor_fen) as is_near_floor,
    bool_or(is_cap_elsewhere) as is_cap_elsewhere,
    bool_or(is_floor_elsewhere) as is_floor_elsewhere,
    bool_or(is_missing) as is_result_missing
from solved
group by pot_key, recipient_id
