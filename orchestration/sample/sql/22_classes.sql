-- One row per class as the bureau knows it, with its numbers, its institution and its money per head.
CREATE TABLE class AS
WITH schools AS (
    SELECT c.*, CASE
        WHEN c.employer_no <= (SELECT count(*) FROM institution WHERE kind = 'enterprise_centre' AND kind_no < 1000)
            AND plant IS NULL THEN 'enterprise_centre'
        WHEN level IN ('1', '2') THEN if(draw(class_no, 'school') < 0.8, 'high_skill_base', 'technician_school')
        WHEN level = '3' THEN if(draw(class_no, 'school') < 0.6, 'high_skill_base', 'technician_school')
        WHEN draw(class_no, 'school') < 0.62 THEN 'private_school' WHEN draw(class_no, 'school') < 0.82
            THEN 'vocational_college'
        WHEN draw(class_no, 'school') < 0.95 THEN 'technician_school' ELSE 'public_base' END AS school_kind
    FROM class_plan c
), taught AS (
    SELECT s.*, i.institution_no, i.institution_id, i.institution_name
    FROM schools s JOIN institution i ON i.kind = s.school_kind AND i.kind_no = CASE WHEN s.school_kind = 'enterprise_centre'
        THEN s.employer_no
        -- the national base trains half of what the bases train
        WHEN s.school_kind = 'high_skill_base' THEN [1, 1, 2, 3][1 + pick_number(class_no, 'base', 4)]
        ELSE 1 + pick_number(class_no, 'which', i.kind_count) END
)
SELECT
    t.* EXCLUDE (days), t.days,
    getvariable('prefix') || year(t.starts_on) || '-' || lpad(row_number() OVER (PARTITION BY year(t.starts_on)
        ORDER BY t.starts_on, t.class_no)::VARCHAR,
        getvariable('class_digits')::INTEGER, '0') AS class_id,
    coalesce(o.name, '创业培训') AS occupation_name, o.code AS occupation_code, o.major,
    p.project_id, p.certificate_kind AS project_certificate_kind,
    CASE WHEN training_type = 'apprenticeship' THEN 4000 WHEN p.project_no IS NOT NULL THEN p.standard
        WHEN training_type = 'entrepreneurship' THEN 1200 ELSE 600 END::DECIMAL(18, 2) AS standard,
    p.daily_rate::DECIMAL(18, 2) AS daily_rate,
    e.employer_id, e.employer_name, t.days * 6 AS total_lessons, t.online_days * 6 AS online_lessons,
    approved_on - (2 + pick_number(class_no, 'applied', 5))::INTEGER AS applied_on,
    pick(class_no, 'street', getvariable('streets')) AS street,
    training_type <> 'apprenticeship' AND draw(class_no, 'demonstration') < 0.05 AS is_demonstration,
    draw(class_no, 'bid') < 0.04 AS is_open_bid
FROM taught t
LEFT JOIN occupation o USING (occ_no)
LEFT JOIN project_version p ON p.project_no = t.project_no AND t.approved_on >= p.valid_from
    AND (p.valid_to IS NULL OR t.approved_on <= p.valid_to)
LEFT JOIN enterprise e USING (employer_no);
