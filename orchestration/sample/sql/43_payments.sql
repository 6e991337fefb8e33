-- What leaves and returns to each account for a claim, and what was allotted to cover it.
CREATE TABLE payment AS
SELECT fund_source AS account, claim_id, subsidy_kind, on_day, sum(amount) AS amount, is_return FROM (
    SELECT fund_source, claim_id, subsidy_kind, advance_on AS on_day, advance AS amount, false AS is_return FROM claim
        WHERE is_money AND advance > 0
    UNION ALL
    SELECT fund_source, claim_id, subsidy_kind, paid_on, approved - coalesce(advance, 0), false FROM claim WHERE is_money
        AND paid_on IS NOT NULL
    UNION ALL
    SELECT fund_source, claim_id, subsidy_kind, recovered_on, recovered, true FROM claim WHERE is_money
        AND recovered_on IS NOT NULL)
WHERE on_day <= getvariable('horizon') GROUP BY ALL HAVING sum(amount) > 0;

CREATE TABLE quota AS
SELECT account, year(on_day) AS year, (ceil(sum(amount) * 1.06 / 10000) * 10000)::DECIMAL(18, 2) AS amount,
    greatest(make_date(year(on_day), 1, 8), getvariable('first_day') + 7) AS issued_on, '渝财社（合成）〔' || year(on_day) || '〕'
        || CASE account WHEN 'special_account' THEN 1 WHEN 'employment_fund' THEN 2 ELSE 3 END || '号' AS document_no
FROM payment WHERE NOT is_return GROUP BY ALL;
