SELECT c.* EXCLUDE (class_status), c.level AS skill_level, size AS planned_headcount,
    if(c.class_status = 'pending', NULL, size) AS opened_headcount,
    getvariable('unit') AS district_code, if(c.fund_source = 'enterprise_education_fund', NULL, standard) AS standard_yuan,
    '就业服务中心' AS organiser, if(s.is_final, c.class_status, if(c.class_status = 'closed', 'filed',
        c.class_status)) AS class_status
FROM class c JOIN class_slot s USING (class_no) WHERE s.quarter_no = $quarter ORDER BY class_no
