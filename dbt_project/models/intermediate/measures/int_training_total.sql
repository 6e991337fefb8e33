-- The training sums for every window, of each unit and of what it rolls up to.
{{ window_totals(ref('int_training_cube'), training_measures().keys()) }}
