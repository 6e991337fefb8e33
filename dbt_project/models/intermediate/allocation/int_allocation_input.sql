-- One row per pot, recipient and factor of its scheme: the measure, clamped, and what it is multiplied with.
-- Without a result a recipient stands at the factor's floor; a coefficient that nobody set, and an unknown mix, are 1.
with recipients as (
    select p.pot_key, p.scheme, p.scenario, m.allocator_unit, m.recipient_kind, m.recipient_id, m.reporting_unit, m.year,
        any_value(m.value) filter (m.measure = 'last_year_yuan') as last_year_yuan
    from {{ ref('int_allocation_pool') }} as p
    inner join {{ ref('mart_allocation_measure') }} as m using (allocator_unit, recipient_kind, year)
    group by all
),

-- of the indicators only those that a factor names: all of them are the largest table of a release
indicators as materialized (
    select reporting_unit, period, dimension, member, indicator_code, value
    from {{ ref('mart_indicator') }}
    where dimension in ('all', 'institution_id')
        and indicator_code in (select unnest([measure, times]) from {{ source('given', 'scheme_factor') }})
),

known as (
    select r.pot_key, r.recipient_id, m.measure, m.value
    from recipients as r
    inner join {{ ref('mart_allocation_measure') }} as m using (allocator_unit, recipient_kind, recipient_id, year)
    union all
    select r.pot_key, r.recipient_id, 'review_score', s.score
    from recipients as r
    inner join {{ ref('int_allocation_score') }} as s using (scheme, recipient_kind, recipient_id, reporting_unit, year)
    union all
    select r.pot_key, r.recipient_id, i.indicator_code, i.value
    from recipients as r
    inner join indicators as i
        on i.reporting_unit = r.reporting_unit and i.period = (r.year - 1)::varchar
        and i.dimension = if(r.recipient_kind = 'district', 'all', 'institution_id')
        and i.member = if(r.recipient_kind = 'district', 'all', r.recipient_id)
),

lines as (
    select r.*, f.factor_no, f.factor, f.label_zh, f.label_en, f.share, f.measure, f.times, f.clause,
        f.floor::decimal(24, 6) as floor, f.cap::decimal(24, 6) as cap, k.value::decimal(24, 6) as found,
        case when f.times is null then 1 else coalesce(t.value, 0) end::decimal(18, 2) as times_value,
        case when f.measure = 'given_coefficient' then coalesce(c.coefficient, 1) when f.measure = 'case_mix_difficulty' then 1
            else coalesce(f.floor, 0) end::decimal(24, 6) as otherwise
    from recipients as r
    inner join {{ source('given', 'scheme_factor') }} as f using (scheme)
    left join known as k on k.pot_key = r.pot_key and k.recipient_id = r.recipient_id and k.measure = f.measure
    left join known as t on t.pot_key = r.pot_key and t.recipient_id = r.recipient_id and t.measure = f.times
    left join {{ source('given', 'scheme_coefficient') }} as c
        on c.scheme = r.scheme and c.factor_no = f.factor_no and c.reporting_unit = r.reporting_unit
)

select
    l.* exclude (floor, cap, found, otherwise, last_year_yuan),
    coalesce(l.floor, 0) as least_value, coalesce(l.cap, case when l.measure = 'review_score' then 100 end) as most_value,
    greatest(least(coalesce(l.found, l.otherwise), coalesce(l.cap, l.found, l.otherwise)), coalesce(l.floor, 0), 0) as measure_value,
    l.found is null and l.measure <> 'given_coefficient' as is_missing,
    (coalesce(l.last_year_yuan, 0) * 100)::bigint as last_year_fen,
    o.locked_fen,
    coalesce(g.is_suspended, false) or coalesce(n.list_status = 'black', false) as is_suspended,
    (s.floor_yuan * 100)::bigint as floor_fen, s.floor_of_last_year as floor_ratio, s.floor_of_pool as floor_share,
    (s.cap_yuan * 100)::bigint as cap_fen, s.cap_of_last_year as cap_ratio, s.cap_of_pool as cap_share
from lines as l
inner join {{ source('given', 'scheme') }} as s using (scheme)
left join {{ ref('int_allocation_score') }} as g using (scheme, recipient_kind, recipient_id, reporting_unit, year)
-- equal on one side each: a condition on one table alone makes DuckDB compare every pair
left join {{ ref('dim_institution') }} as n on n.institution_id = if(l.recipient_kind = 'institution', l.recipient_id, null)
left join {{ source('given', 'allocation_lock') }} as o on o.recipient_id = l.recipient_id
