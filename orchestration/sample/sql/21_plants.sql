-- Small classes, each made to offend one rule and no other. The third column takes two people back from the class named there.
CREATE TABLE planted AS
SELECT row_number() OVER () AS no, * FROM (VALUES
    ('fourth_1', 'J', NULL, '保育师', '5', DATE '2020-03-02'), ('fourth_2', 'J', 'fourth_1', '美容师', '5', DATE '2020-05-04'),
    ('fourth_3', 'J', 'fourth_1', '美发师', '5', DATE '2020-07-06'), ('fourth_4', 'J', 'fourth_1', '茶艺师', '5', DATE '2020-09-07'),
    ('repeat_1', 'J', NULL, '缝纫工', '5', DATE '2020-04-06'), ('repeat_2', 'J', 'repeat_1', '缝纫工', '5', DATE '2020-10-12'),
    ('uncertified', 'J', NULL, '保育师', '5', DATE '2020-06-01'), ('uncertified_early', 'J', NULL, '保育师', '5', DATE '2019-06-03'),
    ('advance_over_half', 'E', NULL, '焊工', '4', DATE '2020-06-15'),
        ('advance_not_allowed', 'J', NULL, '美容师', '5', DATE '2020-06-15'),
    ('project_based', 'J', NULL, '养老护理员', '5', DATE '2020-08-03'), ('fee', 'J', NULL, '养老护理员', '5', DATE '2020-08-10'),
    ('insured', 'J', NULL, '养老护理员', '5', DATE '2020-08-17'), ('living', 'J', NULL, '保育师', '5', DATE '2020-08-24'),
    ('two_subsidies', 'E', NULL, '电工', '4', DATE '2020-03-09'), ('apprentice_floor', 'A', NULL, '焊工', '4', DATE '2020-01-10'),
    ('died', 'J', NULL, '保安员', '5', DATE '2020-09-14'), ('retired', 'J', NULL, '保安员', '5', DATE '2020-09-21'),
    ('public_payroll', 'J', NULL, '保安员', '5', DATE '2020-10-19'),
        ('not_listed_institution', 'J', NULL, '美发师', '5', DATE '2020-05-11'),
    ('not_listed_project', 'J', NULL, '家政服务员', '901', DATE '2020-04-20'),
        ('rate_above_200', 'J', NULL, '保安员', '902', DATE '2021-04-12'),
    ('rate_below_floor', 'J', NULL, '茶艺师', '903', DATE '2021-04-12'),
        ('new_occupation_rate', 'J', NULL, '互联网营销师', '904', DATE '2021-05-10'),
    ('online_share', 'J', NULL, '美容师', '5', DATE '2021-04-19'), ('online_pay', 'J', NULL, '美发师', '5', DATE '2021-04-19'),
    ('ojt_overlap', 'J', NULL, '家政服务员', '5', DATE '2021-05-10'), ('one_day_1', 'J', NULL, '茶艺师', '5', DATE '2021-05-17'),
    ('one_day_2', 'J', 'one_day_1', '美容师', '5', DATE '2021-05-18'), ('centre_early', 'E', NULL, '焊工', '4', DATE '2021-05-24'),
    ('centre_relation', 'E', NULL, '电工', '4', DATE '2021-05-24'), ('left_before', 'E', NULL, '车工', '4', DATE '2020-11-09'),
    ('apprentice_term', 'A', NULL, '电工', '4', DATE '2021-04-01'), ('district_school', 'E', NULL, '电工', '2', DATE '2021-06-07'),
    ('domicile', 'J', NULL, '缝纫工', '5', DATE '2021-04-26'), ('unpaid', 'J', NULL, '保育师', '5', DATE '2021-05-24'),
    ('same_signs', 'J', NULL, '养老护理员', '5', DATE '2020-11-16'), ('shared_phone', 'J', NULL, '养老护理员', '5', DATE '2020-11-23'),
    ('short_class', 'J', NULL, '养老护理员', '5', DATE '2021-06-14'), ('black_listed', 'J', NULL, '美发师', '5', DATE '2020-06-22'),
    ('ledger', 'J', NULL, '保安员', '5', DATE '2020-07-13')) v(plant, audience, source, occupation, project, starts_on);

INSERT INTO class_plan
WITH base AS (SELECT max(class_no) AS top FROM class_plan)
SELECT top + v.no, v.audience, CASE v.audience WHEN 'J' THEN 'job_skills' WHEN 'E' THEN 'upskilling' ELSE 'apprenticeship' END,
    p.occ_no, p.level,
    if(v.audience = 'A', NULL, p.project_no), if(v.audience = 'A', 6, p.days), v.starts_on, CASE
        WHEN v.plant = 'apprentice_term' THEN v.starts_on + 199
        WHEN v.audience = 'A' THEN (v.starts_on + INTERVAL 1 YEAR - INTERVAL 1 DAY)::DATE ELSE v.starts_on
            + p.days::INTEGER - 1 END, v.starts_on - 25,
    top + s.no, CASE WHEN v.audience = 'J' THEN NULL WHEN v.plant = 'centre_early' THEN 903 WHEN v.plant = 'centre_relation'
        THEN 1 ELSE getvariable('enterprises') - v.no END, v.plant = 'project_based',
    CASE v.plant WHEN 'online_share' THEN 4 WHEN 'online_pay' THEN 2 ELSE 0 END, if(v.plant LIKE 'online%', 'mixed', 'offline'),
        'special_account',
    CASE v.plant WHEN 'unpaid' THEN 'unpaid' WHEN 'two_subsidies' THEN 'persons' ELSE 'class' END, 'closed', CASE v.plant
        WHEN 'same_signs' THEN 12 ELSE 6 END, v.plant
FROM base, planted v JOIN project p ON if(length(v.project) = 3, p.project_no::VARCHAR = v.project, p.name = v.occupation
    AND p.level = v.project AND p.project_no < 900)
LEFT JOIN planted s ON s.plant = v.source;
