-- What the models of review and allocation read, drawn by hash: the same rows each time. Names in braces are the sizes asked for.
CREATE TEMP MACRO pick(number, most) AS (number % most)::INTEGER;
CREATE TABLE control.build AS SELECT DATE '2021-12-31' AS data_date, []::VARCHAR[] AS preview;
CREATE TABLE marts.dim_unit AS SELECT '5001' || printf('%02d', d) AS reporting_unit, 'D' || d AS unit_name, false AS is_rollup
    FROM range(1, {districts} + 1) AS r(d) UNION ALL SELECT '500000', 'M', true;
CREATE TABLE work.int_unit_member AS
    SELECT reporting_unit, reporting_unit AS member_unit, false AS is_rollup FROM marts.dim_unit WHERE NOT is_rollup
    UNION ALL SELECT '500000', reporting_unit, true FROM marts.dim_unit WHERE NOT is_rollup;
CREATE TABLE marts.dim_institution AS SELECT u.reporting_unit || printf('I%03d', i) AS institution_id,
    'N' || i AS institution_name,
    i % 20 = 0 AS is_high_skill_base, 'white' AS list_status, u.reporting_unit
    FROM marts.dim_unit AS u CROSS JOIN range({institutions}) AS r(i) WHERE NOT u.is_rollup;
CREATE TABLE marts.dim_period AS SELECT period, period_kind, true AS is_started, true AS is_loaded, starts_on,
    least(DATE '2021-12-31', ends_on) AS ends_on, year(starts_on) AS first_year FROM (
    SELECT y::VARCHAR AS period, 'year' AS period_kind, make_date(y, 1, 1) AS starts_on, make_date(y, 12, 31) AS ends_on
    FROM range(2019, 2022) AS r(y) UNION ALL
    SELECT y || 'Q' || q, 'quarter', make_date(y, 3 * q - 2, 1), (make_date(y, 3 * q - 2,
    1) + INTERVAL 3 MONTH - INTERVAL 1 DAY)::DATE
    FROM range(2019, 2022) AS r(y), range(1, 5) AS s(q));
CREATE TABLE work.int_window AS SELECT period, period_kind, false AS is_cumulative,
    (4 * (year(starts_on) - 2019) + quarter(starts_on) - 1)::INTEGER AS first_quarter_no,
    (4 * (year(starts_on) - 2019) + quarter(ends_on) - 1)::INTEGER AS last_quarter_no FROM marts.dim_period;
