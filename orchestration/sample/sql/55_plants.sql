-- Firms that spend too little on the front line or draw too little; quotas split alike; and the list of what was planted.
UPDATE enterprise_year SET on_frontline = fen(used * 0.5) WHERE (employer_no, year) IN ((30, 2020), (31, 2021));
UPDATE enterprise_year SET drawn = fen(payroll * 0.01), used = fen(payroll * 0.009), on_frontline = fen(payroll * 0.0063)
    WHERE (employer_no, year) = (32, 2020);
INSERT INTO target SELECT 'person_times', '2021', 'institution_id=' || institution_id, 3000, 'person_times', 'ge', 0, 2021,
    DATE '2021-01-05', '合成计划'
FROM institution WHERE kind = 'private_school' AND kind_no <= 6;

CREATE TABLE finding AS
WITH by_class AS (
    SELECT v.test, v.rule_id, v.count, c.class_id AS subject FROM (VALUES
        ('fourth_in_year', 'YZ2019-12b', 2, 'fourth_4'), ('repeat_occupation_level', 'YZ2019-12c', 2, 'repeat_2'),
            ('claim_without_certificate', 'YZ2019-12a', 1, 'uncertified'),
        ('claim_without_certificate', 'CQ2012-4.4', 1, 'uncertified_early'),
            ('project_based_category', 'YZ2019-12e', 1, 'project_based'), ('fee_in_free_training', 'YZ2019-11a', 1, 'fee'),
        ('insured_in_unemployed_training', 'YZ2019-11a', 2, 'insured'), ('died', 'YZ2019-14b', 1, 'died'),
            ('retired', 'YZ2019-14b', 2, 'retired'), ('public_payroll', 'YZ2019-14b', 1, 'public_payroll'),
        ('not_listed_institution', 'YZ2019-16a', 1, 'not_listed_institution'),
            ('black_listed_institution', 'YZ2019-16a', 1, 'black_listed'),
            ('not_listed_project', 'YZ2019-16a', 1, 'not_listed_project'),
        ('rate_above_200', 'CQ2021-1a', 1, 'rate_above_200'), ('rate_below_floor', 'CQ2021-1b', 1, 'rate_below_floor'),
            ('new_occupation_rate', 'CQ2021-1c', 1, 'new_occupation_rate'),
        ('online_share', 'CQ2021-2b', 1, 'online_share'), ('two_classes_one_day', 'CQ2021-3d', 2, 'one_day_2'),
            ('centre_before_publication', 'CQ2021-4a', 1, 'centre_early'),
        ('centre_relation', 'CQ2021-4b', 1, 'centre_relation'), ('left_before_class', 'CQ2021-4b', 1, 'left_before'),
            ('apprentice_term', 'CQ2021-5b', 1, 'apprentice_term'),
        ('district_school_level', 'CQ2021-6c', 1, 'district_school'), ('in_system_unpaid', 'CQ2021-8d', 1, 'unpaid'),
            ('same_signs', 'SC-9c', 1, 'same_signs'),
        ('shared_phone', 'SC-10b', 5, 'shared_phone'), ('short_class', 'CQ2021-1a', 1, 'short_class')) v(test, rule_id, count,
            plant) JOIN class c USING (plant)
), by_claim AS (
    SELECT v.test, v.rule_id, 1 AS count, v.head || c.class_id || v.tail AS subject FROM (VALUES
        ('advance_over_half', 'YZ2019-12d', 'advance_over_half', 'SL', ''),
            ('advance_not_allowed', 'YZ2019-12d', 'advance_not_allowed', 'SL', ''),
            ('living_category', 'YZ2019-11b', 'living', 'SH', '-001'),
        ('living_fund_before_2021_03', 'YZ2019-5a', 'living', 'SH', '-002'),
            ('two_subsidies_one_certificate', 'YZ2019-11c', 'two_subsidies', 'TS', '-001'),
            ('apprentice_floor', 'YZ2019-11d', 'apprentice_floor', 'SL', ''),
        ('online_pay', 'CQ2021-2c', 'online_pay', 'SL', ''), ('domicile_rejection', 'CQ2021-8h', 'domicile', 'SL', ''),
            ('ledger_purpose', 'CQ2012-1.1', 'ledger', 'SL', ''),
            ('ledger_payment_differs', 'CQ2021-8e', 'short_class', 'SL', ''))
        v(test, rule_id, plant, head, tail) JOIN class c USING (plant)
), other AS (
    FROM (VALUES ('ojt_months_employer', 'YZ2019-11e', 1, 'YGX1202009'), ('ojt_months_person', 'YZ2019-11e', 1, 'YGX2202007'),
        ('ojt_after_end', 'CQ2021-3a', 1, 'YGX3202201'), ('ojt_overlap', 'CQ2021-3d', 1, 'YGX4202105'),
        ('paid_not_in_system', 'CQ2021-8d', 1, 'SLX2021-0001'),
            ('ledger_claim_missing', 'YZ2019-13b', 2, 'special_account 2020-11'),
            ('equal_split', 'CQ2021-8f', 1, getvariable('unit'))) v(test, rule_id, count, subject)
    UNION ALL SELECT 'frontline_share', 'YZ2019-13c', 1, employer_id || ' ' || year FROM enterprise_year
        WHERE (employer_no, year) IN ((30, 2020), (31, 2021))
    UNION ALL SELECT 'education_fund', 'CQ2012-2.1a', 1, employer_id || ' ' || year FROM enterprise_year
        WHERE (employer_no, year) = (32, 2020)
    UNION ALL SELECT 'bulk_certificates', 'YZ2019-17b', 1, institution_id || ' 2020-08' FROM institution
        WHERE institution_no = 904 AND getvariable('bulk') > 0
)
FROM by_class UNION ALL FROM by_claim UNION ALL FROM other;
