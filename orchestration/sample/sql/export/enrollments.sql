SELECT e.* EXCLUDE (completion), p.person_name, 'resident_id' AS id_type, if(p.is_male, 'male', 'female') AS sex, p.education,
    p.hukou_kind, p.categories AS trainee_categories, p.phone,
    if(s.is_final OR e.completion = 'dropped', e.completion, 'in_training') AS completion,
    if(s.is_final AND e.completion IN ('completed', 'failed'), if(e.completion = 'completed', e.score, 30 + e.score % 30),
        NULL) AS exam_score, e.fee AS fee_yuan,
    if(e.seat_no % 3 = 0, ['wish_to_work', 'conditions_met'],
        ['wish_to_work', 'wish_to_train', 'conditions_met']) AS selection_flags
FROM enrolment e JOIN class_slot s USING (class_no) JOIN person p USING (person_no) WHERE s.quarter_no = $quarter
    ORDER BY e.class_no, e.seat
