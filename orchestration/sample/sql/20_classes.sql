-- Classes: apprenticeships spread over the span, then as many ordinary classes per quarter as its aim still needs.
CREATE TABLE apprentice_draft AS
WITH counted AS (
    SELECT greatest(1, round(getvariable('people') * 0.036 / getvariable('class_size')))::BIGINT AS n,
        datediff('day', getvariable('first_day'), getvariable('horizon')) AS span
)
SELECT
    i AS no, getvariable('first_day') + (3 + (span - 10) * (i - 1) / n)::INTEGER AS starts_on,
    (starts_on + INTERVAL 1 YEAR * if(i % 7 = 3, 2, 1) - INTERVAL 1 DAY)::DATE AS ends_on
FROM counted, range(1, n + 1) r(i);

CREATE TABLE quarter_plan AS
SELECT q.*, greatest(1, round((q.aim - getvariable('planted') / (SELECT count(*) FROM quarter)
    - 0.93 * getvariable('class_size') * (SELECT count(*) FROM apprentice_draft a WHERE a.ends_on BETWEEN q.starts_on
        AND q.ends_on))
    / (0.93 * getvariable('class_size'))))::BIGINT AS classes
FROM quarter q
UNION ALL
-- a few classes that run past the horizon: filed, in training, never counted
SELECT (SELECT max(no) + 1 FROM quarter), NULL, NULL, getvariable('horizon') + 1, getvariable('horizon') + 6, 0,
    greatest(1, round(getvariable('people') * 0.01 / getvariable('class_size')))::BIGINT;

CREATE TABLE class_draft AS
WITH numbered AS (
    SELECT row_number() OVER (ORDER BY q.no, i) AS class_no, q.no AS quarter_no, q.starts_on AS qs, q.ends_on AS qe
    FROM quarter_plan q, range(1, q.classes + 1) r(i)
), typed AS (
    SELECT *, draw(class_no, 'type') AS t, draw(class_no, 'level') AS l, CASE
        WHEN t < 0.36 THEN 'job_skills' WHEN t < 0.42 THEN 'entrepreneurship' WHEN t < 0.47 THEN 'pre_employment'
        WHEN t < 0.77 THEN 'upskilling' WHEN t < 0.85 THEN 'induction' WHEN t < 0.95 THEN 'safety'
            ELSE 'transfer' END AS training_type
    FROM numbered
), levelled AS (
    SELECT *, CASE training_type
        WHEN 'job_skills' THEN if(l < 0.35, NULL, if(l < 0.85, '5', '4'))
        WHEN 'pre_employment' THEN if(l < 0.7, '5', NULL)
        WHEN 'upskilling' THEN if(l < 0.5, '4', if(l < 0.83, '3', if(l < 0.95, '2', '1')))
        WHEN 'induction' THEN if(l < 0.6, '5', NULL)
        WHEN 'transfer' THEN if(l < 0.5, '5', '4') END AS level,
        if(training_type IN ('job_skills', 'pre_employment', 'entrepreneurship'), 'J', 'E') AS audience
    FROM typed
), placed AS (
    SELECT l.*, p.project_no, coalesce(p.occ_no, 0) AS occ_no,
        CASE training_type WHEN 'entrepreneurship' THEN 10 WHEN 'safety' THEN 6 ELSE p.days END AS days
    FROM levelled l LEFT JOIN project p ON p.audience = l.audience AND p.level IS NOT DISTINCT FROM l.level
        AND p.choice = 1 + pick_number(class_no, 'project', p.choices) AND l.training_type <> 'entrepreneurship'
)
SELECT * EXCLUDE (t, l), greatest(qs + pick_number(class_no, 'end', 1 + datediff('day', qs, qe))::INTEGER,
    getvariable('first_day') + 14 + pick_number(class_no, 'early', 12)::INTEGER) AS ends_on,
    (ends_on - (days - 1 + pick_number(class_no, 'pad', 3))::INTEGER)::DATE AS starts_on
FROM placed;
