-- 公开与推送台账: newest row per key of the standing submissions.
{{ newest_row_per_key('publications', ["slot_unit", "item", "period", "audience", "published_on"]) }}
