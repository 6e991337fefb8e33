SELECT *, expected AS expected_headcount, present AS present_headcount FROM inspection WHERE inspected_on BETWEEN $from AND $to
    ORDER BY class_no
