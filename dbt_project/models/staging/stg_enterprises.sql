-- 企业名录: newest row per key of the standing submissions.
{{ newest_row_per_key('enterprises', ["employer_id", "year"]) }}
