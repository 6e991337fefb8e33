-- One row per recipient, year of allocation and measure: what a scheme can share money by, besides indicators.
-- Districts are recipients of the unit above, institutions of the district they train in. Results are those of the year before.
with years as (
    select (first_year + 1)::integer as year, period as base_period
    from {{ ref('dim_period') }}
    where period_kind = 'year' and is_loaded and is_started
),

recipients as (
    select reporting_unit as allocator_unit, 'district' as recipient_kind, member_unit as recipient_id, member_unit as reporting_unit, years.*
    from {{ ref('int_unit_member') }}
    cross join years
    where is_rollup
    qualify count(*) over (partition by allocator_unit, year) > 1
    union all
    -- an institution takes part if it trained, or was paid, in the year before
    select distinct f.reporting_unit, 'institution', f.recipient_id, f.reporting_unit, years.*
    from {{ ref('int_allocation_figure') }} as f
    inner join years on years.base_period = f.period
    where f.recipient_kind = 'institution' and f.value > 0 and f.recipient_id <> 'none'
        and (f.measure = 'last_year_yuan' or (f.measure = 'plan_person_times' and f.source = 'actual'))
),

found as (
    select r.*, f.* exclude (recipient_kind, recipient_id, reporting_unit)
    from recipients as r
    inner join {{ ref('int_allocation_figure') }} as f
        on f.recipient_kind = r.recipient_kind and f.recipient_id = r.recipient_id and f.reporting_unit = r.reporting_unit
        and (f.period = r.base_period or (f.source = 'plan' and f.period = r.year::varchar))
),

-- plans count where everybody has one, for else some would be measured by what is asked and others by what was done
plans as (
    select f.allocator_unit, f.recipient_kind, f.year, f.period
    from found as f
    inner join (select allocator_unit, recipient_kind, year, count(*) as all_count from recipients group by all) as r
        using (allocator_unit, recipient_kind, year)
    where f.source = 'plan'
    group by all
    having count(distinct f.recipient_id) = any_value(r.all_count)
),

ranked as (
    select
        f.*,
        row_number() over (
            partition by f.allocator_unit, f.recipient_kind, f.recipient_id, f.year, f.measure order by f.standing, f.period desc
        ) as place
    from found as f
    left join plans as p using (allocator_unit, recipient_kind, year, period)
    where f.source <> 'plan' or p.period is not null
)

select allocator_unit, recipient_kind, recipient_id, reporting_unit, year, measure, value::decimal(24, 6) as value, source
from ranked
where place = 1
union all
select allocator_unit, recipient_kind, recipient_id, reporting_unit, year, 'equal', 1, 'scheme'
from recipients
