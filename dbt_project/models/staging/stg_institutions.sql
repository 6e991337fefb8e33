-- 培训机构目录: newest row per key of the standing submissions.
{{ newest_row_per_key('institutions', ["institution_id", "listed_on"]) }}
