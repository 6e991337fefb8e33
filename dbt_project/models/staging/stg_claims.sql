-- 补贴申领与拨付: newest row per key of the standing submissions.
{{ newest_row_per_key('claims', ["slot_unit", "claim_id", "person_key", "ojt_month"]) }}
