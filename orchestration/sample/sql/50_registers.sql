-- What is filed beside the classes: answers, checks, publications, enterprises by year, targets and stocks.
CREATE TABLE followup AS
SELECT c.class_no, c.class_id, 'R' || lpad(e.seat::VARCHAR, 3, '0') AS response_no,
    draw(e.seat_no, 'reached') < 0.92 AS reached,
    (c.ends_on + 20 + pick_number(e.seat_no, 'called', 60)::INTEGER)::DATE AS contacted_on, draw(e.seat_no, 'mood') AS m,
    CASE WHEN NOT reached THEN NULL WHEN m < 0.5 THEN '5' WHEN m < 0.86 THEN '4' WHEN m < 0.94 THEN '3' WHEN m < 0.98 THEN '2'
        ELSE '1' END AS satisfaction,
    if(reached, draw(e.seat_no, 'works') < 0.6, NULL) AS employed,
        if(reached AND employed, (3000 + pick_number(e.seat_no, 'pay', 50) * 100), NULL)::DECIMAL(18, 2) AS pay,
    if(reached AND employed, draw(e.seat_no, 'related') < 0.7, NULL) AS job_related
FROM enrolment e JOIN class c USING (class_no)
WHERE e.completion = 'completed' AND c.class_status IN ('filed', 'closed') AND draw(e.seat_no, 'asked') < 0.15
    AND contacted_on <= getvariable('horizon');

CREATE TABLE inspection AS
SELECT class_no, class_id, (starts_on + 1 + pick_number(class_no, 'checked', days - 2)::INTEGER)::DATE AS inspected_on,
    pick(class_no, 'method', ['on_site', 'on_site', 'remote', 'third_party']) AS method, size AS expected,
        size - pick_number(class_no, 'missing', 4) AS present,
    if(draw(class_no, 'problem') < 0.15, '签到记录不全', NULL) AS problem,
        if(problem IS NULL, NULL, inspected_on + 7)::DATE AS rectified_on
FROM class WHERE draw(class_no, 'inspected') < 0.2 AND class_status IN ('filed', 'closed')
    AND inspected_on <= getvariable('horizon');

CREATE TABLE publication AS
SELECT item, period, audience, channel, published_on, reached FROM (
    SELECT 'fund_use' AS item, label AS period, NULL AS audience, '政府网站' AS channel, ends_on - 5 AS published_on,
        NULL AS reached FROM quarter
    UNION ALL SELECT 'quarterly_report', label, NULL, '政府网站', ends_on - 3, NULL FROM quarter
    UNION ALL SELECT 'labour_market', label, NULL, '公众号', ends_on - 4, NULL FROM quarter
    UNION ALL SELECT item, year::VARCHAR, NULL, '政府网站', min(starts_on) + 20, NULL FROM quarter,
        (VALUES ('project_catalogue'), ('institution_catalogue'), ('assessor_catalogue')) v(item) GROUP BY ALL
    UNION ALL SELECT 'training_push', label, g, '短信', starts_on + 30 + 3 * no::INTEGER, 200 + pick_number(no, g, 900)
        FROM quarter,
        (VALUES ('graduate'), ('unemployed'), ('rural_worker'), ('veteran'), ('disabled')) v(g)
        WHERE NOT (g = 'disabled' AND no % 4 = 2));

CREATE TABLE enterprise_year AS
SELECT e.*, y.year, round(staff_count * 0.7)::BIGINT AS frontline,
    (staff_count * (52000 + 2600 * (y.year - 2019)))::DECIMAL(18, 2) AS payroll,
    fen(round(payroll * (0.016 + 0.006 * draw(employer_no, 'drawn')), 2)) AS drawn,
        fen(round(drawn * (0.7 + 0.25 * draw(employer_no * 10 + y.year, 'used')), 2)) AS used,
    fen(round(used * (0.62 + 0.25 * draw(employer_no * 10 + y.year, 'frontline')), 2)) AS on_frontline
FROM enterprise e, (SELECT DISTINCT year FROM quarter) y;

CREATE TABLE target AS
WITH aims AS (SELECT year, sum(aim) AS aim, min(starts_on) AS starts_on FROM quarter GROUP BY year),
goal AS (
    SELECT year, coalesce(MAP {2019: 16000, 2020: 20100, 2021: 24100}[year], round(aim, -1))::BIGINT AS value,
        greatest(make_date(year, 1, 5), starts_on) AS issued_on
    FROM aims
)
SELECT 'person_times' AS indicator, year::VARCHAR AS period, '' AS breakdown, value::DECIMAL(18, 4) AS value,
    'person_times' AS measure, 'ge' AS comparator, 0 AS version, year, issued_on,
    if(year IN (2019, 2020, 2021), '渝中府办〔2019〕51号', '合成计划') AS document_no FROM goal
UNION ALL SELECT 'person_times', '2019-2021', '', 60200, 'person_times', 'ge', 0, year, issued_on, '渝中府办〔2019〕51号' FROM goal
    WHERE year = 2019
UNION ALL SELECT 'apprentices', '2019-2021', '', 2000, 'persons', 'ge', 0, year, issued_on, '渝中府办〔2019〕51号' FROM goal
    WHERE year = 2019
UNION ALL SELECT 'skilled_share', '2021', '', 0.27, 'ratio', 'ge', 0, year, issued_on, '渝中府办〔2019〕51号' FROM goal
    WHERE year = 2021
UNION ALL SELECT 'high_skilled_share', '2021', '', 0.32, 'ratio', 'ge', 0, year, issued_on, '渝中府办〔2019〕51号' FROM goal
    WHERE year = 2021
UNION ALL SELECT 'participation_rate', year::VARCHAR, '', 0.9, 'ratio', 'ge', 0, year, issued_on, '合成计划' FROM goal
UNION ALL SELECT 'person_times', year::VARCHAR, 'training_type=' || t, round(value * s), 'person_times', 'ge', 0, year,
    issued_on, '合成计划' FROM goal,
    (VALUES ('job_skills', 0.36), ('upskilling', 0.3)) v(t, s);

CREATE TABLE workforce AS
WITH y AS (SELECT DISTINCT year FROM quarter),
base AS (SELECT year, (405000 + 5400 * (year - 2018)) AS employed,
    (employed * (0.2421 + 0.01 * (year - 2018)))::BIGINT AS skilled,
    (skilled * (0.294 + 0.0094 * (year - 2018)))::BIGINT AS high FROM y),
graded AS (SELECT *, (high * 0.82)::BIGINT AS l3, (high * 0.13)::BIGINT AS l2, high - l3 - l2 AS l1,
    ((skilled - high) * 0.6)::BIGINT AS l4, skilled - high - l4 AS l5 FROM base)
SELECT *, 'statistics_bureau' AS population, make_date(year + 1, 2, 20) AS revised_on, true AS is_official, '统计年报（合成）' AS source
    FROM graded
UNION ALL SELECT *, 'statistics_bureau', make_date(year + 1, 1, 20), false, '统计快报（合成）' FROM graded
UNION ALL SELECT * REPLACE ((employed * 1.031)::BIGINT AS employed), 'hr_bureau', make_date(year + 1, 2, 20), false, '人社台账（合成）'
    FROM graded;
