-- Quarters of each figure that a target of a year or span is set for, up to the year of the data date; those of that year
-- also corrected for late arrival: divided by the share that was known at the same age of quarters a year old or more.
with clock as (
    select
        data_date,
        case when as_of::date between data_date and data_date + 120 then as_of::date else data_date end as known_on
    from {{ source('control', 'build') }}
),

figures as (
    select distinct t.indicator_code, t.reporting_unit, t.dimension, t.member,
        case t.indicator_code when 'person_times_certified' then 'certificate' when 'person_times_paid' then 'payment'
            when 'person_times' then 'roster' when 'persons' then 'roster' when 'apprentices_completed' then 'roster' end as event
    from {{ ref('int_target') }} as t
    inner join {{ source('given', 'indicator') }} as i on i.indicator_code = t.indicator_code and i.is_flow
    where t.period not like '%Q%' and t.member <> ''
),

ages as (
    select q.ends_on, c.known_on - q.ends_on as age_days
    from {{ ref('int_quarter') }} as q
    cross join clock as c
    where q.ends_on <= c.data_date and year(q.ends_on) = year(c.data_date)
),

known as (
    select
        a.event, m.reporting_unit, g.ends_on,
        -- in whole months, since quarters differ in days
        sum(a.training_count) filter (where round(a.lag_days / 30.44) <= round(g.age_days / 30.44)) / sum(a.training_count) as known_ratio
    from {{ ref('int_arrival') }} as a
    inner join {{ ref('int_unit_member') }} as m on m.member_unit = a.reporting_unit
    cross join clock as c
    cross join ages as g
    where a.ends_on <= c.known_on - 365
    group by all
)

select
    f.indicator_code, f.reporting_unit, f.dimension, f.member,
    year(q.ends_on) as calendar_year,
    quarter(q.ends_on) as quarter_of_year,
    q.ends_on <= c.data_date as has_ended,
    coalesce(i.value, 0) as value,
    least(1, greatest(0.2, coalesce(k.known_ratio, 1))) as known_ratio
from figures as f
cross join clock as c
inner join {{ ref('int_quarter') }} as q on year(q.ends_on) <= year(c.data_date)
inner join {{ ref('dim_period') }} as p on p.period = q.quarter and p.is_loaded
left join {{ ref('mart_indicator') }} as i
    on i.indicator_code = f.indicator_code and i.reporting_unit = f.reporting_unit and i.period = q.quarter
    and i.dimension = f.dimension and i.member = f.member
left join known as k on k.event = f.event and k.reporting_unit = f.reporting_unit and k.ends_on = q.ends_on
