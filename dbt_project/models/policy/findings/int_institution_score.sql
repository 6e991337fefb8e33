-- Score of an institution in a year for the equal-split test: its total of the review.
select reporting_unit, institution_id, year as calendar_year, any_value(total_score)::double as score
from {{ ref('mart_institution_review') }}
where total_score is not null
group by all
