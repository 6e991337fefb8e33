-- 证书与评价结果: newest row per key of the standing submissions.
{{ newest_row_per_key('certifications', ["assessment_batch", "person_key", "occupation_name", "skill_level"]) }}