CREATE TABLE marts.dim_class AS SELECT 'K' || n AS class_id, i.institution_id, i.reporting_unit,
    (DATE '2019-01-01' + (pick(hash(n), 1050))::INTEGER) AS starts_on, (DATE '2019-01-20' + (pick(hash(n),
    1050))::INTEGER) AS ends_on,
    ['job_skills', 'upskilling', 'entrepreneurship', 'pre_employment', 'apprenticeship'][1 + pick(hash(n * 3),
    5)] AS training_type
    FROM (SELECT *, row_number() OVER (ORDER BY institution_id) - 1 AS place FROM marts.dim_institution) AS i
    JOIN range({trainings} // 40 + 1) AS r(n) ON i.place = n % ({districts} * {institutions});
CREATE TABLE work.int_training_ended AS SELECT k.class_id, 'P' || (pick(hash(n * 7),
    ({trainings} * 3 // 4))) || '-' || n % 40 AS person_key,
    k.reporting_unit, k.institution_id, k.training_type,
    (4 * (year(k.ends_on) - 2019) + quarter(k.ends_on) - 1)::INTEGER AS quarter_no,
    nullif((pick(hash(n), 7))::VARCHAR, '0') AS occupation_major, nullif((pick(hash(n * 11), 6))::VARCHAR, '0') AS skill_level,
    CASE WHEN pick(hash(n * 5), 10) < 8 THEN [c] ELSE [c, 'disabled'] END AS trainee_categories, pick(hash(n * 13),
    100) < 95 AS is_counted,
    pick(hash(n * 17), 100) < 80 AS is_certified, pick(hash(n * 19), 100) < 90 AS has_result, 1 AS examined_count,
    (pick(hash(n * 23), 100) < 85)::INTEGER AS passed_count, pick(hash(n * 29), 100) < 60 AS is_employment_base,
    pick(hash(n * 29), 100) < 35 AS is_employed, pick(hash(n * 29), 100) < 30 AS is_retained_6m
    FROM (SELECT n, ['unemployed', 'rural_worker', 'graduate', 'veteran', 'poor', 'staff', 'apprentice',
    'other'][1 + pick(hash(n * 31), 8)] AS c
        FROM range({trainings}) AS r(n)) AS p JOIN marts.dim_class AS k ON k.class_id = 'K' || p.n // 40;
CREATE TABLE staging.stg_enrollments AS SELECT class_id, person_key, (1960 + pick(hash(person_key), 45))::INTEGER AS birth_year,
    ['初中', '高中', '大专', '本科', NULL][1 + pick(hash(person_key, 1), 5)] AS education, pick(hash(person_key, 2),
    4) = 0 AS employed_at_start
    FROM work.int_training_ended;
CREATE TABLE marts.fct_employment AS SELECT person_key, DATE '2018-06-01' + (pick(hash(person_key, s),
    1200))::INTEGER AS starts_on,
    DATE '2021-12-31' AS in_force_to, true AS is_employment, true AS is_counted,
    ['pension', 'registration'][1 + pick(hash(person_key, s + 9), 2)] AS insurance_kind
    FROM (SELECT DISTINCT person_key FROM work.int_training_ended) CROSS JOIN range(2) AS r(s);
CREATE TABLE work.int_stock_total AS SELECT reporting_unit, period, 'all' AS dimension, 'all' AS member,
    100000 AS employed_total,
    (20000 + pick(hash(reporting_unit), 15000))::BIGINT AS skilled_total FROM marts.dim_unit CROSS JOIN marts.dim_period;
CREATE TABLE marts.fct_certification AS SELECT 'A' || pick(hash(person_key), 300) AS assessor_id,
    DATE '2019-02-01' + (pick(hash(class_id), 1000))::INTEGER
    AS examined_on, is_certified AS is_certificate, true AS is_counted FROM work.int_training_ended;
CREATE TABLE marts.fct_claim AS SELECT class_id, reporting_unit, ends_on + 60 AS paid_on, 40000::DECIMAL(18,2) AS net_paid_yuan,
    0::DECIMAL(18,2) AS recovered_yuan, true AS is_money_row, true AS is_counted, 'paid' AS claim_status FROM marts.dim_class;
CREATE TABLE marts.mart_fund_position AS SELECT reporting_unit, period, 'special_account' AS fund_source,
    9000000::DECIMAL(18,2) AS income_yuan,
    8000000::DECIMAL(18,2) AS outlay_yuan,
    1000000::DECIMAL(18,2) AS closing_yuan FROM marts.dim_unit CROSS JOIN marts.dim_period;
CREATE TABLE staging.stg_fund_quota AS SELECT reporting_unit, y::INTEGER AS year, 9000000::DECIMAL(18,2) AS quota_yuan,
    DATE '2019-01-10' AS issued_on FROM marts.dim_unit CROSS JOIN range(2019, 2022) AS r(y) WHERE NOT is_rollup;
CREATE TABLE work.int_target AS SELECT reporting_unit, 'person_times' AS indicator_code, y::VARCHAR AS period, dimension,
    member,
    CASE dimension WHEN 'all' THEN '' ELSE dimension || '=' || member END AS breakdown, 0 AS plan_version, 'ge' AS comparator,
    (30 + pick(hash(member), 20))::DOUBLE AS target_value FROM (
    SELECT reporting_unit, 'institution_id' AS dimension, institution_id AS member FROM marts.dim_institution
    UNION ALL SELECT reporting_unit, 'all', 'all' FROM marts.dim_unit WHERE NOT is_rollup) CROSS JOIN range(2019, 2022) AS r(y);
CREATE TABLE marts.mart_target_progress AS SELECT *, true AS is_latest_version FROM work.int_target;
CREATE TABLE marts.mart_indicator AS SELECT m.code AS indicator_code, s.reporting_unit, p.period, s.dimension, s.member,
    IF(m.is_ratio, (pick(hash(s.member, m.code, p.period), 30))::DOUBLE, (pick(hash(s.member, m.code, p.period),
    90))::DOUBLE) AS numerator,
    IF(m.is_ratio, 30.0::DOUBLE, NULL) AS denominator,
    IF(m.is_ratio, (pick(hash(s.member, m.code, p.period), 30))::DOUBLE / 30, (pick(hash(s.member, m.code, p.period),
    90))::DOUBLE) AS value
    FROM (SELECT reporting_unit, 'institution_id' AS dimension, institution_id AS member FROM marts.dim_institution
        UNION ALL SELECT reporting_unit, 'all', 'all' FROM marts.dim_unit
        UNION ALL SELECT DISTINCT reporting_unit, 'training_type', training_type FROM marts.dim_class
        UNION ALL SELECT reporting_unit, 'street', 'S' || n FROM marts.dim_unit CROSS JOIN range(10) AS r(n)) AS s
    CROSS JOIN measure AS m CROSS JOIN marts.dim_period AS p;
