-- Firms that spend too little on the front line or draw too little; quotas split alike; and the list of what was planted.
UPDATE enterprise_year SET on_frontline = fen(used * 0.5) WHERE (employer_no, year) IN ((30, 2020), (31, 2021));
UPDATE enterprise_year SET drawn = fen(payroll * 0.01), used = fen(payroll * 0.009), on_frontline = fen(payroll * 0.0063)
    WHERE (employer_no, year) = (32, 2020);
INSERT INTO target SELECT 'person_times', '2021', 'institution_id=' || institution_id, 3000, 'person_times', 'ge', 0, 2021,
    DATE '2021-01-05', '合成计划'
FROM institution WHERE kind = 'private_school' AND kind_no <= 6;

-- What is planted, told apart from how the warehouse finds it: findings, persons named, money at stake.
CREATE TABLE finding AS
WITH seats AS (SELECT class_no, count(*) FILTER (completion = 'completed') AS heads FROM enrolment GROUP BY class_no
), claims AS (SELECT class_no, sum(claimed) AS claimed FROM claim_row WHERE is_money AND final_status NOT IN ('returned', 'void')
    AND subsidy_kind IN ('training',
    'apprenticeship') GROUP BY class_no
), by_class AS (
    SELECT v.test, v.rule_id, v.count, c.class_id AS subject, if(v.money IN ('standard', 'fee', 'phone'), v.count, 0) AS heads,
        CASE v.money WHEN 'standard' THEN v.count * c.standard WHEN 'fee' THEN 50 WHEN 'claimed' THEN m.claimed
            WHEN 'above 200' THEN (c.standard - 200 * c.days) * s.heads
            WHEN 'above 150' THEN (c.standard - 150 * c.days) * s.heads
            WHEN 'online' THEN (10 * c.online_days - 3 * c.days) * 6 * s.heads WHEN 'due' THEN c.standard * s.heads END AS yuan
    FROM (VALUES
        ('fourth_in_year', 'YZ2019-12b', 2, 'fourth_4', 'standard'),
        ('repeat_occupation_level', 'YZ2019-12c', 2, 'repeat_2', 'standard'),
        ('claim_without_certificate', 'YZ2019-12a', 1, 'uncertified', 'standard'),
        ('claim_without_certificate', 'CQ2012-4.4', 1, 'uncertified_early', 'standard'),
        ('project_based_category', 'YZ2019-12e', 1, 'project_based', 'standard'),
        ('fee_in_free_training', 'YZ2019-11a', 1, 'fee', 'fee'),
        ('insured_in_unemployed_training', 'YZ2019-11a', 2, 'insured', 'standard'),
        ('died', 'YZ2019-14b', 1, 'died', 'standard'),
        ('retired', 'YZ2019-14b', 2, 'retired', 'standard'),
        ('public_payroll', 'YZ2019-14b', 1, 'public_payroll', 'standard'),
        ('not_listed_institution', 'YZ2019-16a', 1, 'not_listed_institution', 'claimed'),
        ('black_listed_institution', 'YZ2019-16a', 1, 'black_listed', 'claimed'),
        ('not_listed_project', 'YZ2019-16a', 1, 'not_listed_project', 'claimed'),
        ('rate_above_200', 'CQ2021-1a', 1, 'rate_above_200', 'above 200'),
        ('rate_below_floor', 'CQ2021-1b', 1, 'rate_below_floor', NULL),
        ('new_occupation_rate', 'CQ2021-1c', 1, 'new_occupation_rate', 'above 150'),
        ('online_share', 'CQ2021-2b', 1, 'online_share', 'online'),
        ('two_classes_one_day', 'CQ2021-3d', 2, 'one_day_2', 'standard'),
        ('centre_before_publication', 'CQ2021-4a', 1, 'centre_early', 'claimed'),
        ('centre_relation', 'CQ2021-4b', 1, 'centre_relation', 'standard'),
        ('left_before_class', 'CQ2021-4b', 1, 'left_before', 'standard'),
        ('apprentice_term', 'CQ2021-5b', 1, 'apprentice_term', NULL),
        ('district_school_level', 'CQ2021-6c', 1, 'district_school', 'claimed'),
        ('in_system_unpaid', 'CQ2021-8d', 1, 'unpaid', 'due'), ('same_signs', 'SC-9c', 1, 'same_signs', 'claimed'),
        ('shared_phone', 'SC-10b', 5, 'shared_phone', 'phone'), ('short_class', 'CQ2021-1a', 1, 'short_class', 'claimed'))
        v(test, rule_id, count, plant, money)
    JOIN class c USING (plant) JOIN seats s USING (class_no) LEFT JOIN claims m USING (class_no)
), by_claim AS (
    SELECT v.test, v.rule_id, 1 AS count, v.head || c.class_id || v.tail AS subject, if(v.test IN ('living_category',
        'two_subsidies_one_certificate'), 1, 0) AS heads,
        CASE v.money WHEN 'over half' THEN r.advance - r.approved / 2 WHEN 'advance' THEN r.advance WHEN 'claimed' THEN r.claimed
            WHEN 'floor' THEN 4000 * s.heads - r.claimed WHEN 'cut' THEN r.cut WHEN '100' THEN 100
            WHEN 'outlay' THEN (SELECT sum(amount) FROM payment p WHERE p.claim_id = r.claim_id)
            WHEN 'online' THEN r.claimed - s.heads * ((c.days - c.online_days) * c.standard / c.days + c.online_days * 60)
        END AS yuan
    FROM (VALUES
        ('advance_over_half', 'YZ2019-12d', 'advance_over_half', 'SL', '', 'over half'),
        ('advance_not_allowed', 'YZ2019-12d', 'advance_not_allowed', 'SL', '', 'advance'),
        ('living_category', 'YZ2019-11b', 'living', 'SH', '-001', 'claimed'),
        ('living_fund_before_2021_03', 'YZ2019-5a', 'living', 'SH', '-002', 'claimed'),
        ('two_subsidies_one_certificate', 'YZ2019-11c', 'two_subsidies', 'TS', '-001', 'claimed'),
        ('apprentice_floor', 'YZ2019-11d', 'apprentice_floor', 'SL', '', 'floor'),
        ('online_pay', 'CQ2021-2c', 'online_pay', 'SL', '', 'online'),
        ('domicile_rejection', 'CQ2021-8h', 'domicile', 'SL', '', 'cut'),
        ('ledger_purpose', 'CQ2012-1.1', 'ledger', 'SL', '', 'outlay'),
        ('ledger_payment_differs', 'CQ2021-8e', 'short_class', 'SL', '', '100'))
        v(test, rule_id, plant, head, tail, money)
    JOIN class c USING (plant) JOIN seats s USING (class_no)
    LEFT JOIN claim_row r ON r.claim_id = v.head || c.class_id || v.tail AND r.is_money
), other AS (
    FROM (VALUES ('ojt_months_employer', 'YZ2019-11e', 1, 'YGX1202009', 1, 500),
        ('ojt_months_person', 'YZ2019-11e', 1, 'YGX2202007', 1,
            500),
        ('ojt_after_end', 'CQ2021-3a', 1, 'YGX3202201', 1, 500), ('ojt_overlap', 'CQ2021-3d', 1, 'YGX4202105', 1, 500),
        ('paid_not_in_system', 'CQ2021-8d', 1, 'SLX2021-0001', 0, 5000),
        ('ledger_claim_missing', 'YZ2019-13b', 2, 'special_account 2020-11', 0, 5500),
        ('equal_split', 'CQ2021-8f', 1, getvariable('unit'), 0, NULL)) v(test, rule_id, count, subject, heads, yuan)
    UNION ALL SELECT 'frontline_share', 'YZ2019-13c', 1, employer_id || ' ' || year, 0, 0.6 * used - on_frontline FROM enterprise_year
        WHERE (employer_no, year) IN ((30, 2020), (31, 2021))
    UNION ALL SELECT 'education_fund', 'CQ2012-2.1a', 1, employer_id || ' ' || year, 0, 0.015 * payroll - drawn FROM enterprise_year
        WHERE (employer_no, year) = (32, 2020)
    UNION ALL SELECT 'bulk_certificates', 'YZ2019-17b', 1, institution_id || ' 2020-08', 0, NULL FROM institution
        WHERE institution_no = 904 AND getvariable('bulk') > 0
)
SELECT * REPLACE (yuan::DECIMAL(38, 2) AS yuan) FROM (FROM by_class UNION ALL FROM by_claim UNION ALL FROM other);
