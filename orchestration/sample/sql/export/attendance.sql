SELECT * FROM attendance($from, $to) ORDER BY class_no, seat_no, day
