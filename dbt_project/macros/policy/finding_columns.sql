{# The one shape of a finding. `row` is the relation whose row carries it, `day` the date that counts, `key` what tells
   findings of one rule and subject apart. #}
{% macro finding_columns(row, unit, amount, day, evidence, class_id='null', person_key='null', institution_id='null',
        employer_id='null', claim_id='null', subject_id='null', key="''") -%}
    rule.rule_id,
    rule.test,
    rule.clause,
    rule.severity,
    rule.jurisdiction,
    rule.subject_kind,
    {{ class_id }}::varchar as class_id,
    {{ person_key }}::varchar as person_key,
    {{ institution_id }}::varchar as institution_id,
    {{ employer_id }}::varchar as employer_id,
    {{ claim_id }}::varchar as claim_id,
    {{ subject_id }}::varchar as subject_id,
    {{ unit }}::varchar as reporting_unit,
    round({{ amount }}, 2)::decimal(18, 2) as amount_yuan,
    {{ day }}::date as counted_on,
    rule.date_key,
    to_json({{ evidence }})::varchar as evidence,
    {{ key }}::varchar as finding_key,
    {{ row }}.submission_id,
    {{ row }}.file_name,
    {{ row }}.sheet,
    {{ row }}.row_no,
    rule.message_zh,
    rule.message_en
{%- endmacro %}
