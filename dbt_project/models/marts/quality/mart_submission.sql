-- One row per committed submission, standing or replaced, with its totals.
select
    s.submission_id,
    s.dataset,
    s.reporting_unit,
    s.period,
    s.period_starts_on,
    s.period_ends_on,
    s.committed_at,
    s.replaces,
    s.is_standing,
    count(a.file_name) as file_count,
    coalesce(sum(a.rows_accepted), 0)::bigint as rows_accepted,
    coalesce(sum(a.rows_quarantined), 0)::bigint as rows_quarantined,
    coalesce(sum(a.rows_superseded), 0)::bigint as rows_superseded
from {{ source('control', 'submission') }} as s
left join {{ ref('mart_row_account') }} as a on a.submission_id = s.submission_id
group by all
