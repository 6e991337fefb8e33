-- Trainings of ended classes summed by unit, quarter of the end, dimension and member.
{% set keys = ['reporting_unit', 'quarter_no'] %}
{{ sums_by_dimension(ref('int_training_ended'), keys, training_dimensions(), training_measures()) }}
union all by name
{{ sums_by_category(ref('int_training_ended'), keys, training_measures()) }}
