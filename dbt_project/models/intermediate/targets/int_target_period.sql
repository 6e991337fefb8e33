-- First and last day of every period that a target names, loaded or not.
with named as (
    select distinct period from {{ ref('stg_targets') }}
)

select
    period,
    case
        when regexp_full_match(period, '[0-9]{4}Q[1-4]') then make_date(left(period, 4)::integer, right(period, 1)::integer * 3 - 2, 1)
        when regexp_full_match(period, '[0-9]{6}') then make_date(left(period, 4)::integer, right(period, 2)::integer, 1)
        else make_date(left(period, 4)::integer, 1, 1)
    end as starts_on,
    case
        when regexp_full_match(period, '[0-9]{4}Q[1-4]')
            then last_day(make_date(left(period, 4)::integer, right(period, 1)::integer * 3, 1))
        when regexp_full_match(period, '[0-9]{6}') then last_day(make_date(left(period, 4)::integer, right(period, 2)::integer, 1))
        else make_date(right(period, 4)::integer, 12, 31)
    end as ends_on
from named
