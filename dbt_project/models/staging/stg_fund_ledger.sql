-- 专账流水: newest row per key of the standing submissions.
{{ newest_row_per_key('fund_ledger', ["slot_unit", "account", "date_trunc('month', booked_on)", "voucher_no", "line_no"]) }}
