SELECT *, getvariable('unit') AS reporting_unit, indicator AS indicator_code, value AS target_value, measure AS unit_of_measure,
    version AS plan_version
FROM target WHERE year = $year ORDER BY period, indicator, breakdown
