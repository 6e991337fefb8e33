-- 学员花名册: newest row per key of the standing submissions.
{{ newest_row_per_key('enrollments', ["class_id", "person_key"]) }}
