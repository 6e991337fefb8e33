-- One row per occupation of the 2022 classification, with the date it was published as a new occupation.
select
    o.occupation_code,
    o.occupation_name,
    o.major_code as occupation_major,
    o.major_name as occupation_major_name,
    o.is_digital,
    o.is_green,
    min(n.published_on) as new_occupation_published_on
from {{ source('given', 'occupation') }} as o
left join {{ source('given', 'new_occupation') }} as n on n.occupation_code = o.occupation_code
group by all
