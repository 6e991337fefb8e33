-- One row per rule and subject: what a policy says against it, the money at stake, the evidence and the row it stands on.
with findings as (
    {% for family in [
        'training_count', 'certificate', 'advance', 'category', 'living', 'two_subsidies', 'work_for_training', 'overlap', 'identity',
        'list', 'equal_split', 'rate', 'hours', 'employer', 'apprenticeship', 'institution', 'ledger', 'system', 'rejection', 'enterprise', 'pattern',
        'publication', 'due', 'catalogue', 'dalian_person', 'dalian_occupation', 'dalian_class', 'preview', 'preview_project',
        'preview_unit', 'preview_ledger'] %}
    select * from {{ ref('int_finding_' ~ family) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    md5(concat_ws('|', rule_id, test, jurisdiction, coalesce(class_id, ''), coalesce(person_key, ''), coalesce(institution_id, ''),
        coalesce(employer_id, ''), coalesce(claim_id, ''), coalesce(subject_id, ''), coalesce(reporting_unit, ''),
        coalesce(finding_key, ''))) as finding_id,
    rule_id,
    test,
    clause,
    severity,
    jurisdiction,
    subject_kind,
    class_id,
    person_key,
    institution_id,
    employer_id,
    claim_id,
    subject_id,
    reporting_unit,
    amount_yuan,
    case
        when date_key = 'year' then year(counted_on)::varchar
        else year(counted_on)::varchar || 'Q' || quarter(counted_on)::varchar
    end as period,
    evidence,
    submission_id,
    file_name,
    sheet,
    row_no,
    message_zh,
    message_en
from findings
