-- One row per file of a submission: what became of every row and every fen of it, as at load, and what no longer stands.
-- Files of replaced submissions stay in the account; files of one name in one submission are one line.
with files as (
    select
        submission_id, dataset, reporting_unit, period, file_name,
        sum(rows_read)::bigint as rows_read,
        sum(rows_not_data)::bigint as rows_not_data,
        sum(rows_duplicate)::bigint as rows_duplicate,
        sum(rows_quarantined)::bigint as rows_quarantined,
        sum(rows_accepted)::bigint as rows_accepted,
        sum(fen_read)::bigint as fen_read,
        sum(fen_duplicate)::bigint as fen_duplicate,
        sum(fen_quarantined)::bigint as fen_quarantined,
        sum(fen_accepted)::bigint as fen_accepted
    from {{ source('control', 'file') }}
    where verdict in ('accepted', 'quarantined', 'empty')
    group by all
)

select
    f.submission_id,
    f.dataset,
    f.reporting_unit,
    f.period,
    f.file_name,
    f.rows_read,
    f.rows_not_data,
    f.rows_duplicate,
    f.rows_quarantined,
    f.rows_accepted,
    (f.rows_accepted - coalesce(s.row_count, 0))::bigint as rows_superseded,
    f.fen_read,
    f.fen_duplicate,
    f.fen_quarantined,
    f.fen_accepted,
    (f.fen_accepted - coalesce(s.fen, 0))::bigint as fen_superseded,
    u.is_standing,
    u.committed_at
from files as f
inner join {{ source('control', 'submission') }} as u on u.submission_id = f.submission_id
left join {{ ref('int_standing_row') }} as s on s.submission_id = f.submission_id and s.file_name = f.file_name
