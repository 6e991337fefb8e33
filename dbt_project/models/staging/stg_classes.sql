-- 开班备案台账: newest row per key of the standing submissions.
{{ newest_row_per_key('classes', ["class_id"]) }}
