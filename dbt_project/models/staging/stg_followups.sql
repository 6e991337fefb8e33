-- 满意度与就业回访: newest row per key of the standing submissions.
{{ newest_row_per_key('followups', ["slot_unit", "class_id", "response_no"]) }}
