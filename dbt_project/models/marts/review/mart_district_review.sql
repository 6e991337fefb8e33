-- One row per district, year and indicator: the year's rows of the review.
select u.unit_name, r.* exclude (subject_kind, period)
from {{ ref('mart_review') }} as r
left join {{ ref('dim_unit') }} as u on u.reporting_unit = r.reporting_unit
where r.subject_kind = 'district' and r.period = r.year::varchar
