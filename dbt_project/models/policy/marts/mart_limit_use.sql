-- One row per limit, person, employer and year with a use: how much is used and what is left. Limits of a lifetime, and months of
-- work-for-training with an employer, are told as used up to the end of the year.
with years as (
    select distinct calendar_year from {{ ref('int_training_turn') }}
    union
    select distinct year(ojt_month)::integer from {{ ref('int_policy_claim_row') }} where ojt_month is not null
),

limits as (
    select
        r.rule_id, r.clause, r.severity, r.jurisdiction, r.unit_code, y.calendar_year, r.test, p.parameter as limit_code,
        p.amount::integer as allowed_count
    from years as y
    inner join {{ ref('int_policy_binding') }} as r on make_date(y.calendar_year, 12, 31) between r.valid_from and r.valid_to
    inner join {{ ref('int_policy_parameter') }} as p
        on p.jurisdiction = r.jurisdiction and make_date(y.calendar_year, 12, 31) between p.valid_from and p.valid_to
        and (r.test, p.parameter) in (('fourth_in_year', 'trainings_per_person_year'), ('second_in_year', 'trainings_per_person_year'),
            ('lifetime_count', 'trainings_lifetime'), ('ojt_months_employer', 'ojt_months_max'))
),

trainings as (
    select count_area, person_key, calendar_year, max(turn_in_year) as year_count, max(turn_in_life) as life_count
    from {{ ref('int_training_turn') }}
    group by all
),

bound as (
    select distinct t.count_area, t.person_key, l.* exclude (unit_code)
    from {{ ref('int_training_turn') }} as t
    inner join limits as l on l.unit_code = t.reporting_unit and l.calendar_year = t.calendar_year and l.test <> 'ojt_months_employer'
),

months as (
    select *, max(turn) over (partition by count_area, person_key, payee_id, calendar_year) as used_count
    from (
        select r.reporting_unit, v.count_area, r.person_key, r.payee_id, year(r.ojt_month)::integer as calendar_year,
            dense_rank() over (partition by v.count_area, r.person_key, r.payee_id order by r.ojt_month) as turn
        from {{ ref('int_policy_claim_row') }} as r
        inner join {{ ref('int_policy_convention') }} as v on v.unit_code = r.reporting_unit
        where r.subsidy_kind = 'on_the_job' and r.ojt_month is not null and r.person_key is not null
    )
),

uses as (
    select b.* exclude (count_area, test), '' as employer_id,
        (case when b.limit_code = 'trainings_lifetime' then t.life_count else t.year_count end)::integer as used_count
    from bound as b
    inner join trainings as t
        on t.count_area = b.count_area and t.person_key = b.person_key and t.calendar_year = b.calendar_year
    union all by name
    select m.person_key, l.* exclude (unit_code, test), m.payee_id as employer_id, max(m.used_count)::integer as used_count
    from months as m
    inner join limits as l
        on l.unit_code = m.reporting_unit and l.calendar_year = m.calendar_year and l.test = 'ojt_months_employer'
    group by all
)

select
    limit_code,
    person_key,
    employer_id,
    calendar_year,
    jurisdiction,
    rule_id,
    clause,
    severity,
    used_count,
    allowed_count,
    greatest(allowed_count - used_count, 0) as left_count,
    greatest(used_count - allowed_count, 0) as surplus_count
from uses
