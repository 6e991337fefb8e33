SELECT a.* EXCLUDE (class_no) REPLACE (if(a.seat_no % 5 = 0, NULL, a.occupation_code) AS occupation_code),
    a.batch AS assessment_batch, a.given_class_id AS class_id, a.level AS skill_level, p.person_name
FROM assessment a JOIN person p USING (person_no) WHERE examined_on BETWEEN $from AND $to ORDER BY a.class_no, sitting, seat_no
