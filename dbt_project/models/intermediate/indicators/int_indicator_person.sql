-- Indicators that count persons or person-months.
{{ indicator_rows(ref('int_person_total'), [
    ['persons', 'trained_count', none],
    ['apprentices', 'apprentice_count', none],
    ['apprentices_completed', 'graduate_count', none],
]) }}
union all
{{ indicator_rows(ref('int_ojt_total'), [['on_the_job_person_months', 'month_count', none]]) }}
