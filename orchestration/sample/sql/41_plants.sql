-- Claims that offend: advances, living costs, one certificate paid twice, months too many, cuts for domicile.
UPDATE claim_row SET payee_kind = 'enterprise', payee_id = c.employer_id, advance = fen(approved * 0.6), advance_on = claimed_on
    + 12
FROM class c WHERE c.class_no = claim_row.class_no AND c.plant = 'advance_over_half';
UPDATE claim_row SET advance = fen(approved * 0.3), advance_on = claimed_on + 12 FROM class c
    WHERE c.class_no = claim_row.class_no AND c.plant = 'advance_not_allowed';
UPDATE claim_row SET standard = 3500, claimed = 3500 * claimed_heads, approved = 3500 * claimed_heads, advance = 1750
    * claimed_heads
FROM class c WHERE c.class_no = claim_row.class_no AND c.plant = 'apprentice_floor';
UPDATE claim_row SET cut_heads = 1, claimed_heads = claimed_heads + 1, cut = claim_row.standard, claimed = claimed
    + claim_row.standard, cut_reason = '非本地户籍'
FROM class c WHERE c.class_no = claim_row.class_no AND c.plant = 'domicile' AND claim_row.subsidy_kind = 'training';
UPDATE claim_row SET standard = c.standard, claimed = c.standard * claimed_heads, approved = c.standard * claimed_heads
FROM class c WHERE c.class_no = claim_row.class_no AND c.plant = 'online_pay';

INSERT INTO claim_row (class_no, claim_id, class_id, person_id, is_money, payee_kind, payee_id, subsidy_kind, standard,
    claimed_heads, claimed, cut_heads, approved, paid_on, claimed_on, fund_source, final_status, ojt_month)
SELECT s.class_no, v.head || s.class_id || '-' || lpad(s.seat::VARCHAR, 3, '0'), s.class_id, s.person_id, true, 'individual',
    s.person_id, v.kind, v.standard, 1, v.amount, 0, v.amount,
    if(v.kind = 'living', s.ends_on + 35, NULL), s.ends_on + v.lag, v.fund, 'paid', NULL
FROM (VALUES ('living', 1, 'SH', 'living', 30, 180, 8, 'employment_fund'),
    ('living', 2, 'SH', 'living', 30, 180, 8, 'special_account'),
    ('two_subsidies', 1, 'TS', 'skill_upgrade', 1500, 1500, 150, 'unemployment_insurance')) v(plant, seat, head, kind, standard,
        amount, lag, fund)
JOIN planted_seat s USING (plant, seat);

INSERT INTO claim_row (claim_id, person_id, is_money, payee_kind, payee_id, subsidy_kind, standard, claimed_heads, claimed,
    cut_heads, approved, paid_on, claimed_on, fund_source, final_status, ojt_month)
WITH spare AS (SELECT person_id, row_number() OVER (ORDER BY person_no) AS no FROM person WHERE audience = 'spare'
    ORDER BY person_no LIMIT 3
), people AS (SELECT person_id, no FROM spare UNION ALL SELECT person_id, 4 FROM planted_seat WHERE plant = 'ojt_overlap'
    AND seat = 1
), months AS (
    SELECT v.no, v.employer_no, (v.starts_on + to_months(m::INTEGER))::DATE AS ojt_month
    FROM (VALUES (1, 21, DATE '2020-03-01', 7), (2, 22, DATE '2020-01-01', 4), (2, 23, DATE '2020-05-01', 3),
        (3, 24, DATE '2022-01-01', 1), (4, 25, DATE '2021-04-01', 2))
        v(no, employer_no, starts_on, months), range(0, 12) r(m) WHERE m < v.months
)
SELECT 'YGX' || m.no || strftime(ojt_month, '%Y%m'), p.person_id, true, 'enterprise', e.employer_id, 'on_the_job', 500, 1, 500,
    0, 500,
    if(m.no = 3, NULL, ojt_month + 75), if(m.no = 3, DATE '2021-12-20', ojt_month + 45), 'special_account', 'paid', ojt_month
FROM months m JOIN people p USING (no) JOIN enterprise e USING (employer_no);

INSERT INTO claim_row (claim_id, class_id, is_money, payee_kind, payee_id, subsidy_kind, standard, claimed_heads, claimed,
    cut_heads, approved, paid_on, claimed_on, fund_source, final_status)
SELECT 'SLX2021-0001', getvariable('prefix') || '2021-' || repeat('9', getvariable('class_digits')::INTEGER), true,
    'institution', institution_id, 'training', 1000, 5, 5000, 0, 5000,
    DATE '2021-07-20', DATE '2021-06-20', 'special_account', 'paid' FROM institution WHERE institution_no = 10;
