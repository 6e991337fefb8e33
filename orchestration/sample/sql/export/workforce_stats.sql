SELECT *, getvariable('unit') AS reporting_unit, make_date(year, 12, 31) AS as_of, employed AS employed_total,
    skilled AS skilled_total, l5 AS skilled_l5, l4 AS skilled_l4,
    l3 AS skilled_l3, l2 AS skilled_l2, l1 AS skilled_l1, high AS high_skilled_total
FROM workforce WHERE year = $year ORDER BY population, revised_on
