-- Figures of districts and of institutions in a district by calendar year, that money can be shared by; `standing` 1 is preferred.
with paid as (
    select c.reporting_unit, k.institution_id, year(c.paid_on)::varchar as period, sum(c.net_paid_yuan) as paid_yuan,
        sum(coalesce(c.recovered_yuan, 0)) as recovered_yuan
    from {{ ref('fct_claim') }} as c
    inner join {{ ref('dim_class') }} as k on k.class_id = c.class_id
    where c.is_money_row and c.is_counted and c.paid_on is not null and c.claim_status in ('paid', 'recovered')
    group by all
),

funds as (
    select reporting_unit, period, null as quota_yuan, sum(outlay_yuan) as outlay_yuan, sum(closing_yuan) as closing_yuan
    from {{ ref('mart_fund_position') }}
    group by all
    union all
    -- a unit may have a quota and no ledger
    select q.reporting_unit, q.year::varchar, sum(q.quota_yuan), null, null
    from {{ ref('stg_fund_quota') }} as q
    inner join {{ source('control', 'build') }} as b on q.issued_on <= b.data_date
    group by all
),

plans as (
    select reporting_unit, dimension, member, period, target_value
    from {{ ref('int_target') }}
    where indicator_code = 'person_times' and dimension in ('all', 'institution_id') and comparator = 'ge'
    qualify row_number() over (partition by reporting_unit, dimension, member, period order by plan_version desc) = 1
),

counted as (
    select i.reporting_unit, i.dimension, i.member, i.period, i.indicator_code, i.value
    from {{ ref('mart_indicator') }} as i
    anti join {{ ref('dim_unit') }} as u on u.reporting_unit = i.reporting_unit and u.is_rollup
    where indicator_code in ('person_times', 'advance_outstanding_yuan') and dimension in ('all', 'institution_id') and value is not null
)

select 'district' as recipient_kind, reporting_unit as recipient_id, reporting_unit, period, f.measure, f.value::double as value, f.standing, f.source
from funds, unnest([
    {'measure': 'last_year_yuan', 'value': case when quota_yuan > 0 then quota_yuan end, 'standing': 2, 'source': 'quota'},
    {'measure': 'last_year_yuan', 'value': outlay_yuan, 'standing': 3, 'source': 'outlay'},
    {'measure': 'unspent_yuan', 'value': closing_yuan, 'standing': 1, 'source': 'ledger'}
]) as u (f)
where f.value is not null
union all
select 'institution', institution_id, reporting_unit, period, 'last_year_yuan', paid_yuan, 3, 'paid' from paid
union all
select 'institution', institution_id, reporting_unit, period, 'recovered_yuan', recovered_yuan, 1, 'claims' from paid
union all
select 'district', reporting_unit, reporting_unit, period, 'recovered_yuan', sum(recovered_yuan), 1, 'claims' from paid group by all
union all
select if(dimension = 'all', 'district', 'institution'), if(dimension = 'all', reporting_unit, member), reporting_unit, period,
    'plan_person_times', target_value, 1, 'plan' from plans
union all
select if(dimension = 'all', 'district', 'institution'), if(dimension = 'all', reporting_unit, member), reporting_unit, period,
    if(indicator_code = 'person_times', 'plan_person_times', 'unspent_yuan'), value, 3, 'actual'
from counted where indicator_code = 'person_times' or dimension = 'institution_id'
union all
select subject_kind, subject_id, reporting_unit, period, measure, value, 1, 'review'
from {{ ref('mart_review_measure') }}
where measure in ('case_mix_difficulty', 'local_input_yuan') and subject_kind in ('district', 'institution') and value is not null
union all
select recipient_kind, recipient_id, reporting_unit, year::varchar, 'last_year_yuan', proposed_yuan, 1, 'decided'
from {{ source('given', 'allocation_record') }}
where is_standing
