-- By unit or institution, year and training type: trainings counted as employed by a registration alone, without an insured
-- month or a business after the class, and the base of the employment rate among the completed that are old enough to be asked.
with insured as (
    select person_key, max(in_force_to) as insured_to
    from {{ ref('fct_employment') }}
    where is_counted and insurance_kind not in ('registration', 'public_payroll')
    group by person_key
)

select
    case grouping(t.institution_id) when 1 then 'district' else 'institution' end as subject_kind,
    case grouping(t.institution_id) when 1 then t.reporting_unit else t.institution_id end as subject_id,
    t.reporting_unit,
    t.training_type,
    year(c.ends_on)::integer as year,
    count_if(t.is_employed) as employed_count,
    count_if(t.is_employed and coalesce(i.insured_to <= c.ends_on, true)) as uninsured_count,
    count_if(t.is_counted and c.ends_on + interval 6 month <= b.data_date) as mature_count,
    count_if(t.is_employment_base) as base_count
from {{ ref('int_training_ended') }} as t
cross join {{ source('control', 'build') }} as b
inner join {{ ref('dim_class') }} as c on c.class_id = t.class_id
left join insured as i on i.person_key = t.person_key
where t.reporting_unit is not null
group by grouping sets ((t.reporting_unit, t.training_type, year(c.ends_on)),
    (t.reporting_unit, t.institution_id, t.training_type, year(c.ends_on)))
