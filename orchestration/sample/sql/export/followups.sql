SELECT *, pay AS monthly_pay_yuan FROM followup WHERE contacted_on BETWEEN $from AND $to ORDER BY class_no, response_no
