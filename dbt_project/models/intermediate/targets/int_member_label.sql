-- What a member of a dimension may be called in a target's breakdown: its code, its label or an alias; an institution's name.
with spoken as (
    select code_list as dimension, code as member, unnest([code, label_zh] || coalesce(string_split(aliases, '|'), [])) as label
    from {{ source('given', 'code') }}
    union all
    select 'institution_id', institution_id, institution_name from {{ ref('dim_institution') }}
)

select dimension, lower(replace(label, ' ', '')) as label, min(member) as member
from spoken
where label <> ''
group by all
having count(distinct member) = 1
