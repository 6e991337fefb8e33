-- Seats: returning people first, then the class's own; with the outcome of each.
CREATE TABLE enrolment AS
WITH seats AS (
    SELECT s.class_no, j AS seat, if(j <= s.from_source, h.first_person + j, s.first_person
        + j - s.from_source)::BIGINT AS person_no
    FROM class_seats s JOIN range(1, 100000) r(j) ON j <= s.size LEFT JOIN class_seats h ON h.class_no = s.source_no
), drawn AS (
    SELECT *, class_no * 1000 + seat AS seat_no, draw(class_no * 1000 + seat, 'outcome') AS o FROM seats
)
SELECT
    d.class_no, d.seat, d.seat_no, d.person_no, c.class_id, p.person_id, p.audience,
    CASE WHEN c.class_status IN ('cancelled', 'returned') THEN 'dropped' WHEN c.class_status = 'pending'
        OR c.ends_on > getvariable('horizon')
        THEN if(o < 0.97, 'in_training', 'dropped')
        WHEN o < 0.93 OR c.plant IS NOT NULL THEN 'completed' WHEN o < 0.96 THEN 'failed' WHEN o < 0.97 THEN 'absent'
            ELSE 'dropped' END AS completion,
    if(c.employer_id IS NOT NULL, c.employer_id, NULL) AS employer_id,
    if(c.employer_id IS NOT NULL, p.hired_from, NULL) AS contract_from,
    CASE WHEN c.employer_id IS NULL THEN NULL WHEN draw(d.person_no, 'contract') < 0.3 THEN DATE '9999-12-31'
        ELSE (p.hired_from + INTERVAL 10 YEAR - INTERVAL 1 DAY)::DATE END AS contract_to,
    CASE WHEN c.employer_id IS NOT NULL THEN true WHEN draw(seat_no, 'at_start') < 0.9 THEN false END AS employed_at_start,
    (c.starts_on - (1 + pick_number(seat_no, 'enrolled', 14))::INTEGER)::DATE AS enrolled_on,
    if(p.categories = ['enterprise_employee'] AND draw(d.class_no, 'fee') < 0.06, 100, 0)::DECIMAL(18, 2) AS fee,
    60 + pick_number(seat_no, 'score', 40) AS score
FROM drawn d JOIN class c USING (class_no) JOIN person p USING (person_no);
