-- Money of claims by month: paid in it against what was approved of the same claims; claimed in it against the roster. A roster
-- answers for the persons a claim names, else for its class, and then once: to the first claim that names nobody.
with claims as (
    select * replace (coalesce(class_id, max(class_id) over (partition by claim_key)) as class_id),
        date_trunc('month', claimed_on)::date as claimed_month, date_trunc('month', paid_on)::date as paid_month
    from {{ ref('fct_claim') }}
    where is_counted
),

-- a completed trainee bears the standard; a unit no document binds owes as much
trainings as (
    select t.class_id, t.person_key, t.standard_yuan, coalesce((d.due_fen / 100)::decimal(18, 2), t.standard_yuan) as due_yuan
    from {{ ref('fct_training') }} as t
    left join {{ ref('int_training_due') }} as d
        on d.class_id = t.class_id and d.person_key = t.person_key and d.subsidy_kind = 'training'
    where t.is_completed
),

named as (
    select c.claim_key, sum(t.standard_yuan) as roster_yuan, sum(t.due_yuan) as due_yuan
    from (select distinct claim_key, class_id, person_key from claims where person_key is not null) as c
    left join trainings as t on t.class_id = c.class_id and t.person_key = c.person_key
    group by c.claim_key
),

rosters as (
    select class_id, sum(standard_yuan) as roster_yuan, sum(due_yuan) as due_yuan from trainings group by class_id
),

claimed as (
    select
        c.claim_key, c.slot_unit, c.claimed_month, c.class_id, n.claim_key is not null as is_named,
        n.roster_yuan as named_roster_yuan, n.due_yuan as named_due_yuan,
        min(c.claimed_on) as claimed_on, sum(c.claimed_yuan) as claimed_yuan, sum(coalesce(c.cut_yuan, 0)) as cut_yuan
    from claims as c
    left join named as n on n.claim_key = c.claim_key
    where c.is_money_row and c.is_live and c.subsidy_kind = 'training' and c.class_id is not null
    group by all
),

answered as (
    select
        c.*,
        coalesce(if(c.is_named, c.named_roster_yuan, r.roster_yuan), 0) as roster_yuan,
        coalesce(if(c.is_named, c.named_due_yuan, r.due_yuan), 0) as due_yuan
    from (
        select *, row_number() over (partition by class_id, is_named order by claimed_on, claim_key) as claim_no from claimed
    ) as c
    left join rosters as r on r.class_id = c.class_id and c.claim_no = 1
)

select
    'payment_claim' as leg, slot_unit as reporting_unit, paid_month as booked_month,
    sum(coalesce(paid_yuan, 0)) as left_yuan,
    sum(coalesce(approved_yuan, 0)) as right_yuan,
    -- a claim recovered, or paid no more than its advance so far
    sum(case when claim_status = 'recovered' or paid_yuan = advance_yuan and paid_yuan < approved_yuan
        then coalesce(paid_yuan, 0) - coalesce(approved_yuan, 0) else 0 end) as explained_yuan
from claims
where is_money_row and claim_status in ('paid', 'recovered') and paid_on <= (select data_date from {{ source('control', 'build') }})
group by all
union all
select
    'claim_roster', slot_unit, claimed_month, sum(claimed_yuan), sum(roster_yuan),
    -- above the roster: what the review cut, or a set rate over the standard; below it: what of the standard is not due
    sum(least(greatest(claimed_yuan - roster_yuan, 0), cut_yuan + greatest(due_yuan - roster_yuan, 0))
        - least(greatest(roster_yuan - claimed_yuan, 0), greatest(roster_yuan - due_yuan, 0)))
from answered
group by all
