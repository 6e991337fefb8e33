-- What became of the trainees: work, staying in work, starting a business, content; and the smaller registers.
CREATE TABLE work AS SELECT person_no, kind, starts_on, if(ends_on <= getvariable('horizon'), ends_on, NULL) AS ends_on,
    business_on FROM spell
WHERE starts_on <= getvariable('horizon');
CREATE TABLE job AS SELECT *, coalesce(ends_on, DATE '9999-12-31') AS until FROM work
    WHERE kind IN ('pension', 'unemployment', 'injury', 'flexible', 'registration', 'business');
CREATE TABLE outcome AS
WITH dated AS (
    SELECT *, (ends_on + INTERVAL 6 MONTH)::DATE AS half_on, (ends_on + INTERVAL 12 MONTH)::DATE AS year_on FROM training
        WHERE counts
), seen AS (
    SELECT t.*, EXISTS (SELECT 1 FROM work w WHERE w.person_no = t.person_no) AS is_linked,
        EXISTS (SELECT 1 FROM job w WHERE w.person_no = t.person_no AND w.starts_on <= t.starts_on
            AND w.until >= t.starts_on) AS had_spell,
        EXISTS (SELECT 1 FROM job w WHERE w.person_no = t.person_no AND w.starts_on <= t.half_on
            AND w.until > t.ends_on) AS found,
        EXISTS (SELECT 1 FROM job w WHERE w.person_no = t.person_no AND w.starts_on <= t.half_on
            AND w.until >= t.half_on) AS kept_half,
        EXISTS (SELECT 1 FROM job w WHERE w.person_no = t.person_no AND w.starts_on <= t.year_on
            AND w.until >= t.year_on) AS kept_year,
        EXISTS (SELECT 1 FROM work w WHERE w.person_no = t.person_no
            AND (w.business_on > t.ends_on AND w.business_on <= t.year_on
            OR w.kind = 'business' AND w.starts_on > t.ends_on AND w.starts_on <= t.year_on)) AS started
    FROM dated t
), judged AS (
    SELECT *, NOT coalesce(employed_at_start, false) AND NOT had_spell AND half_on <= getvariable('data_date') AS in_base,
        training_type = 'entrepreneurship' AND year_on <= getvariable('data_date') AS in_start_base FROM seen
)
SELECT *, in_base AND found AS has_work, in_base AND found AND kept_half AS at_half, in_base AND found
    AND year_on <= getvariable('data_date') AS in_year_base,
    in_base AND found AND year_on <= getvariable('data_date') AND kept_year AS at_year, in_start_base AND started AS has_started
FROM judged;
INSERT INTO told
SELECT u.code, s.period, s.dimension, s.member, u.a, u.b, u.a / nullif(u.b, 0) FROM (
    SELECT s.period, s.dimension, s.member, count(*) FILTER (in_base) AS ib, count(*) FILTER (has_work) AS hw,
        count(*) FILTER (at_half) AS ah, count(*) FILTER (in_year_base) AS iy,
        count(*) FILTER (at_year) AS ay, count(*) FILTER (in_start_base) AS isb, count(*) FILTER (has_started) AS hs,
            count(o.seat_no) AS n, count(*) FILTER (is_linked) AS linked
    FROM span s LEFT JOIN outcome o ON o.ends_on BETWEEN s.from_on AND s.to_on GROUP BY ALL) s,
    LATERAL (VALUES ('employment_rate', hw, ib), ('retention_rate_6m', ah, hw), ('retention_rate_12m', ay, iy),
        ('startup_rate', hs, isb), ('link_rate', linked, n)) u(code, a, b);
INSERT INTO told
SELECT 'unit_cost_per_job_yuan', period, dimension, member, c.amount, t.numerator, c.amount / nullif(t.numerator, 0)
FROM cost c JOIN (SELECT * FROM told WHERE indicator_code = 'employment_rate') t USING (period, dimension, member);

INSERT INTO told
SELECT 'satisfaction_rate', s.period, s.dimension, s.member, count(*) FILTER (f.satisfaction IN ('4', '5')),
    count(f.satisfaction),
    count(*) FILTER (f.satisfaction IN ('4', '5')) / nullif(count(f.satisfaction), 0)
FROM span s LEFT JOIN (SELECT f.*, c.ends_on FROM followup f JOIN class c USING (class_no)
    WHERE c.class_status IN ('filed', 'closed') AND c.training_type <> 'on_the_job'
    AND c.fund_source <> 'enterprise_education_fund'
        AND f.contacted_on <= getvariable('data_date')) f ON f.ends_on BETWEEN s.from_on AND s.to_on GROUP BY ALL;
INSERT INTO told
SELECT 'demonstration_classes', s.period, s.dimension, s.member, count(c.class_no), NULL, count(c.class_no)
FROM span s LEFT JOIN class c ON c.is_demonstration AND c.class_status IN ('filed', 'closed') AND c.starts_on BETWEEN s.from_on
    AND s.to_on AND c.starts_on <= getvariable('data_date') GROUP BY ALL;
