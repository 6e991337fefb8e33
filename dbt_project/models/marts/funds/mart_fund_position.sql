-- One row per fund, unit and period: what was there, came in, came back, went out, and is stated at the end.
-- The quota informs only: by day of issue in a quarter, by its year in a year or span.
with quotas as (
    select p.period, q.reporting_unit, q.fund_source, sum(q.quota_yuan) as quota_yuan
    from {{ ref('stg_fund_quota') }} as q
    cross join {{ source('control', 'build') }} as b
    inner join {{ ref('dim_period') }} as p
        on case when p.period_kind = 'quarter' then q.issued_on between p.starts_on and p.ends_on
            else q.year between p.first_year and p.last_year end
    where q.issued_on <= b.data_date
    group by all
)

select
    f.fund_source,
    f.reporting_unit,
    f.period,
    f.opening_yuan,
    f.income_yuan,
    f.returned_yuan,
    f.outlay_yuan,
    f.closing_yuan,
    coalesce(q.quota_yuan, 0)::decimal(18, 2) as quota_yuan,
    f.outlay_yuan::double / nullif((f.opening_yuan + f.income_yuan + f.returned_yuan)::double, 0) as execution_ratio,
    (f.closing_yuan - (f.opening_yuan + f.income_yuan + f.returned_yuan - f.outlay_yuan))::decimal(18, 2) as unexplained_yuan
from {{ ref('int_fund_window') }} as f
left join quotas as q on q.period = f.period and q.reporting_unit = f.reporting_unit and q.fund_source = f.fund_source
where not f.is_cumulative
