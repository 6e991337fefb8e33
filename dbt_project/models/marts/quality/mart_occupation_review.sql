-- One row per dataset, occupation code and name that the classification does not bear out, for a planner to settle: what is wrong, what it
-- may mean, where it stands first. A name of an older edition is in order until the year in which the newer one replaced it ends.
with named as (
    select 'classes' as dataset, occupation_code, occupation_name, starts_on as held_on, submission_id, file_name, sheet, row_no
    from {{ ref('stg_classes') }}
    union all
    select 'projects', occupation_code, occupation_name, valid_from, submission_id, file_name, sheet, row_no
    from {{ ref('stg_projects') }}
    union all
    select 'certifications', occupation_code, occupation_name, examined_on, submission_id, file_name, sheet, row_no
    from {{ ref('stg_certifications') }}
),

listed as (
    select occupation_code, occupation_name, 9999 as last_year from {{ source('given', 'occupation') }}
    union all select occupation_code, occupation_name, 9999 from {{ source('given', 'new_occupation') }}
    union all select code_2022, name_before, replaced_in from {{ source('given', 'occupation_alias') }}
),

judged as (
    select
        n.*,
        (select max(l.occupation_name) from listed as l where l.occupation_code = n.occupation_code and l.last_year = 9999) as name_of_code,
        (select max(l.last_year) from listed as l where l.occupation_name = n.occupation_name) as name_until,
        (
            select list(distinct l.occupation_code order by l.occupation_code) from listed as l
            where l.occupation_name = n.occupation_name
        ) as codes_of_name
    from named as n
),

told as (
    select
        *,
        case
            when occupation_code is not null and name_of_code is null then 'unknown_code'
            when name_until is null then if(occupation_code is null, 'unknown_name', 'other_name')
            when name_until < year(held_on) then 'name_out_of_date'
            when occupation_code is not null and not list_contains(codes_of_name, occupation_code) then 'code_and_name_differ'
            when occupation_code is null and len(codes_of_name) > 1 then 'several_codes'
        end as verdict
    from judged
)

select
    dataset,
    coalesce(occupation_code, '') as occupation_code,
    coalesce(occupation_name, '') as occupation_name,
    verdict,
    max(name_of_code) as name_of_code,
    array_to_string(max(codes_of_name), '、') as codes_of_name,
    count(*) as row_count,
    min(held_on) as first_on,
    max(held_on) as last_on,
    arg_min(submission_id, (held_on, file_name, row_no)) as submission_id,
    arg_min(file_name, (held_on, file_name, row_no)) as file_name,
    arg_min(sheet, (held_on, file_name, row_no)) as sheet,
    arg_min(row_no, (held_on, file_name, row_no)) as row_no
from told
where verdict is not null and coalesce(occupation_code, occupation_name) is not null
group by all
