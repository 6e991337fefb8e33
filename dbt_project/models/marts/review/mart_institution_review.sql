-- One row per institution of a reporting unit, year and indicator: the year's rows of the review.
select r.subject_id as institution_id, i.institution_name, r.* exclude (subject_kind, period)
from {{ ref('mart_review') }} as r
left join {{ ref('dim_institution') }} as i on i.institution_id = r.subject_id
where r.subject_kind = 'institution' and r.period = r.year::varchar
