-- 就业人员与技能人才统计: newest row per key of the standing submissions.
{{ newest_row_per_key('workforce_stats', ["reporting_unit", "as_of", "population", "revised_on"]) }}
