-- Pushes by group, the firms' education funds, the bases.
CREATE TABLE push AS
SELECT s.period, s.dimension, s.kind, g.g, count(p.item) AS n FROM span s CROSS
    JOIN (VALUES ('graduate'), ('unemployed'), ('rural_worker'), ('veteran'), ('disabled')) g(g)
LEFT JOIN publication p ON p.item = 'training_push' AND p.audience = g.g AND p.published_on BETWEEN s.from_on AND s.to_on
    AND p.published_on <= getvariable('data_date') GROUP BY ALL;
INSERT INTO told
SELECT 'pushes_per_group', period, dimension, 'all', min(n), NULL, min(n) FROM push GROUP BY ALL
UNION ALL SELECT 'pushes_per_group', period, 'trainee_category', g, n, NULL, n FROM push WHERE dimension = 'all' AND n > 0;

INSERT INTO told
SELECT u.code, s.period, s.dimension, s.member, u.a, u.b, u.a / nullif(u.b, 0) FROM (
    SELECT s.period, s.dimension, s.member, sum(e.on_frontline) AS frontline, sum(e.used) AS used, sum(e.drawn) AS drawn,
        sum(e.payroll) AS payroll
    FROM span s LEFT JOIN enterprise_year e ON s.kind = 'year' AND e.year::VARCHAR = s.period GROUP BY ALL) s,
    LATERAL (VALUES ('frontline_fund_share', frontline, used), ('education_fund_ratio', drawn, payroll)) u(code, a, b);

CREATE TABLE base_year AS
SELECT *, total / years AS n FROM (SELECT s.period, s.dimension, i.institution_id,
    if(s.kind = 'span', year(s.to_on) - year(s.from_on) + 1, 1) AS years, count(t.seat_no) AS total
FROM span s CROSS JOIN institution i LEFT JOIN training t ON t.institution_id = i.institution_id AND t.counts
    AND t.level IN ('3', '2', '1') AND t.ends_on BETWEEN s.from_on AND s.to_on
WHERE i.kind = 'high_skill_base' GROUP BY ALL);
INSERT INTO told
SELECT 'base_senior_person_times', period, dimension, 'all', sum(total) / any_value(years), NULL, sum(total) / any_value(years)
    FROM base_year GROUP BY period, dimension
UNION ALL SELECT 'base_senior_person_times', period, 'institution_id', institution_id, n, NULL, n FROM base_year
    WHERE dimension = 'all' AND n > 0;
