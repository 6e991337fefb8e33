-- Classes of a new occupation: its name or code was published on or before the first day; where no list knows it, the
-- project's flag decides.
with published as (
    select
        c.class_id,
        bool_or(n.published_on <= c.starts_on) as is_published
    from {{ ref('dim_class') }} as c
    left join {{ ref('int_occupation_key') }} as k on k.occupation_name = c.occupation_name
    inner join {{ source('given', 'new_occupation') }} as n
        on n.occupation_name = c.occupation_name or n.occupation_code in (c.occupation_code, k.occupation_key)
    group by c.class_id
)

select
    s.class_id,
    coalesce(p.is_published, s.is_flagged_new) as is_new_occupation
from {{ ref('int_class_standard') }} as s
left join published as p on p.class_id = s.class_id
