-- One row per quarantined row and rule, of every submission that was committed; never the content of a cell.
select
    q.submission_id,
    q.dataset,
    q.reporting_unit,
    q.period,
    q.file_name,
    q.sheet,
    q.row_no,
    q.rule_id,
    q.reason,
    q.column_name,
    q.amount_fen,
    s.is_standing
from {{ source('lake', 'quarantine') }} as q
inner join {{ source('control', 'submission') }} as s on s.submission_id = q.submission_id
