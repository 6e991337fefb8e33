-- Counts of classes, of pushes and of the training bases.
{{ indicator_rows(ref('int_demonstration_total'), [['demonstration_classes', 'class_count', none]]) }}
union all
{{ indicator_rows(ref('int_push_total'), [['pushes_per_group', 'push_count', none]]) }}
union all
{{ indicator_rows(ref('int_base_total'), [['base_senior_person_times', 'mean_count', none]]) }}
