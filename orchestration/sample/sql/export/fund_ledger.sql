SELECT *, income AS income_yuan, outlay AS outlay_yuan, balance AS balance_yuan FROM ledger WHERE booked_on BETWEEN $from AND $to ORDER BY account, booked_on, turn
