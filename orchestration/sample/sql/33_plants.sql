-- What planted people are, held and had: categories, fees, phones, earlier spells, missing and mass certificates.
CREATE TABLE planted_seat AS SELECT c.plant, e.seat, e.seat_no, e.person_no, e.class_no, e.class_id, e.person_id, c.starts_on,
    c.ends_on FROM enrolment e JOIN class c USING (class_no) WHERE c.plant IS NOT NULL;

UPDATE person SET categories = v.categories FROM planted_seat s
JOIN (VALUES ('project_based', 1, ['graduate']), ('fee', 1, ['veteran']), ('insured', 1, ['unemployed']),
    ('insured', 2, ['unemployed']), ('living', 1, ['graduate']),
    ('living', 2, ['poor_labourer'])) v(plant, seat, categories) USING (plant, seat) WHERE person.person_no = s.person_no;
UPDATE person SET phone = '10099999999' FROM planted_seat s WHERE s.plant = 'shared_phone' AND s.seat <= 5
    AND person.person_no = s.person_no;
UPDATE enrolment SET fee = 50 FROM planted_seat s WHERE s.plant = 'fee' AND s.seat = 1 AND enrolment.seat_no = s.seat_no;
UPDATE enrolment SET employer_id = (SELECT employer_id FROM enterprise WHERE employer_no = 20) FROM planted_seat s
WHERE s.plant = 'centre_relation' AND s.seat = 1 AND enrolment.seat_no = s.seat_no;
DELETE FROM assessment WHERE seat_no IN (SELECT seat_no FROM planted_seat WHERE plant LIKE 'uncertified%' AND seat = 1);
UPDATE spell SET ends_on = DATE '2020-08-31' WHERE person_no IN (SELECT person_no FROM planted_seat WHERE plant = 'left_before'
    AND seat = 1);
DELETE FROM spell WHERE person_no IN (SELECT person_no FROM planted_seat
    WHERE plant IN ('insured', 'died', 'retired', 'public_payroll') AND seat <= 2);

INSERT INTO spell (person_no, employer_no, kind, starts_on, ends_on, person_id, person_name, employer_id, employer_name,
    wage_base, business_on, pension_from, died_on)
SELECT p.person_no, e.employer_no, v.kind, v.starts_on, v.ends_on, p.person_id, p.person_name, e.employer_id, e.employer_name,
    4000, NULL, v.pension_from, v.died_on
FROM (VALUES ('insured', 1, 'pension', 10, DATE '2019-01-01', NULL, NULL, NULL),
    ('insured', 2, 'unemployment', 11, DATE '2019-06-01', NULL, NULL, NULL),
    ('died', 1, 'pension', 12, DATE '2020-07-01', DATE '2020-08-31', NULL, DATE '2020-08-20'),
        ('retired', 1, 'pension', 13, DATE '2020-04-01', DATE '2020-06-30', DATE '2020-07-01', NULL),
    ('retired', 2, 'pension', 14, DATE '2020-04-01', DATE '2020-06-30', DATE '2020-07-01', NULL),
        ('public_payroll', 1, 'public_payroll', NULL, DATE '2019-03-01', NULL, NULL, NULL))
    v(plant, seat, kind, employer_no, starts_on, ends_on, pension_from, died_on)
JOIN planted_seat s USING (plant, seat) JOIN person p ON p.person_no = s.person_no LEFT
    JOIN enterprise e ON e.employer_no = v.employer_no;

INSERT INTO assessment
SELECT 900000000000 + p.person_no, NULL, p.person_no, p.person_id, 1, 'PJXS202008', NULL, '保洁员', '4-09-08-01', NULL,
    DATE '2020-08-05', 'passed', 'specific_ability',
    DATE '2020-08-15', i.institution_id, i.institution_name, 'SPX'
        || lpad(row_number() OVER (ORDER BY p.person_no)::VARCHAR, 6, '0'), 'valid'
FROM person p, institution i WHERE p.audience = 'bulk' AND i.institution_no = 904;
