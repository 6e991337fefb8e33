-- One row per rule and submission: how many rows the rule spoke of, how many failed, and the state that follows.
select
    r.dataset as suite,
    r.rule_id,
    r.submission_id,
    s.reporting_unit,
    s.period,
    s.is_standing,
    r.severity,
    r.checked,
    r.failed,
    r.state,
    d.reason,
    d.clause,
    d.message_zh,
    d.message_en
from {{ source('control', 'rule_result') }} as r
inner join {{ source('control', 'submission') }} as s on s.submission_id = r.submission_id
left join {{ source('control', 'rule') }} as d on d.rule_id = r.rule_id
