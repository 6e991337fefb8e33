-- 资金额度: newest row per key of the standing submissions.
{{ newest_row_per_key('fund_quota', ["slot_unit", "reporting_unit", "year", "fund_source", "document_no"]) }}
