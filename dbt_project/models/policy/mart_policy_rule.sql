-- One row per rule, test and jurisdiction: what the documents say and how each rule is answered, for pages and reports.
select
    r.rule_id,
    coalesce(r.test, '') as test,
    r.jurisdiction,
    r.document,
    d.document_no,
    d.title as document_title,
    d.status as document_status,
    r.clause,
    r.severity,
    r.subject_kind,
    r.state,
    r.needs,
    r.title_zh,
    r.title_en,
    r.quote,
    r.reading,
    r.valid_from,
    r.valid_to,
    r.message_zh,
    r.message_en
from {{ source('given', 'policy_rule') }} as r
inner join {{ source('given', 'policy_document') }} as d on d.document = r.document
