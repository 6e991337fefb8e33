-- People: each belongs to the class where they first appear; later classes take some of them back.
CREATE TABLE class_seats AS
WITH back AS (
    SELECT class_no, audience, size, source_no, training_type, employer_no, is_project_based, starts_on, plant,
        if(source_no IS NULL, 0, size * 40 // 100) AS from_source
    FROM class
)
SELECT *, sum(size - from_source) OVER (ORDER BY class_no) - (size - from_source) AS first_person FROM back;

CREATE TABLE person_draft AS
SELECT first_person + j AS person_no, class_no AS home_class, audience, employer_no, is_project_based, training_type, plant,
    draw(first_person + j, 'category') AS g
FROM class_seats, range(1, size - from_source + 1) r(j)
UNION ALL
-- spare people: work-for-training and rows that must be set aside
SELECT (SELECT max(first_person + size - from_source) FROM class_seats) + i, NULL, CASE WHEN i <= 400 THEN 'spare' WHEN i <= 400
    + getvariable('ojt_people') THEN 'ojt' ELSE 'bulk' END, 1 + i % getvariable('enterprises'), false, NULL, NULL,
    draw(10000000 + i, 'category') FROM range(1, 401 + getvariable('ojt_people')::BIGINT + getvariable('bulk')::BIGINT) r(i);

CREATE TABLE person_kind AS
SELECT *, CASE
    WHEN audience IN ('E', 'A') THEN CASE WHEN training_type = 'transfer' THEN ['transferred_worker']
        WHEN training_type = 'induction' THEN ['new_hire']
        WHEN g < 0.12 THEN ['enterprise_employee', 'rural_worker'] ELSE ['enterprise_employee'] END
    WHEN plant IS NOT NULL AND NOT is_project_based THEN ['rural_worker']
    WHEN audience = 'ojt' THEN [['poor_labourer'], ['hard_to_employ'], ['zero_job_family']][1
        + pick_number(person_no, 'ojt', 3)]
    WHEN is_project_based THEN [['poor_labourer'], ['veteran'], ['deindustrialised'], ['rural_worker', 'poor_labourer']][1
        + pick_number(person_no, 'pb', 4)]
    WHEN g < 0.36 THEN ['rural_worker'] WHEN g < 0.42 THEN ['rural_worker', 'poor_labourer'] WHEN g < 0.58 THEN ['unemployed']
    WHEN g < 0.68 THEN ['hard_to_employ'] WHEN g < 0.76 THEN ['graduate'] WHEN g < 0.82 THEN ['school_leaver'] WHEN g < 0.88
        THEN ['veteran']
    WHEN g < 0.91 THEN ['disabled', 'hard_to_employ'] WHEN g < 0.93 THEN ['poor_family_child'] WHEN g < 0.95
        THEN ['reservoir_migrant']
    WHEN g < 0.97 THEN ['college_student'] WHEN g < 0.98 THEN ['prisoner'] ELSE ['flexible_worker'] END AS categories
FROM person_draft;

CREATE TABLE person AS
WITH born AS (
    SELECT *, draw(person_no, 'sex') < 0.52 AS is_male, CASE
        WHEN list_has_any(categories, ['school_leaver', 'poor_family_child']) THEN DATE '2000-01-01'
            + pick_number(person_no, 'birth', 1094)::INTEGER
        WHEN list_has_any(categories, ['graduate', 'college_student']) THEN DATE '1996-01-01'
            + pick_number(person_no, 'birth', 1460)::INTEGER
        WHEN list_contains(categories, 'veteran') THEN DATE '1985-01-01' + pick_number(person_no, 'birth', 5000)::INTEGER
        ELSE DATE '1965-01-01' + pick_number(person_no, 'birth', 12000)::INTEGER END AS born_on
    FROM person_kind
), numbered AS (
    SELECT *, row_number() OVER (PARTITION BY born_on, is_male ORDER BY person_no) - 1 AS turn FROM born
)
SELECT
    person_no, home_class, audience, employer_no, categories, plant, is_male, born_on,
    -- the order within a birth date fills the sequence number (odd = male); further people of that date take the next area
    id_number((509901 + (getvariable('unit')::INTEGER + turn // 499) % 99)::VARCHAR || strftime(born_on, '%Y%m%d')
        || lpad((2 * ((turn % 499 * 37 + pick_number(datediff('day', DATE '1960-01-01', born_on), 'sequence', 499)) % 499)
            + if(is_male, 1, 2))::VARCHAR, 3, '0')) AS person_id,
    pick(person_no, 'surname', getvariable('surnames')) || if(draw(person_no, 'two') < 0.3, '',
        pick(person_no, 'given1', getvariable('given')))
        || pick(person_no, 'given2', getvariable('given')) AS person_name,
    '100' || lpad(((person_no * 7919 + getvariable('unit')::BIGINT * 131) % 100000000)::VARCHAR, 8, '0') AS phone,
    pick(person_no, 'education', ['初中', '初中', '高中', '中专', '中专', '大专', '大专', '本科']) AS education,
    if(list_has_any(categories, ['rural_worker', 'poor_labourer', 'poor_family_child']) OR draw(person_no, 'hukou') < 0.35,
        'rural', 'urban') AS hukou_kind,
    DATE '2014-01-01' + to_months(pick_number(person_no, 'hired', 54)::INTEGER) AS hired_from
FROM numbered;
