-- Money: cost of a training, the accounts, advances, the days a claim takes.
CREATE TABLE cost AS
SELECT period, dimension, member, coalesce(sum(amount), 0) AS amount FROM (
    SELECT DISTINCT s.period, s.dimension, s.member, t.class_no FROM span s LEFT JOIN training t ON t.counts
        AND t.ends_on BETWEEN s.from_on AND s.to_on)
LEFT JOIN training_money USING (class_no) GROUP BY ALL;
INSERT INTO told
SELECT 'unit_cost_yuan', period, dimension, member, c.amount, p.n, c.amount / nullif(p.n, 0) FROM cost c
    JOIN per_span p USING (period, dimension, member)
UNION ALL SELECT 'unit_cost_per_certificate_yuan', period, dimension, member, c.amount, p.certified,
    c.amount / nullif(p.certified, 0) FROM cost c JOIN per_span p USING (period, dimension, member);

CREATE TABLE fund AS
WITH first_balance AS (SELECT account, arg_min(balance - coalesce(income, 0) + coalesce(outlay, 0),
    (booked_on, turn)) AS opening, date_trunc('quarter', min(booked_on)) AS known_from FROM ledger GROUP BY account)
SELECT s.period, s.dimension, s.member, f.account,
    coalesce((SELECT arg_max(l.balance, (l.booked_on, l.turn)) FROM ledger l WHERE l.account = f.account
        AND l.booked_on < s.from_on), f.opening) AS opening,
    coalesce((SELECT sum(income) FROM ledger l WHERE l.account = f.account AND l.booked_on BETWEEN s.from_on AND s.to_on),
        0) AS income,
    coalesce((SELECT sum(outlay) FROM ledger l WHERE l.account = f.account AND l.booked_on BETWEEN s.from_on AND s.to_on),
        0) AS outlay
FROM span s JOIN first_balance f ON f.known_from <= s.to_on;
INSERT INTO told
SELECT 'execution_rate', period, dimension, member, sum(outlay), sum(opening + income),
    sum(outlay) / nullif(sum(opening + income), 0) FROM fund GROUP BY ALL
UNION ALL SELECT 'execution_rate', period, 'fund_source', account, outlay, opening + income,
    outlay / nullif(opening + income, 0) FROM fund WHERE dimension = 'all'
UNION ALL SELECT 'fund_spend', period, dimension, member, sum(outlay), NULL, sum(outlay) FROM fund GROUP BY ALL
UNION ALL SELECT 'fund_spend', period, 'fund_source', account, outlay, NULL, outlay FROM fund WHERE dimension = 'all'
    AND outlay > 0;

INSERT INTO told
SELECT 'advance_outstanding_yuan', s.period, s.dimension, s.member, coalesce(sum(t.advance), 0), NULL,
    coalesce(sum(t.advance), 0)
FROM span s LEFT JOIN (SELECT t.*, c.ends_on FROM told_claim t JOIN class c USING (class_no) WHERE t.is_money
    AND claim_status NOT IN ('returned', 'void')) t
    ON t.advance_on <= least(s.to_on, getvariable('data_date')) AND t.ends_on <= least(s.to_on, getvariable('data_date'))
    AND (t.paid_on IS NULL OR t.paid_on > least(s.to_on, getvariable('data_date'))) GROUP BY ALL;

INSERT INTO told
WITH cycles AS (SELECT claim_id, min(claimed_on) AS claimed_on, min(paid_on) AS paid_on FROM told_claim
    WHERE claim_status IN ('paid', 'recovered') GROUP BY ALL)
SELECT u.code, period, dimension, member, NULL, NULL, days[u.i] FROM (
    SELECT s.period, s.dimension, s.member, quantile_cont(c.paid_on - c.claimed_on, [0.5, 0.9]) AS days
    FROM span s LEFT JOIN cycles c ON c.paid_on BETWEEN s.from_on AND s.to_on AND c.paid_on <= getvariable('data_date')
        GROUP BY ALL),
    (VALUES ('claim_cycle_days_p50', 1), ('claim_cycle_days_p90', 2)) u(code, i);

-- the last balance-sheet of skills: the official row with the latest date in the period, latest revision
INSERT INTO told
SELECT u.code, s.period, s.dimension, s.member, u.a, u.b, u.a / nullif(u.b, 0)
FROM span s LEFT JOIN (SELECT *, make_date(year, 12, 31) AS as_of FROM workforce
    WHERE is_official) w ON w.as_of BETWEEN s.from_on AND s.to_on AND w.as_of <= getvariable('data_date'),
    LATERAL (VALUES ('skilled_share', w.skilled, w.employed), ('high_skilled_share', w.high, w.skilled)) u(code, a, b)
QUALIFY row_number() OVER (PARTITION BY u.code, s.period, s.dimension ORDER BY w.as_of DESC NULLS LAST, w.revised_on DESC) = 1;
