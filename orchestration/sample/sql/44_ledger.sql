-- The accounts: an opening, allotments, interest, every payment and every return, and a balance that runs.
CREATE TABLE ledger AS
WITH capacity AS (
    SELECT 'special_account' AS account, (q.starts_on + 50)::DATE AS on_day, 20000::DECIMAL(18, 2) AS amount FROM quarter q
), lines AS (
    SELECT account, on_day, CASE WHEN is_return THEN 'returned' WHEN subsidy_kind = 'apprenticeship' THEN 'training'
        ELSE subsidy_kind END AS purpose,
        if(is_return, amount, NULL) AS income, if(is_return, NULL, amount) AS outlay, claim_id, 3 AS rank FROM payment
    UNION ALL SELECT account, issued_on, 'quota_in', amount, NULL, NULL, 1 FROM quota
    UNION ALL SELECT account, q.ends_on - 9, 'interest', fen(round(amount * 0.00375, 2)), NULL, NULL, 2 FROM quota t
        JOIN quarter q ON q.year = t.year
    UNION ALL SELECT account, on_day, 'capacity', NULL, amount, NULL, 4 FROM capacity
        WHERE account IN (SELECT account FROM quota)
), ordered AS (
    SELECT *, row_number() OVER (PARTITION BY account, date_trunc('month', on_day) ORDER BY on_day, rank, claim_id) AS turn
        FROM lines
)
SELECT l.account, l.on_day AS booked_on, l.purpose, l.income, l.outlay, l.claim_id, l.turn,
    upper(left(l.account, 1)) || strftime(l.on_day, '%y%m') || '-' || lpad(((l.turn + 1) // 2)::VARCHAR, 4, '0') AS voucher_no,
        1 + (l.turn - 1) % 2 AS line_no,
    (o.opening + sum(coalesce(l.income, 0) - coalesce(l.outlay, 0)) OVER (PARTITION BY l.account ORDER BY l.on_day,
        l.turn ROWS UNBOUNDED PRECEDING))::DECIMAL(18, 2) AS balance,
    CASE WHEN l.purpose IN ('quota_in', 'interest') THEN '区财政局（合成）' WHEN l.purpose = 'capacity' THEN '合成教材供应商'
        ELSE '收款单位（合成）' END AS counterparty,
    CASE l.purpose WHEN 'quota_in' THEN '资金划入' WHEN 'interest' THEN '结息' WHEN 'returned' THEN '追回退回' WHEN 'capacity' THEN '教材开发'
        ELSE '拨付补贴' END AS summary
FROM ordered l JOIN (SELECT DISTINCT account, (CASE account WHEN 'special_account' THEN 400000 ELSE 100000 END
    + getvariable('people') * 10)::DECIMAL(18, 2) AS opening FROM quota) o USING (account);
