-- Counting conventions of a unit: those of the most local pack that states them.
with stated as (
    select u.reporting_unit as unit_code, p.parameter, p.value as value_text
    from {{ ref('int_unit') }} as u
    inner join {{ source('given', 'policy_parameter') }} as p on starts_with(u.reporting_unit, {{ division_prefix('p.jurisdiction') }})
    qualify row_number() over (partition by u.reporting_unit, p.parameter order by length({{ division_prefix('p.jurisdiction') }}) desc) = 1
)

select
    unit_code,
    {{ division_prefix("max(value_text) filter (where parameter = 'count_area')") }} as count_area,
    string_split(max(value_text) filter (where parameter = 'counting_completion'), '、') as completions,
    string_split(max(value_text) filter (where parameter = 'counting_class_status'), '、') as class_statuses,
    string_split(max(value_text) filter (where parameter = 'counting_excluded_training_type'), '、') as excluded_training_types,
    string_split(max(value_text) filter (where parameter = 'counting_excluded_fund_source'), '、') as excluded_fund_sources,
    max(value_text) filter (where parameter = 'counting_lessons_per_day')::integer as lessons_per_day,
    max(value_text) filter (where parameter = 'certificate_window_months')::integer as certificate_window_months,
    max(value_text) filter (where parameter = 'employment_window_months')::integer as employment_window_months
from stated
where parameter in (select parameter from {{ source('given', 'policy_parameter') }} where parameter like 'count%' or parameter like '%window%')
group by unit_code
having max(value_text) filter (where parameter = 'count_area') is not null
