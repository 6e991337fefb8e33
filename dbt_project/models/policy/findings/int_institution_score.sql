-- Score of an institution in a year for the equal-split test: certified of its completed trainings.
select
    reporting_unit,
    institution_id,
    year(ends_on)::integer as calendar_year,
    count(*) filter (where is_certified) / count(*) as score
from {{ ref('fct_training') }}
where is_counted
group by all
