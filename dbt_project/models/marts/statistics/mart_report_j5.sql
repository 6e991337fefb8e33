-- One row per unit, period and line of form J5 (funds), cumulative in the year; the last line is the total (no fund).
-- Spending is held against the claims paid: spending = claims paid + spending that pays no claim + difference.
with parts as (
    select
        reporting_unit as member_unit, period, fund_source, opening_yuan, income_yuan, returned_yuan, outlay_yuan, closing_yuan
    from {{ ref('int_fund_window') }}
    where is_cumulative
    union all by name
    select reporting_unit as member_unit, period, fund_source, outlay_yuan as current_outlay_yuan
    from {{ ref('int_fund_window') }}
    where not is_cumulative
    union all by name
    select q.reporting_unit as member_unit, w.period, q.fund_source, q.quota_yuan
    from {{ ref('stg_fund_quota') }} as q
    inner join {{ ref('int_window') }} as w
        on w.is_cumulative and q.year = year(w.starts_on) and q.issued_on <= w.counts_to
    union all by name
    select c.slot_unit as member_unit, w.period, coalesce(c.fund_source, 'other') as fund_source, c.paid_yuan as claims_yuan
    from {{ ref('fct_claim') }} as c
    inner join {{ ref('int_window') }} as w on w.is_cumulative and c.paid_on between w.starts_on and w.counts_to
    where c.is_money_row and c.is_counted and c.claim_status in ('paid', 'recovered')
    union all by name
    select l.reporting_unit as member_unit, w.period, l.fund_source, l.outlay_yuan as other_yuan
    from {{ ref('fct_ledger_line') }} as l
    inner join {{ ref('int_window') }} as w on w.is_cumulative and l.booked_on between w.starts_on and w.counts_to
    where l.purpose in ('capacity', 'adjustment', 'interest')
),

lines as (
    select
        m.reporting_unit, p.period, p.fund_source, grouping(p.fund_source) = 1 as is_total,
        {% for name in ['opening', 'quota', 'income', 'returned', 'current_outlay', 'outlay', 'claims', 'other', 'closing'] %}
        coalesce(sum(p.{{ name }}_yuan), 0)::decimal(18, 2) as {{ name }}_yuan{{ ',' if not loop.last }}
        {% endfor %}
    from parts as p
    inner join {{ ref('int_unit_member') }} as m on m.member_unit = p.member_unit
    inner join {{ ref('dim_period') }} as d on d.period = p.period and d.period_kind <> 'span'
    group by grouping sets ((m.reporting_unit, p.period, p.fund_source), (m.reporting_unit, p.period))
)

select
    reporting_unit,
    period,
    row_number() over (partition by reporting_unit, period order by is_total, fund_source)::integer as line_no,
    fund_source,
    opening_yuan,
    quota_yuan,
    income_yuan,
    returned_yuan,
    current_outlay_yuan,
    outlay_yuan,
    claims_yuan,
    other_yuan,
    (outlay_yuan - claims_yuan - other_yuan)::decimal(18, 2) as difference_yuan,
    closing_yuan,
    (closing_yuan - (opening_yuan + income_yuan + returned_yuan - outlay_yuan))::decimal(18, 2) as unexplained_yuan,
    outlay_yuan::double / nullif((opening_yuan + income_yuan + returned_yuan)::double, 0) as execution_ratio
from lines
