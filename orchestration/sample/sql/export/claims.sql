SELECT *, standard AS standard_yuan, claimed_heads AS claimed_headcount, claimed AS claimed_yuan,
    nullif(cut_heads, 0) AS cut_headcount, cut AS cut_yuan, approved AS approved_yuan,
    advance AS advance_yuan, paid AS paid_yuan, recovered AS recovered_yuan
FROM claim_as_of($to) s
WHERE claimed_on BETWEEN $from AND $to OR reviewed_on BETWEEN $from AND $to OR advance_on BETWEEN $from AND $to
    OR paid_on BETWEEN $from AND $to
    OR recovered_on BETWEEN $from AND $to
ORDER BY claimed_on, claim_id, person_id NULLS FIRST, ojt_month
