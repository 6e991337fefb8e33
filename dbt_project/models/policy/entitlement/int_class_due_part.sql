-- What one trainee of a class is due by hours, in whole fen and lessons: rate as a fraction (set rate of a new occupation, the
-- project's daily rate, else standard over days), online days at no more than the cap in force, and the bound above.
select
    c.class_id,
    c.training_type,
    c.starts_on,
    c.ends_on,
    c.has_set_rate,
    c.project_id,
    c.standard_from,
    c.new_rate_document,
    c.online_lessons,
    c.total_lessons - c.online_lessons as offline_lessons,
    c.lessons_per_day,
    (c.standard_yuan * 100)::hugeint as standard_fen,
    case
        when c.has_set_rate then (c.new_rate_yuan * 100)::hugeint
        when c.daily_rate_yuan is not null then (c.daily_rate_yuan * 100)::hugeint
        else (c.standard_yuan * 100)::hugeint * c.lessons_per_day
    end as rate_numerator,
    case when c.has_set_rate or c.daily_rate_yuan is not null then 1::hugeint else c.total_lessons::hugeint end as rate_denominator,
    case when c.has_set_rate then (c.new_cap_yuan * 100)::hugeint else (c.standard_yuan * 100)::hugeint end as bound_fen,
    (select max(p.amount * 100)::hugeint from {{ ref('int_policy_parameter') }} as p
     where p.parameter = 'online_rate_cap_yuan' and starts_with(c.reporting_unit, {{ division_prefix('p.jurisdiction') }})
        and c.approved_on between p.valid_from and p.valid_to) as online_cap_fen,
    (select max(p.amount) from {{ ref('int_policy_parameter') }} as p
     where p.parameter = 'practical_share' and starts_with(c.reporting_unit, {{ division_prefix('p.jurisdiction') }})
        and c.ends_on between p.valid_from and p.valid_to) as practical_share,
    (select max(p.amount * 100)::hugeint from {{ ref('int_policy_parameter') }} as p
     where p.parameter = 'simulation_yuan' and starts_with(c.reporting_unit, {{ division_prefix('p.jurisdiction') }})
        and c.ends_on between p.valid_from and p.valid_to) as simulation_fen
from {{ ref('int_class_day') }} as c
