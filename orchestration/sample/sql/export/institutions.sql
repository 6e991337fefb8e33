SELECT i.*, kind AS institution_kind, getvariable('unit') AS district_code, '合成路' || institution_no || '号' AS address,
    106.55 + institution_no * 0.0007 AS longitude, 29.55 + institution_no * 0.0005 AS latitude,
    if(kind = 'assessor', NULL, ['电工+三级', '家政服务员+五级', '汽车维修工+四级'][: 1 + institution_no % 3]) AS qualified_occupations,
    DATE '2025-12-31' AS permit_valid_to, if(kind = 'private_school', 50000, NULL) AS deposit_yuan,
    if(institution_no % 17 = 0, 'rectify', 'passed') AS annual_check, CASE WHEN black_from IS NOT NULL THEN 'black'
        WHEN institution_no % 11 = 0 THEN 'white' ELSE 'none' END AS list_status,
    coalesce(black_from, if(institution_no % 11 = 0, DATE '2018-06-01', NULL)) AS list_status_from,
    if(kind = 'high_skill_base', 3000000, NULL) AS base_grant_yuan,
        if(kind = 'high_skill_base', 2000000, NULL) AS base_grant_paid_yuan
FROM institution i ORDER BY institution_no
