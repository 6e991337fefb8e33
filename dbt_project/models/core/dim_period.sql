-- One row per period: quarters and years, runs of loaded years, spans that targets name. Figures are published for those
-- loaded: a submission touches them, or they are quarters of a loaded year begun by the data date.
with quarters as (
    select
        calendar_year || 'Q' || quarter_of_year as period,
        'quarter' as period_kind,
        make_date(calendar_year, quarter_of_year * 3 - 2, 1) as starts_on,
        last_day(make_date(calendar_year, quarter_of_year * 3, 1)) as ends_on
    from {{ ref('int_year') }}, unnest([1, 2, 3, 4]) as q (quarter_of_year)
),

years as (
    select calendar_year::varchar, 'year', make_date(calendar_year, 1, 1), make_date(calendar_year, 12, 31)
    from {{ ref('int_year') }}
),

runs as (
    select min(calendar_year) as first_year, max(calendar_year) as last_year
    from (
        select calendar_year, calendar_year - row_number() over (order by calendar_year) as run_no
        from {{ ref('int_year') }}
        where is_loaded
    )
    group by run_no
    having count(*) > 1
),

spans as (
    select first_year || '-' || last_year as period, first_year, last_year from runs
    union
    select period, left(period, 4)::integer, right(period, 4)::integer
    from {{ ref('stg_targets') }}
    where regexp_full_match(period, '[0-9]{4}-[0-9]{4}')
),

periods as (
    select * from quarters
    union all select * from years
    union all
    select period, 'span', make_date(first_year, 1, 1), make_date(last_year, 12, 31) from spans
),

slots as (
    select period_starts_on, period_ends_on from {{ source('control', 'submission') }} where is_standing
)

select
    period,
    period_kind,
    starts_on,
    ends_on,
    year(starts_on)::integer as first_year,
    year(ends_on)::integer as last_year,
    (ends_on - starts_on + 1)::integer as day_count,
    period_kind = 'span' or exists (
        select 1 from slots where slots.period_starts_on <= periods.ends_on and slots.period_ends_on >= periods.starts_on
    ) or (
        -- late rows speak of earlier quarters of a loaded year too
        starts_on <= b.data_date and year(starts_on) in (select calendar_year from {{ ref('int_year') }} where is_loaded)
    ) as is_loaded,
    starts_on <= b.data_date as is_started
from periods
cross join {{ source('control', 'build') }} as b
