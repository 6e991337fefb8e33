SELECT * REPLACE (if(ends_on <= $to, ends_on, NULL) AS ends_on), kind AS insurance_kind, wage_base AS wage_base_yuan,
    business_on AS business_registered_on
FROM spell WHERE starts_on <= $to AND (starts_on >= if($quarter = 1, DATE '1900-01-01', $from) OR ends_on BETWEEN $from AND $to)
ORDER BY person_no, kind, starts_on
