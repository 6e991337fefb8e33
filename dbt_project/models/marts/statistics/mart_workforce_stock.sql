-- One row per unit, day and population of the stock of skilled workers, every revision kept: both shares as that row gives them,
-- and against the official row how much is due to another denominator and how much to another count.
with official as (
    select reporting_unit, as_of, employed_total as official_employed, skilled_total as official_skilled
    from {{ ref('stg_workforce_stats') }}
    where is_official
    qualify row_number() over (partition by reporting_unit, as_of order by revised_on desc nulls last, population) = 1
),

stocks as (
    select
        s.*, o.official_employed, o.official_skilled,
        row_number() over (
            partition by s.reporting_unit, s.as_of, s.population order by s.revised_on desc nulls last, s.submission_id desc
        ) = 1 as is_latest_revision,
        lag(s.employed_total) over history as before_employed,
        lag(s.skilled_total) over history as before_skilled
    from {{ ref('stg_workforce_stats') }} as s
    left join official as o on o.reporting_unit = s.reporting_unit and o.as_of = s.as_of
    window history as (
        partition by s.reporting_unit, s.population order by s.as_of, s.revised_on nulls first, s.submission_id
    )
)

select
    reporting_unit,
    as_of,
    population,
    revised_on,
    coalesce(is_official, false) as is_official,
    is_latest_revision,
    employed_total,
    skilled_total,
    high_skilled_total,
    skilled_total / nullif(employed_total, 0)::double as skilled_share,
    high_skilled_total / nullif(skilled_total, 0)::double as high_skilled_share,
    official_skilled / nullif(official_employed, 0)::double as official_skilled_share,
    -- share here less the official share = other denominator (same skilled) + other count (same denominator as here)
    official_skilled / nullif(employed_total, 0)::double - official_skilled / nullif(official_employed, 0)::double as denominator_effect,
    (skilled_total - official_skilled) / nullif(employed_total, 0)::double as count_effect,
    before_skilled / nullif(before_employed, 0)::double as previous_skilled_share,
    before_skilled / nullif(employed_total, 0)::double - before_skilled / nullif(before_employed, 0)::double as previous_denominator_effect,
    (skilled_total - before_skilled) / nullif(employed_total, 0)::double as previous_count_effect,
    source,
    submission_id,
    file_name,
    sheet,
    row_no
from stocks
