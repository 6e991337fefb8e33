-- A catalogue changed more often in a year than allowed, by the days projects came into force or by the days it was published.
with versions as (
    select 'in_force' as seen_by, slot_unit, valid_from as changed_on, submission_id, file_name, sheet, row_no
    from {{ ref('stg_projects') }}
    union all
    select 'published', slot_unit, published_on, submission_id, file_name, sheet, row_no
    from {{ ref('stg_publications') }}
    where item = 'project_catalogue'
),

changes as (
    select
        seen_by, left(slot_unit, 6) as unit_code, make_date(year(changed_on)::integer, 12, 31) as year_end,
        count(distinct changed_on) as version_count,
        arg_max(submission_id, (changed_on, row_no)) as submission_id, arg_max(file_name, (changed_on, row_no)) as file_name,
        arg_max(sheet, (changed_on, row_no)) as sheet, arg_max(row_no, (changed_on, row_no)) as row_no
    from versions
    group by seen_by, unit_code, year_end
)

select
    {{ finding_columns('a', 'a.unit_code', 'null', 'a.year_end', "{'versions': a.version_count, 'seen_by': a.seen_by}", key='a.year_end') }}
from changes as a
{{ bound('catalogue_changed_twice', 'a.unit_code', 'a.year_end') }}
{{ limit('catalogue_versions_per_year', 'p', 'a.year_end') }}
where a.version_count > p.amount
qualify row_number() over (partition by a.unit_code, a.year_end order by a.seen_by) = 1
