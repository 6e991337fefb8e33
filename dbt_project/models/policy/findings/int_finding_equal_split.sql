-- A yearly plan split equally over its institutions while their scores differ: the newest version of the quotas per institution.
with quotas as (
    select reporting_unit, period::integer as calendar_year, split_part(breakdown, '=', 2) as institution_id, target_value,
        submission_id, file_name, sheet, row_no
    from {{ ref('stg_targets') }}
    where indicator_code = 'person_times' and breakdown like 'institution_id=%' and regexp_full_match(period, '[0-9]{4}')
    qualify row_number() over (partition by reporting_unit, period, breakdown order by plan_version desc) = 1
),

units as (
    select
        q.reporting_unit, q.calendar_year, make_date(q.calendar_year, 12, 31) as year_end,
        count(*) as institution_count,
        min(q.target_value) as least_quota, max(q.target_value) as most_quota,
        min(s.score) as least_score, max(s.score) as most_score,
        arg_min(q.submission_id, q.row_no) as submission_id, arg_min(q.file_name, q.row_no) as file_name,
        arg_min(q.sheet, q.row_no) as sheet, min(q.row_no) as row_no
    from quotas as q
    left join {{ ref('int_institution_score') }} as s
        on s.reporting_unit = q.reporting_unit and s.institution_id = q.institution_id and s.calendar_year = q.calendar_year
    group by q.reporting_unit, q.calendar_year
)

select
    {{ finding_columns('u', 'u.reporting_unit', 'null', 'u.year_end',
        "{'institutions': u.institution_count, 'quota': u.least_quota, 'least_score': u.least_score, 'most_score': u.most_score}",
        key='u.calendar_year') }}
from units as u
{{ bound('equal_split', 'u.reporting_unit', 'u.year_end') }}
{{ limit('equal_split_institutions', 'n', 'u.year_end') }}
{{ limit('equal_split_tolerance', 'p', 'u.year_end') }}
where u.institution_count >= n.amount
    and u.most_quota <= u.least_quota * (1 + p.amount)
    and u.most_score > u.least_score * (1 + p.amount)
