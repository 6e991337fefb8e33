-- One row per pot of money: who gives, to whom, for which year, by which scheme, and how much unless told otherwise:
-- the year's quota, else the quotas of the districts below, else what was spent the year before.
with pots as (
    select allocator_unit, recipient_kind, year, list(recipient_id) filter (measure = 'equal') as recipients,
        sum(value) filter (measure = 'last_year_yuan') as last_yuan
    from {{ ref('mart_allocation_measure') }}
    group by all
),

quotas as (
    select reporting_unit, year, sum(quota_yuan) as quota_yuan
    from {{ ref('stg_fund_quota') }}
    inner join {{ source('control', 'build') }} as b on issued_on <= b.data_date
    group by all
),

spent as (
    select reporting_unit, period, sum(outlay_yuan) as outlay_yuan from {{ ref('mart_fund_position') }} group by all
),

sums as (
    select
        p.*,
        (select sum(q.quota_yuan) from quotas as q where q.reporting_unit = p.allocator_unit and q.year = p.year) as own_yuan,
        (select sum(q.quota_yuan) from quotas as q
            where p.recipient_kind = 'district' and list_contains(p.recipients, q.reporting_unit) and q.year = p.year) as below_yuan,
        (select s.outlay_yuan from spent as s
            where s.reporting_unit = p.allocator_unit and s.period = (p.year - 1)::varchar) as outlay_yuan
    from pots as p
)

select
    concat_ws('|', p.allocator_unit, p.recipient_kind, p.year, 'proposal') as pot_key,
    p.allocator_unit,
    p.recipient_kind,
    p.year,
    'proposal' as scenario,
    s.scheme,
    (100 * coalesce(case when own_yuan > 0 then own_yuan end, case when below_yuan > 0 then below_yuan end,
        case when outlay_yuan > 0 then outlay_yuan end, last_yuan, 0)::decimal(18, 2))::bigint as pool_fen,
    case when own_yuan > 0 then 'quota' when below_yuan > 0 then 'quotas_below' else 'last_year' end as pool_source
from sums as p
inner join {{ source('given', 'scheme') }} as s on starts_with(p.allocator_unit, s.prefix) and s.recipients is not null
cross join {{ source('control', 'build') }} as b
where s.is_default and (s.status <> 'preview' or list_contains(b.preview, s.jurisdiction))
    and (s.recipients = p.recipient_kind or s.recipients = 'district')
qualify row_number() over (partition by p.allocator_unit, p.recipient_kind, p.year order by length(s.prefix) desc, s.scheme) = 1
