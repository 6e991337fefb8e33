-- Persons who cannot or may not be trained: dead before the class ended, pensioned, on the public payroll of a claimed class.
with facts as (
    select person_key, min(died_on) as died_on, min(pension_from) as pension_from
    from {{ ref('stg_employment') }}
    where died_on is not null or pension_from is not null
    group by person_key
),

payroll as (
    select distinct t.class_id, t.person_key
    from {{ ref('int_policy_training') }} as t
    inner join {{ ref('fct_employment') }} as e
        on e.person_key = t.person_key and e.insurance_kind = 'public_payroll'
        and e.starts_on <= t.ends_on and e.in_force_to >= t.starts_on
    where t.class_id in (select class_id from {{ ref('int_policy_claim') }} where class_id is not null)
)

select
    {{ finding_columns('t', 't.reporting_unit', 't.standard_yuan', 't.starts_on', "{'ends_on': t.ends_on}",
        class_id='t.class_id', person_key='t.person_key') }}
from {{ ref('int_policy_training') }} as t
inner join facts as f on f.person_key = t.person_key and f.died_on < t.ends_on
{{ bound('died', 't.reporting_unit', 't.starts_on') }}
union all
select
    {{ finding_columns('t', 't.reporting_unit', 't.standard_yuan', 't.starts_on', "{'pension_from': f.pension_from}",
        class_id='t.class_id', person_key='t.person_key') }}
from {{ ref('int_policy_training') }} as t
inner join facts as f on f.person_key = t.person_key and f.pension_from <= t.starts_on
{{ bound('retired', 't.reporting_unit', 't.starts_on') }}
union all
select
    {{ finding_columns('t', 't.reporting_unit', 't.standard_yuan', 't.starts_on', "{'ends_on': t.ends_on}",
        class_id='t.class_id', person_key='t.person_key') }}
from {{ ref('int_policy_training') }} as t
inner join payroll as p on p.class_id = t.class_id and p.person_key = t.person_key
{{ bound('public_payroll', 't.reporting_unit', 't.starts_on') }}
