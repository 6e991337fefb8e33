-- Windows that a figure is computed for: the period itself, and from 1 January to its end (cumulative in the year).
-- Nothing dated after the data date counts, so a window ends there at the latest.
with windows as (
    select period, period_kind, starts_on, ends_on, false as is_cumulative
    from {{ ref('dim_period') }} where is_loaded
    union all
    select period, period_kind, date_trunc('year', starts_on)::date, ends_on, true
    from {{ ref('dim_period') }} where is_loaded and period_kind <> 'span'
)

select
    w.period,
    w.period_kind,
    w.is_cumulative,
    w.starts_on,
    w.ends_on,
    least(w.ends_on, b.data_date) as counts_to,
    min(q.quarter_no)::integer as first_quarter_no,
    max(q.quarter_no)::integer as last_quarter_no,
    bit_or(1::hugeint << q.quarter_no) as quarter_mask
from windows as w
cross join {{ source('control', 'build') }} as b
inner join {{ ref('int_quarter') }} as q on q.starts_on >= w.starts_on and q.ends_on <= w.ends_on
group by all
