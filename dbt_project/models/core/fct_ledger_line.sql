-- One row per ledger line.
select
    slot_unit as reporting_unit,
    account as fund_source,
    booked_on,
    date_trunc('month', booked_on)::date as booked_month,
    voucher_no,
    line_no,
    purpose,
    coalesce(income_yuan, 0)::decimal(18, 2) as income_yuan,
    coalesce(outlay_yuan, 0)::decimal(18, 2) as outlay_yuan,
    balance_yuan,
    claim_id,
    submission_id,
    file_name,
    sheet,
    row_no
from {{ ref('stg_fund_ledger') }}
