SELECT *, getvariable('unit') AS reporting_unit, account AS fund_source, amount AS quota_yuan FROM quota WHERE year = $year
    ORDER BY account
