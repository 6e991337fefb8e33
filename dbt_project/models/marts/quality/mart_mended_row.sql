-- One row per place of a file whose row an earlier submission had set aside and this one took: where it first appeared.
-- What unpivots to several rows is told once.
select
    m.submission_id,
    m.dataset,
    m.reporting_unit,
    m.period,
    m.file_name,
    m.sheet,
    m.row_no,
    m.amount_fen,
    m.first_submission_id,
    m.first_file_name,
    m.first_sheet,
    m.first_row_no,
    m.first_committed_at,
    s.is_standing
from {{ source('lake', 'mended') }} as m
inner join {{ source('control', 'submission') }} as s on s.submission_id = m.submission_id
qualify row_number() over (
    partition by m.submission_id, m.file_name, m.sheet, m.row_no order by m.first_committed_at, m.first_row_no
) = 1
