-- The class sums for every window.
{{ window_totals(ref('int_class_cube'), ['cost_yuan', 'answer_count', 'satisfied_count']) }}
