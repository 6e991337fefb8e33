-- Claims beside those of the classes: returned first attempts, work-for-training by month, living costs, assessment.
INSERT INTO claim_row
SELECT class_no, claim_id || 'T', class_id, person_id, is_money, payee_kind, payee_id, subsidy_kind, standard, claimed_heads,
    claimed,
    0, NULL, NULL, NULL, NULL, NULL, NULL, claimed_on - 12, NULL, fund_source, if(class_no % 2 = 0, 'returned', 'void'), NULL
FROM claim_row WHERE person_id IS NULL AND subsidy_kind = 'training' AND draw(class_no, 'first_attempt') < 0.03;

INSERT INTO claim_row
WITH spans AS (
    SELECT person_no, person_id, employer_no, 3 + pick_number(person_no, 'months', 4) AS months,
        (date_trunc('month', getvariable('first_day')) + to_months(pick_number(person_no, 'from',
            greatest(1, getvariable('months') - 3))::INTEGER))::DATE AS starts_on
    FROM person WHERE audience = 'ojt'
), months AS (
    SELECT *, (starts_on + to_months(m::INTEGER))::DATE AS ojt_month FROM spans, range(0, 6) r(m) WHERE m < months
)
SELECT NULL, 'YG' || lpad(employer_no::VARCHAR, 4, '0') || strftime(ojt_month, '%Y%m'), NULL, person_id, true, 'enterprise',
    employer_id, 'on_the_job',
    500, 1, 500, 0, NULL, NULL, 500, NULL, NULL, (ojt_month + INTERVAL 1 MONTH + INTERVAL 44 DAY)::DATE,
        (ojt_month + INTERVAL 1 MONTH + INTERVAL 14 DAY)::DATE,
    NULL, 'special_account', 'paid', ojt_month
FROM months JOIN enterprise USING (employer_no) WHERE ojt_month <= DATE '2021-12-01';

INSERT INTO claim_row
SELECT e.class_no, 'SH' || c.class_id || '-' || lpad(e.seat::VARCHAR, 3, '0'), c.class_id, e.person_id, true, 'individual',
    e.person_id, 'living', 30, 1,
    30 * n.days, 0, NULL, NULL, 30 * n.days, NULL, NULL, c.ends_on + 35, c.ends_on + 8, NULL,
    if(c.ends_on + 35 < DATE '2021-03-01' OR e.seat_no % 2 = 0, 'employment_fund', 'special_account'), 'paid', NULL
FROM enrolment e JOIN class c USING (class_no) JOIN person p USING (person_no),
    LATERAL (SELECT count(*) AS days FROM range(1, 32) r(d) WHERE d <= c.days AND is_present(e.seat_no, d)) n
WHERE e.completion = 'completed' AND c.audience = 'J' AND c.ends_on <= getvariable('horizon')
    AND c.class_status IN ('filed', 'closed') AND c.plant IS NULL
    AND list_has_any(p.categories, ['poor_labourer', 'hard_to_employ', 'zero_job_family']) AND draw(e.seat_no, 'living') < 0.06;

INSERT INTO claim_row
SELECT class_no, 'JD' || class_id, class_id, NULL, true, 'institution', institution_id, 'assessment', 200, n, 200 * n, 0, NULL,
    NULL, 200 * n, NULL, NULL,
    ends_on + 120, ends_on + 85, NULL, 'employment_fund', 'paid', NULL
FROM class JOIN (SELECT class_no, count(DISTINCT person_no) AS n FROM assessment JOIN certified_seat USING (seat_no)
    GROUP BY ALL) USING (class_no)
WHERE class_status IN ('filed', 'closed') AND audience = 'J' AND claim_form <> 'none' AND draw(class_no, 'assessment') < 0.06;
