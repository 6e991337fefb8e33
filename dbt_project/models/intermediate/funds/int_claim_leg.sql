-- Money of claims by unit and period: paid in it, approved of the same claims, claimed in it against the roster.
with claims as (
    select * from {{ ref('fct_claim') }} where is_money_row and is_counted
),

periods as (
    select period, starts_on, counts_to from {{ ref('int_window') }} where not is_cumulative
),

paid as (
    select
        c.slot_unit as reporting_unit, p.period,
        sum(coalesce(c.paid_yuan, 0)) as paid_yuan,
        sum(coalesce(c.approved_yuan, 0)) as approved_yuan,
        sum(case when c.claim_status = 'recovered' then coalesce(c.paid_yuan, 0) - coalesce(c.approved_yuan, 0) else 0 end)
            as recovered_difference_yuan
    from claims as c
    inner join periods as p on c.paid_on between p.starts_on and p.counts_to
    where c.claim_status in ('paid', 'recovered')
    group by all
),

rosters as (
    select t.class_id, count(*) * any_value(t.standard_yuan) as due_yuan
    from {{ ref('fct_training') }} as t
    where t.is_completed
    group by t.class_id
),

claimed as (
    select
        c.slot_unit as reporting_unit, p.period, c.class_id,
        sum(c.claimed_yuan) as claimed_yuan, sum(coalesce(c.cut_yuan, 0)) as cut_yuan
    from claims as c
    inner join periods as p on c.claimed_on between p.starts_on and p.counts_to
    where c.is_live and c.subsidy_kind = 'training' and c.class_id is not null
    group by all
)

select
    reporting_unit, period, 'paid' as part, paid_yuan as left_yuan, approved_yuan as right_yuan,
    recovered_difference_yuan as explained_yuan
from paid
union all
select
    c.reporting_unit, c.period, 'claimed', sum(c.claimed_yuan), sum(coalesce(r.due_yuan, 0)), sum(c.cut_yuan)
from claimed as c
left join rosters as r on r.class_id = c.class_id
group by c.reporting_unit, c.period
