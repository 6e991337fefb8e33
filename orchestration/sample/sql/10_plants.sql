-- Catalogue entries that the planted findings need: a late listing, a black list, a late centre, a new assessor, odd projects.
INSERT INTO institution
SELECT 900 + no, kind, 1000 + no, 0, credit_code(body || synthetic_area() || organisation_code((10000900 + no)::VARCHAR)), name,
    'private', 'district', listed_on, black_from
FROM (VALUES (1, 'private_school', '52', '合成迟录职业培训学校', DATE '2021-06-01', NULL),
    (2, 'private_school', '52', '合成黑榜职业培训学校', DATE '2018-01-01', DATE '2020-02-01'),
    (3, 'enterprise_centre', '91', '合成迟备职工培训中心', DATE '2018-01-01', NULL),
        (4, 'assessor', '91', '合成新设评价机构', DATE '2020-05-01', NULL),
    (5, 'private_school', '52', '合成区级职业培训学校', DATE '2018-01-01', NULL)) v(no, kind, body, name, listed_on, black_from);

INSERT INTO enterprise
SELECT 903, institution_id, '合成迟备有限公司', '制造业', 'medium', 300, false, true, DATE '2021-09-01' FROM institution
    WHERE institution_no = 903;

INSERT INTO occupation VALUES (90, '4-01-06-02', '互联网营销师', 'N', '0', '4');
INSERT INTO project (project_no, occ_no, code, name, audience, levels, major, level, project_id, days, certificate_kind, choice,
    choices)
SELECT 900 + v.no, o.occ_no, o.code, o.name, if(v.no = 4, 'N', 'P'), o.levels, o.major, v.level, getvariable('prefix') || 'XM'
    || (900 + v.no), 8, if(v.level IS NULL, 'completion', 'skill_level'), 0, 0
FROM (VALUES (1, '家政服务员', '5'), (2, '保安员', '5'), (3, '茶艺师', '5'), (4, '互联网营销师', NULL)) v(no, name, level)
    JOIN occupation o USING (name);
INSERT INTO project_version (project_no, occ_no, code, name, audience, levels, major, level, project_id, days, certificate_kind,
    choice, choices, valid_from, valid_to, legal_basis, daily_rate, standard)
SELECT p.*, v.valid_from, v.valid_to, '合成文件', v.rate, v.rate * 8
FROM (VALUES (901, DATE '2018-06-01', DATE '2020-03-31', 145), (902, DATE '2021-03-01', NULL, 250),
    (903, DATE '2021-03-01', NULL, 120), (904, DATE '2021-03-01', NULL, 170)) v(project_no, valid_from, valid_to, rate)
JOIN (SELECT project_no, occ_no, code, name, audience, levels, major, level, project_id, days, certificate_kind, choice, choices
    FROM project) p USING (project_no);
