SELECT *, getvariable('unit') AS district_code, employer_no % 29 = 0 AS is_labour_dispatch,
    if(has_training_centre, centre_on, NULL) AS centre_published_on, frontline AS frontline_count,
    payroll AS payroll_yuan, drawn AS education_fund_drawn_yuan, used AS education_fund_used_yuan,
        on_frontline AS education_fund_frontline_yuan
FROM enterprise_year WHERE year = $year ORDER BY employer_no
