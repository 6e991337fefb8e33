-- One key per occupation name: its 2022 code; by an older name that maps to one code; by the code it goes with in the data;
-- else the name itself. Same name, same code or such a pair of names give the same key.
with names as (
    select occupation_name, occupation_code from {{ ref('stg_classes') }}
    union all select occupation_name, occupation_code from {{ ref('stg_projects') }}
    union all select occupation_name, occupation_code from {{ ref('stg_certifications') }}
    union all select occupation_name, occupation_code from {{ source('given', 'new_occupation') }}
),

listed as (
    select occupation_name, min(occupation_code) as occupation_code
    from {{ source('given', 'occupation') }} group by occupation_name
),

paired as (
    select name_before as occupation_name, min(code_2022) as occupation_code
    from {{ source('given', 'occupation_alias') }}
    group by name_before
    having count(distinct code_2022) = 1
)

select
    n.occupation_name,
    coalesce(min(l.occupation_code), min(p.occupation_code), min(n.occupation_code), n.occupation_name) as occupation_key
from names as n
left join listed as l on l.occupation_name = n.occupation_name
left join paired as p on p.occupation_name = n.occupation_name
where n.occupation_name is not null
group by n.occupation_name
