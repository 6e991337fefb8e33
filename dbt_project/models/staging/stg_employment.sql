-- 就业参保记录: newest row per key of the standing submissions.
{{ newest_row_per_key('employment', ["person_key", "employer_id", "insurance_kind", "starts_on"]) }}
