-- People and codes that stand in no true row: for copies that must be set aside.
CREATE MACRO spare(n) AS (SELECT min(person_id) FROM person WHERE audience = 'spare'
    AND person_no = (SELECT min(person_no) FROM person WHERE audience = 'spare') + n);
CREATE MACRO code(n) AS credit_code('91' || synthetic_area() || organisation_code((30000000 + n)::VARCHAR));
CREATE MACRO class(n) AS getvariable('prefix') || (SELECT min(year) FROM quarter) || '-'
    || repeat('9', getvariable('class_digits')::INTEGER - 1) || n;
