-- Assessments of those who completed, resits, and what each training came to.
CREATE TABLE assessment_draft AS
WITH sat AS (
    SELECT e.*, c.ends_on, c.claim_form, c.training_type, c.level, c.occupation_name, c.occupation_code,
        c.project_certificate_kind, c.fund_source,
        draw(e.seat_no, 'sat') AS a, draw(e.seat_no, 'result') AS r, c.claim_form IN ('class', 'class_and_persons') AS all_pass,
            c.plant,
        -- apprentices are assessed before their term ends
        (c.ends_on + if(c.training_type = 'apprenticeship', -45, 3)
            + pick_number(e.class_no, 'exam', 9)::INTEGER)::DATE AS first_on
    FROM enrolment e JOIN class c USING (class_no)
    WHERE e.completion = 'completed' AND c.claim_form <> 'none'
)
SELECT *, CASE
        WHEN training_type = 'safety' THEN if(ends_on >= DATE '2019-09-30' AND getvariable('unit') = '500103',
            'special_operation', 'completion')
        WHEN training_type = 'entrepreneurship' THEN 'completion' WHEN training_type = 'apprenticeship' THEN 'skill_level'
        ELSE project_certificate_kind END AS kind,
    CASE WHEN plant IS NOT NULL THEN 'passed' WHEN all_pass THEN if(r < 0.96, 'passed', 'failed') WHEN a > 0.97 THEN 'absent'
        WHEN r < 0.9 THEN 'passed' ELSE 'failed' END AS first_result
FROM sat WHERE all_pass OR a < 0.985 OR plant IS NOT NULL;

CREATE TABLE assessment AS
WITH sittings AS (
    SELECT *, 1 AS sitting, first_on AS examined_on, first_result AS result, 'PJ' || class_id AS batch,
        -- one class in forty is assessed without naming it: the match is by person, occupation, level and date
        if(class_no % 41 = 3 AND plant IS NULL, NULL, class_id) AS given_class_id FROM assessment_draft
    UNION ALL
    SELECT *, 2, first_on + 25 + pick_number(class_no, 'resit', 14)::INTEGER,
        if(all_pass OR draw(seat_no, 'resit') < 0.8, 'passed', 'failed'),
        'BK' || class_id, NULL FROM assessment_draft WHERE first_result = 'failed'
            AND (all_pass OR draw(seat_no, 'again') < 0.5)
    UNION ALL
    SELECT *, 3, first_on, 'passed', 'BF' || class_id, class_id FROM assessment_draft WHERE first_result = 'passed'
        AND draw(seat_no, 'reissue') < 0.003
), dated AS (
    SELECT *, if(result = 'passed', examined_on + 10, NULL)::DATE AS issued_on,
        row_number() OVER (PARTITION BY result, kind, year(examined_on), level ORDER BY examined_on, seat_no, sitting) AS serial
    FROM sittings
)
SELECT seat_no, class_no, person_no, person_id, sitting, batch, given_class_id, occupation_name, occupation_code, level,
    examined_on, result,
    if(result = 'passed', d.kind, NULL) AS certificate_kind, issued_on, i.institution_id AS assessor_id,
        i.institution_name AS assessor_name,
    CASE WHEN result <> 'passed' THEN NULL
        WHEN d.kind = 'skill_level' THEN 'S000150' || lpad(i.kind_no::VARCHAR, 6, '0') || strftime(issued_on, '%y') || level
            || lpad((serial % 1000000)::VARCHAR, 6, '0')
        WHEN d.kind = 'qualification' THEN strftime(issued_on, '%y') || '50012003' || level
            || lpad((serial % 100000)::VARCHAR, 5, '0')
        ELSE upper(left(d.kind, 2)) || year(issued_on) || lpad(serial::VARCHAR, 8, '0') END AS certificate_no,
    CASE WHEN result <> 'passed' THEN NULL WHEN sitting = 3 THEN 'reissued'
        WHEN NOT all_pass AND plant IS NULL AND training_type NOT IN ('safety', 'entrepreneurship')
            AND draw(seat_no, 'revoked') < 0.004 THEN 'revoked' WHEN draw(seat_no, 'blank') < 0.05 THEN NULL
            ELSE 'valid' END AS certificate_status
FROM dated d JOIN institution i ON i.kind = 'assessor' AND i.kind_no = 1 + d.class_no % i.kind_count;
