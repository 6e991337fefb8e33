-- Attendance and spells of employment: drawn when asked for, so that the largest table never stands in memory whole.
CREATE MACRO is_present(seat_no, day) AS draw(seat_no * 100 + day, 'present') < 0.97;
CREATE MACRO attendance(from_on, to_on) AS TABLE
SELECT
    e.class_no, e.seat_no, d AS day, c.class_id, e.person_id,
    (c.starts_on + if(c.audience = 'A', (d - 1) * 30 + pick_number(c.class_no * 100 + d, 'meet', 20),
        d - 1)::INTEGER)::DATE AS attended_on,
    CASE WHEN d > c.online_days THEN 'offline' WHEN c.class_no % 3 = 0 THEN 'online_recorded'
        ELSE 'online_live' END AS delivery_mode,
    6 AS lessons,
    attended_on + INTERVAL 510 MINUTE + to_minutes(if(c.plant = 'same_signs', 5,
        pick_number(e.seat_no * 100 + d, 'in', 29))) AS signed_in_at,
    attended_on + INTERVAL 1020 MINUTE + to_minutes(if(c.plant = 'same_signs', 5,
        pick_number(e.seat_no * 100 + d, 'out', 40))) AS signed_out_at
FROM enrolment e JOIN class c USING (class_no) JOIN range(1, 32) r(d) ON d <= c.days
WHERE c.starts_on <= to_on AND c.ends_on >= from_on AND c.class_status NOT IN ('pending', 'returned', 'cancelled')
    AND attended_on BETWEEN from_on AND to_on AND attended_on <= getvariable('horizon')
    AND (c.plant IS DISTINCT FROM 'short_class' OR d <= 3)
    AND if(c.plant = 'same_signs', true, if(e.completion IN ('completed', 'failed', 'in_training'), is_present(e.seat_no, d),
        d <= c.days * 0.4));

CREATE TABLE last_training AS
SELECT e.person_no, max(c.ends_on) AS ends_on, bool_or(c.training_type = 'entrepreneurship') AS is_starter
FROM enrolment e JOIN class c USING (class_no) GROUP BY ALL;

CREATE TABLE spell AS
WITH people AS (
    SELECT p.*, l.ends_on, l.is_starter, draw(p.person_no, 'job') AS j, draw(p.person_no, 'kind') AS k,
        (date_trunc('month', l.ends_on) + to_months(1 + pick_number(p.person_no, 'after', 5)::INTEGER))::DATE AS job_from
    FROM person p LEFT JOIN last_training l USING (person_no)
), spells AS (
    SELECT person_no, employer_no, 'pension' AS kind, hired_from AS starts_on,
        if(j < 0.08, last_day((ends_on + INTERVAL 1 MONTH * (2 + pick_number(person_no, 'left', 7)))::DATE), NULL) AS ends_on
    FROM people WHERE audience IN ('E', 'A')
    UNION ALL
    SELECT person_no, if(kind IN ('pension', 'registration'), 1
        + pick_number(person_no, 'employer', getvariable('enterprises')), NULL), kind, starts_on, ends_on
    FROM (SELECT person_no, CASE WHEN is_starter THEN 'business' WHEN k < 0.65 THEN 'pension' WHEN k < 0.8 THEN 'flexible'
        ELSE 'registration' END AS kind,
            job_from AS starts_on, if(draw(person_no, 'stay') < 0.3,
                last_day(job_from + INTERVAL 1 MONTH * (2 + pick_number(person_no, 'months', 12))), NULL) AS ends_on
        FROM people WHERE audience = 'J' AND j < if(is_starter, 0.45, 0.62))
    UNION ALL
    SELECT person_no, 1 + pick_number(person_no, 'employer', getvariable('enterprises')), 'unemployment', job_from, NULL
    FROM people WHERE audience = 'J' AND j < 0.15 AND NOT is_starter AND k < 0.65
    UNION ALL
    SELECT person_no, NULL, 'flexible', DATE '2018-03-01', NULL FROM people
    WHERE audience = 'J' AND categories = ['rural_worker'] AND draw(person_no, 'before') < 0.05
    UNION ALL
    SELECT person_no, employer_no, 'pension', DATE '2018-11-01', NULL FROM people WHERE audience = 'ojt'
)
SELECT s.*, p.person_id, p.person_name, e.employer_id, e.employer_name,
    (3200 + pick_number(person_no, 'wage', 60) * 50)::DECIMAL(18, 2) AS wage_base,
    if(s.kind = 'business', s.starts_on, NULL) AS business_on, NULL::DATE AS pension_from, NULL::DATE AS died_on
FROM spells s JOIN person p USING (person_no) LEFT JOIN enterprise e ON e.employer_no = s.employer_no;
