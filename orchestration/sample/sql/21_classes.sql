-- Who teaches, who pays, how: and which earlier class sends some of its people back for another occupation.
CREATE TABLE class_order AS
SELECT *, row_number() OVER (PARTITION BY audience ORDER BY starts_on, class_no) AS rank,
    (ceil(count(*) OVER (PARTITION BY audience) / 9.0) + 1)::BIGINT AS stride
FROM class_draft;

CREATE TABLE class_source AS
SELECT c.class_no, s.class_no AS source_no
FROM class_order c JOIN class_order s ON s.audience = c.audience AND s.rank = c.rank - c.stride
WHERE s.ends_on < c.starts_on AND s.occ_no <> c.occ_no;

CREATE TABLE class_plan AS
WITH attributes AS (
    SELECT c.*, s.source_no,
        if(audience = 'E', 1 + (rank - 1) % stride % getvariable('enterprises'), NULL)::BIGINT AS employer_no,
        audience = 'J' AND source_no IS NULL AND training_type = 'job_skills'
            AND draw(c.class_no, 'project_based') < 0.2 AS is_project_based,
        draw(c.class_no, 'online') AS o, draw(c.class_no, 'fund') AS f, draw(c.class_no, 'claim') AS k,
            draw(c.class_no, 'status') AS st,
        starts_on - (3 + pick_number(c.class_no, 'approved', 9))::INTEGER AS approved_on
    FROM class_order c LEFT JOIN class_source s USING (class_no)
), online AS (
    SELECT *, CASE WHEN training_type <> 'entrepreneurship' AND ends_on BETWEEN DATE '2020-02-20' AND DATE '2020-06-30'
        AND o < 0.4 THEN days
        WHEN training_type <> 'entrepreneurship' AND (ends_on <= DATE '2020-11-15' OR approved_on >= DATE '2021-03-01')
            AND o > 0.8
            THEN floor(days * 0.3)::INTEGER ELSE 0 END AS online_days
    FROM attributes
)
SELECT class_no, audience, training_type, occ_no, level, project_no, days, starts_on, ends_on, approved_on, source_no,
    employer_no, is_project_based,
    online_days, CASE WHEN online_days = 0 THEN 'offline' WHEN online_days < days THEN 'mixed'
        ELSE 'online_live' END AS delivery_mode,
    CASE WHEN is_project_based THEN 'special_account' WHEN audience = 'J' AND f < 0.25 THEN 'employment_fund'
        WHEN audience = 'E' AND f < 0.1 THEN 'unemployment_insurance' ELSE 'special_account' END AS fund_source,
    -- how it is claimed: one sum for the class, a sum with a list of persons, persons only, or each person alone
    CASE WHEN audience = 'J' AND k < 0.02 THEN 'individual' WHEN k < 0.55 THEN 'class' WHEN k < 0.65 THEN 'class_and_persons'
        ELSE 'persons' END AS claim_form,
    CASE WHEN ends_on > getvariable('horizon') THEN 'filed' WHEN st < 0.08 THEN 'filed' ELSE 'closed' END AS class_status,
    getvariable('class_size') + pick_number(class_no, 'size', 1 + 2
        * (getvariable('class_size') // 10)) - getvariable('class_size') // 10 AS size,
    NULL::VARCHAR AS plant
FROM online;

INSERT INTO class_plan
SELECT (SELECT max(class_no) FROM class_draft) + no, 'A', 'apprenticeship', p.occ_no, p.level, NULL, 8, a.starts_on, a.ends_on,
    a.starts_on - 10, NULL, 1 + (no * 13) % getvariable('enterprises'), false, 0, 'offline', 'special_account', 'class',
    if(a.ends_on > getvariable('horizon'), 'filed', 'closed'), getvariable('class_size'), NULL
FROM apprentice_draft a JOIN project p ON p.audience = 'E' AND p.level IN ('4', '3') AND p.major = '6'
QUALIFY row_number() OVER (PARTITION BY no ORDER BY hash(no, p.project_no)) = 1;

-- Classes that no count may take in: pending, returned, cancelled, paid from the firm's own education fund, work-for-training.
INSERT INTO class_plan
SELECT (SELECT max(class_no) FROM class_plan) + row_number() OVER (ORDER BY class_no), audience,
    if(k = 5, 'on_the_job', training_type), occ_no, level, project_no,
    days, starts_on, ends_on, approved_on, NULL, employer_no, false, online_days, delivery_mode,
    if(k = 4, 'enterprise_education_fund', fund_source), 'none',
    CASE k WHEN 1 THEN 'pending' WHEN 2 THEN 'returned' WHEN 3 THEN 'cancelled' ELSE 'closed' END, size, NULL
FROM (SELECT *, 1 + (row_number() OVER (ORDER BY class_no) - 1) % 5 AS k FROM class_plan
    WHERE audience = 'E' AND ends_on <= getvariable('horizon')
    QUALIFY (row_number() OVER (ORDER BY hash(class_no, 'extra'))) <= 5 * ceil(getvariable('people') / 40000.0));
