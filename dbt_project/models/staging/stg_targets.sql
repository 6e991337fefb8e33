-- 计划与目标: newest row per key of the standing submissions.
{{ newest_row_per_key('targets', ["slot_unit", "reporting_unit", "indicator_code", "period", "breakdown", "plan_version"]) }}
