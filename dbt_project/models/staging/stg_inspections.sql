-- 监督检查台账: newest row per key of the standing submissions.
{{ newest_row_per_key('inspections', ["slot_unit", "class_id", "inspected_on", "method"]) }}
