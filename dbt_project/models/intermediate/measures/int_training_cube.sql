-- Trainings of ended classes summed by unit, quarter of the end, dimension and member.
{% set keys = ['reporting_unit', 'quarter_no'] %}
with ended as materialized (select * from {{ ref('int_training_ended') }})

{{ sums_by_dimension('ended', keys, training_dimensions(), training_measures()) }}
union all by name
{{ sums_by_category('ended', keys, training_measures()) }}
