-- One row per claim: where a row without a person stands, that row carries the money; else the lines are summed.
select
    claim_key,
    claim_id,
    slot_unit,
    reporting_unit,
    min(class_id) as class_id,
    min(payee_kind) as payee_kind,
    min(payee_id) as payee_id,
    min(subsidy_kind) as subsidy_kind,
    min(fund_source) as fund_source,
    min(claim_status) as claim_status,
    sum(claimed_headcount) as claimed_headcount,
    sum(claimed_yuan) as claimed_yuan,
    sum(approved_yuan) as approved_yuan,
    sum(advance_yuan) as advance_yuan,
    max(advance_on) as advance_on,
    sum(paid_yuan) as paid_yuan,
    max(paid_on) as paid_on,
    sum(recovered_yuan) as recovered_yuan,
    min(claimed_on) as claimed_on,
    arg_min(submission_id, (file_name, sheet, row_no)) as submission_id,
    arg_min(file_name, (file_name, sheet, row_no)) as file_name,
    arg_min(sheet, (file_name, sheet, row_no)) as sheet,
    arg_min(row_no, (file_name, sheet, row_no)) as row_no
from {{ ref('int_policy_claim_row') }}
where is_money_row
group by claim_key, claim_id, slot_unit, reporting_unit
