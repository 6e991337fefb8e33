-- Institutions, enterprises, occupations and projects: what exists before any class is filed.
CREATE TABLE institution AS
WITH ranked AS (
    SELECT no, getvariable('institutions') AS total FROM range(1, getvariable('institutions')::BIGINT + 1) r(no)
), kinds AS (
    SELECT no, CASE
        WHEN no = 1 THEN 'public_base' WHEN no <= 4 THEN 'high_skill_base' WHEN no <= 7 THEN 'assessor'
        WHEN no <= 7 + ceil(total * 0.1) THEN 'enterprise_centre'
        WHEN no <= 7 + ceil(total * 0.2) THEN 'technician_school'
        WHEN no <= 7 + ceil(total * 0.32) THEN 'vocational_college' ELSE 'private_school' END AS kind
    FROM ranked
)
SELECT
    no AS institution_no, kind,
    row_number() OVER (PARTITION BY kind ORDER BY no) AS kind_no,
    count(*) OVER (PARTITION BY kind) AS kind_count,
    credit_code(CASE kind WHEN 'private_school' THEN '52' WHEN 'enterprise_centre' THEN '91' WHEN 'assessor' THEN '91'
        ELSE '12' END || synthetic_area() || organisation_code((10000000 + no * 7)::VARCHAR)) AS institution_id,
    '合成' || pick(no, 'inst', ['渝程', '山城', '嘉陵', '两江', '鹅岭', '枇杷', '洪崖', '磁器', '通远', '佛图'])
        || lpad(no::VARCHAR, 2, '0') || CASE kind WHEN 'private_school' THEN '职业培训学校' WHEN 'public_base' THEN '公共实训中心'
        WHEN 'high_skill_base' THEN '高技能人才培训基地' WHEN 'assessor' THEN '技能评价中心'
        WHEN 'enterprise_centre' THEN '职工培训中心' WHEN 'technician_school' THEN '技工学校' ELSE '职业技术学院' END AS institution_name,
    CASE WHEN kind = 'enterprise_centre' THEN 'enterprise' WHEN kind IN ('private_school', 'assessor') THEN 'private'
        ELSE 'public' END AS ownership,
    CASE WHEN kind = 'high_skill_base' AND no = 2 THEN 'national' WHEN kind = 'private_school' THEN 'district'
        ELSE 'municipal' END AS tier,
    DATE '2017-01-01' + pick_number(no, 'listed', 500)::INTEGER AS listed_on, NULL::DATE AS black_from
FROM kinds;

CREATE TABLE enterprise AS
SELECT
    no AS employer_no,
    -- an enterprise's own training centre files classes under the enterprise's credit code
    coalesce(i.institution_id, credit_code('91' || synthetic_area()
        || organisation_code((20000000 + no * 3)::VARCHAR))) AS employer_id,
    '合成' || pick(no, 'ent', ['恒通', '瑞丰', '泰和', '宏远', '中盛', '嘉禾', '安达', '明德', '长青', '百汇']) || lpad(no::VARCHAR, 4, '0')
        || pick(no, 'trade', ['机电', '物业', '餐饮', '商贸', '物流', '汽车服务', '酒店', '家政']) || '有限公司' AS employer_name,
    pick(no, 'industry', ['制造业', '批发和零售业', '住宿和餐饮业', '交通运输、仓储和邮政业', '居民服务、修理和其他服务业', '房地产业']) AS industry,
    pick(no, 'size', ['large', 'medium', 'medium', 'small', 'small', 'small', 'micro']) AS size_class,
    CASE size_class WHEN 'micro' THEN 40 + pick_number(no, 'staff', 200) WHEN 'large' THEN 300 + pick_number(no, 'staff', 900)
        ELSE 40 + pick_number(no, 'staff', 900) END AS staff_count,
    draw(no, 'state') < 0.15 AS is_state_owned, i.institution_id IS NOT NULL AS has_training_centre, i.listed_on AS centre_on
FROM range(1, getvariable('enterprises')::BIGINT + 1) r(no)
LEFT JOIN institution i ON i.kind = 'enterprise_centre' AND i.kind_no = no;

CREATE TABLE occupation AS
SELECT row_number() OVER (ORDER BY audience, code) AS occ_no, code, name, audience, levels, left(code, 1) AS major
FROM read_csv(getvariable('occupations'), all_varchar = true);

CREATE TABLE project AS
WITH by_level AS (SELECT *, nullif(unnest(string_split(levels, ' ')), '0') AS level FROM occupation)
SELECT
    row_number() OVER (ORDER BY occ_no, level NULLS FIRST) AS project_no, *,
    getvariable('prefix') || 'XM' || lpad(row_number() OVER (ORDER BY occ_no, level NULLS FIRST)::VARCHAR, 3,
        '0') AS project_id,
    CASE level WHEN '5' THEN 8 WHEN '4' THEN 9 WHEN '3' THEN 10 WHEN '2' THEN 10 WHEN '1' THEN 10 ELSE 6 END AS days,
    CASE WHEN level IS NULL THEN if(occ_no % 2 = 0, 'specific_ability', 'completion')
        WHEN occ_no % 9 = 0 THEN 'qualification' ELSE 'skill_level' END AS certificate_kind,
    row_number() OVER (PARTITION BY audience, level ORDER BY occ_no) AS choice,
    count(*) OVER (PARTITION BY audience, level) AS choices
FROM by_level;

-- Two versions of each project: the rates of 2019 and those in force for classes approved from 2021-03-01.
CREATE TABLE project_version AS
SELECT p.*, v.valid_from, v.valid_to, v.legal_basis,
    CASE WHEN v.version = 1 THEN if(major = '6', 165, 145) + if(level IN ('3', '2', '1'), 20, 0)
        ELSE if(major = '6', 180, 165) + if(level IN ('3', '2', '1'), 15, 0) END AS daily_rate,
    daily_rate * days AS standard
FROM project p, (VALUES (1, DATE '2018-06-01', DATE '2021-02-28', '渝人社发〔2019〕124号'),
    (2, DATE '2021-03-01', NULL, '渝人社发〔2021〕12号')) v(version, valid_from, valid_to, legal_basis);
