SELECT v.*, name || '补贴培训' AS project_name, code AS occupation_code, name AS occupation_name, level AS skill_level,
    audience = 'N' AS is_new_occupation, project_no % 5 = 0 AS is_shortage, standard AS standard_yuan,
        daily_rate AS daily_rate_yuan, days * 6 AS min_lessons, days AS max_days,
    getvariable('class_size') AS planned_headcount, greatest(valid_from - 10, DATE '2018-06-01') AS published_on,
        ['政府网站', '公众号'] AS publication_channels
FROM project_version v WHERE valid_from <= $to ORDER BY project_no, valid_from
