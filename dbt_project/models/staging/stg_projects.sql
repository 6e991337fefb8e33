-- 培训项目目录: newest row per key of the standing submissions.
{{ newest_row_per_key('projects', ["project_id", "skill_level", "valid_from"]) }}
