-- Persons as bit masks of quarters (trained, begun and completed as apprentice), then how many persons share a mask:
-- a window's distinct persons are those whose mask meets the window's, so no row is counted per window.
{% set measures = {
    'trained_mask': 'bit_or(trained_bit)', 'apprentice_mask': 'bit_or(apprentice_bit)',
    'graduate_mask': 'bit_or(graduate_bit)'} %}
with marked as (
    select
        m.reporting_unit,
        t.person_no,
        {% for d in training_dimensions() %}t.{{ d }}, {% endfor %}
        t.trainee_categories,
        case when t.is_counted then 1::hugeint << e.quarter_no else 0 end as trained_bit,
        case when t.training_type = 'apprenticeship' and t.has_started then 1::hugeint << s.quarter_no else 0 end as apprentice_bit,
        case when t.training_type = 'apprenticeship' and t.is_counted then 1::hugeint << e.quarter_no else 0 end as graduate_bit
    from {{ ref('fct_training') }} as t
    inner join {{ ref('int_unit_member') }} as m on m.member_unit = t.reporting_unit
    left join {{ ref('int_quarter') }} as s on s.quarter = year(t.starts_on) || 'Q' || quarter(t.starts_on)
    left join {{ ref('int_quarter') }} as e on e.quarter = year(t.ends_on) || 'Q' || quarter(t.ends_on)
    where t.is_in_scope and (t.is_counted or t.training_type = 'apprenticeship')
),

persons as (
    {{ sums_by_dimension('marked', ['reporting_unit', 'person_no'], training_dimensions(), measures) }}
    union all by name
    {{ sums_by_category('marked', ['reporting_unit', 'person_no'], measures) }}
)

select reporting_unit, dimension, member, trained_mask, apprentice_mask, graduate_mask, count(*) as person_count
from persons
group by all
