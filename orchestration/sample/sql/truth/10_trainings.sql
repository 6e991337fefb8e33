-- One row per enrolment with all that the counting conventions ask of it. The day of the figures is `data_date`.
CREATE TABLE span AS
SELECT label AS period, 'all' AS dimension, 'all' AS member, starts_on AS from_on, ends_on AS to_on, 'quarter' AS kind
    FROM quarter
UNION ALL SELECT label, 'cumulative', 'all', make_date(year, 1, 1), ends_on, 'cumulative' FROM quarter
UNION ALL SELECT DISTINCT year::VARCHAR, 'all', 'all', make_date(year, 1, 1), make_date(year, 12, 31), 'year' FROM quarter
UNION ALL SELECT min(year) || '-' || max(year), 'all', 'all', make_date(min(year), 1, 1), make_date(max(year), 12, 31), 'span'
    FROM quarter HAVING min(year) < max(year);

CREATE TABLE told_claim AS SELECT * FROM claim_as_of(getvariable('horizon'));

CREATE TABLE matched AS
WITH own AS (
    SELECT e.seat_no, a.* EXCLUDE (seat_no, class_no) FROM enrolment e JOIN assessment a ON a.given_class_id = e.class_id
        AND a.person_no = e.person_no
    WHERE a.examined_on <= least(getvariable('data_date'), getvariable('horizon'))
), other AS (
    SELECT e.seat_no, a.* EXCLUDE (seat_no, class_no) FROM enrolment e JOIN class c USING (class_no)
        JOIN assessment a ON a.given_class_id IS NULL AND a.person_no = e.person_no
        AND a.occupation_name = c.occupation_name AND a.level IS NOT DISTINCT FROM c.level AND a.examined_on BETWEEN c.starts_on
            AND c.ends_on + INTERVAL 12 MONTH
    WHERE a.examined_on <= least(getvariable('data_date'), getvariable('horizon'))
        AND e.seat_no NOT IN (SELECT seat_no FROM own WHERE result <> 'failed')
)
SELECT * FROM own UNION ALL SELECT * FROM other;

CREATE TABLE paid_for AS
SELECT DISTINCT class_id, person_id FROM told_claim t
WHERE subsidy_kind IN ('training', 'apprenticeship') AND claim_status = 'paid' AND paid - coalesce(recovered, 0) > 0
    -- a claim that names its persons pays for them, not for the rest of the class
    AND (person_id IS NOT NULL OR claim_id NOT IN (SELECT claim_id FROM told_claim WHERE person_id IS NOT NULL
        AND subsidy_kind = 'training'));

CREATE TABLE training AS
WITH results AS (
    SELECT seat_no, bool_or(result = 'passed' AND certificate_status IS DISTINCT FROM 'revoked') AS has_certificate,
        bool_or(result IN ('passed', 'failed')) AS took_part,
        max(certificate_kind) FILTER (result = 'passed' AND certificate_status IS DISTINCT FROM 'revoked') AS matched_kind
            FROM matched GROUP BY ALL
)
SELECT e.seat_no, e.class_no, e.class_id, e.person_no, e.completion, e.employed_at_start, c.starts_on, c.ends_on,
    c.training_type, c.fund_source, c.level, c.delivery_mode,
    c.institution_id, c.major, c.street, p.is_male, p.categories,
        coalesce(r.matched_kind, c.project_certificate_kind) AS certificate_kind,
        coalesce(r.has_certificate, false) AS has_certificate,
    coalesce(r.took_part, false) AS took_part, b.class_id IS NOT NULL OR b2.class_id IS NOT NULL AS is_paid,
    c.class_status IN ('filed', 'closed') AND c.training_type <> 'on_the_job'
        AND c.fund_source <> 'enterprise_education_fund' AS passes,
    passes AND e.completion = 'completed' AND c.ends_on <= getvariable('data_date') AS counts
FROM enrolment e JOIN class c USING (class_no) JOIN person p USING (person_no) LEFT JOIN results r USING (seat_no)
LEFT JOIN paid_for b ON b.class_id = e.class_id AND b.person_id = p.person_id LEFT JOIN paid_for b2 ON b2.class_id = e.class_id
    AND b2.person_id IS NULL;

CREATE TABLE training_money AS
SELECT class_no, sum(paid - coalesce(recovered, 0)) AS amount FROM told_claim
WHERE subsidy_kind = 'training' AND claim_status IN ('paid', 'recovered') AND is_money GROUP BY ALL;
CREATE TABLE told (indicator_code VARCHAR, period VARCHAR, dimension VARCHAR, member VARCHAR, numerator DOUBLE,
    denominator DOUBLE, value DOUBLE);
