-- Calendar years that a loaded period or a target's span touches; loaded = touched by a submission that stands.
with slots as (
    select period_starts_on as starts_on, period_ends_on as ends_on, true as is_loaded
    from {{ source('control', 'submission') }}
    where is_standing
),

spans as (
    select make_date(left(period, 4)::integer, 1, 1), make_date(right(period, 4)::integer, 12, 31), false
    from {{ ref('stg_targets') }}
    where regexp_full_match(period, '[0-9]{4}-[0-9]{4}')
),

touched as (
    select unnest(range(year(starts_on), year(ends_on) + 1))::integer as calendar_year, is_loaded
    from (select * from slots union all select * from spans)
)

select calendar_year, bool_or(is_loaded) as is_loaded
from touched
group by calendar_year
