WITH opening AS (
    SELECT account, $from AS booked_on, 0 AS turn, coalesce(arg_max(balance, (booked_on, turn)) FILTER (booked_on < $from),
        arg_min(balance - coalesce(income, 0) + coalesce(outlay, 0), (booked_on, turn))) AS balance
    FROM ledger GROUP BY account HAVING count(*) FILTER (booked_on BETWEEN $from AND $to) > 0
), lines AS (
    SELECT * FROM ledger WHERE booked_on BETWEEN $from AND $to
    UNION ALL BY NAME SELECT *, 'opening' AS purpose, '期初余额' AS summary FROM opening
)
SELECT *, income AS income_yuan, outlay AS outlay_yuan, balance AS balance_yuan FROM lines ORDER BY account, booked_on, turn
