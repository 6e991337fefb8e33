-- 学时记录: newest row per key of the standing submissions.
{{ newest_row_per_key('attendance', ["class_id", "person_key", "attended_on", "delivery_mode"]) }}
