-- Counts of trainings and persons, and the shares that follow from them.
CREATE TABLE per_span AS
SELECT s.period, s.dimension, s.member, count(t.seat_no) FILTER (counts) AS n,
    count(DISTINCT person_no) FILTER (counts) AS persons,
    count(*) FILTER (counts AND has_certificate) AS certified, count(*) FILTER (counts AND is_paid) AS paid,
        count(t.seat_no) FILTER (passes) AS enrolled,
    count(*) FILTER (passes AND completion = 'completed') AS completed, count(*) FILTER (counts AND took_part) AS took_part,
    count(*) FILTER (counts AND level IN ('3', '2', '1')) AS senior, count(*) FILTER (counts AND level IS NOT NULL) AS levelled,
    count(DISTINCT person_no) FILTER (counts AND training_type = 'apprenticeship') AS apprentices_completed
FROM span s LEFT JOIN training t ON t.ends_on BETWEEN s.from_on AND s.to_on AND t.ends_on <= getvariable('data_date')
    GROUP BY ALL;

INSERT INTO told
SELECT u.code, period, dimension, member, u.v, NULL, u.v FROM per_span,
    LATERAL (VALUES ('person_times', n), ('persons', persons), ('person_times_certified', certified),
        ('person_times_paid', paid), ('apprentices_completed', apprentices_completed)) u(code, v)
UNION ALL
SELECT u.code, period, dimension, member, u.a, u.b, u.a / nullif(u.b, 0) FROM per_span,
    LATERAL (VALUES ('completion_rate', completed, enrolled), ('certificate_rate', certified, n),
        ('participation_rate', took_part, n), ('senior_share', senior, levelled)) u(code, a, b);

INSERT INTO told
SELECT 'apprentices', s.period, s.dimension, s.member, count(DISTINCT t.person_no), NULL, count(DISTINCT t.person_no)
FROM span s LEFT JOIN training t ON t.starts_on BETWEEN s.from_on AND s.to_on AND t.starts_on <= getvariable('data_date')
    AND t.passes AND t.training_type = 'apprenticeship' GROUP BY ALL;

INSERT INTO told
WITH months AS (SELECT DISTINCT person_id, payee_id, ojt_month FROM told_claim
    WHERE subsidy_kind = 'on_the_job' AND claim_status NOT IN ('returned', 'void') AND claimed_on <= getvariable('data_date'))
SELECT 'on_the_job_person_months', s.period, s.dimension, s.member, count(m.person_id), NULL, count(m.person_id)
FROM span s LEFT JOIN months m ON m.ojt_month BETWEEN s.from_on AND s.to_on GROUP BY ALL;

INSERT INTO told
WITH members AS (
    SELECT seat_no, ends_on, u.dimension, u.member FROM training,
        LATERAL (VALUES ('training_type', training_type), ('skill_level', coalesce(level, 'none')),
        ('sex', if(is_male, 'male', 'female')), ('fund_source', fund_source), ('delivery_mode', delivery_mode),
            ('certificate_kind', certificate_kind),
        ('institution_id', institution_id), ('occupation_major', major), ('street', street)) u(dimension, member) WHERE counts
    UNION ALL SELECT seat_no, ends_on, 'trainee_category', unnest(categories) FROM training WHERE counts
)
SELECT 'person_times', s.period, m.dimension, m.member, count(*), NULL, count(*) FROM span s
    JOIN members m ON m.ends_on BETWEEN s.from_on AND s.to_on
WHERE s.dimension = 'all' AND m.member IS NOT NULL GROUP BY ALL;

INSERT INTO told
WITH rows AS (SELECT DISTINCT s.period, s.dimension, s.member, m.batch, m.person_id, m.occupation_name, m.level, m.result,
    m.certificate_status
    FROM span s JOIN training t ON t.ends_on BETWEEN s.from_on AND s.to_on AND t.counts JOIN matched m USING (seat_no)
        WHERE m.certificate_status IS DISTINCT FROM 'reissued')
SELECT 'pass_rate', s.period, s.dimension, s.member, count(*) FILTER (r.result = 'passed'),
    count(*) FILTER (r.result IN ('passed', 'failed')),
    count(*) FILTER (r.result = 'passed') / nullif(count(*) FILTER (r.result IN ('passed', 'failed')), 0)
FROM span s LEFT JOIN rows r USING (period, dimension, member) GROUP BY ALL;
