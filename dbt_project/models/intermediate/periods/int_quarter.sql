-- Quarters in order, numbered from 0: a set of quarters is a bit mask over these numbers.
select
    period as quarter,
    starts_on,
    ends_on,
    (row_number() over (order by starts_on) - 1)::integer as quarter_no
from {{ ref('dim_period') }}
where period_kind = 'quarter'
