-- The way of each claim through the offices, and how it reads at the close of any day.
CREATE TABLE claim AS
SELECT * EXCLUDE (paid_on), if(final_status = 'paid', paid_on, NULL) AS paid_on,
    claimed_on + 2 AS accepted_on, claimed_on + 9 AS reviewed_on, claimed_on + 10 AS publicised_from, claimed_on
        + 14 AS publicised_to,
    if(recovered > 0, paid_on + 40, NULL)::DATE AS recovered_on,
    ['online', 'online', 'online', 'counter', 'pledge'][1 + (hash(claim_id) % 5)::INTEGER] AS channel
FROM claim_row WHERE claimed_on <= getvariable('horizon');

CREATE MACRO claim_as_of(day) AS TABLE
SELECT c.* EXCLUDE (approved, advance, advance_on, paid_on, recovered, recovered_on, cut, reviewed_on, accepted_on,
    publicised_from, publicised_to),
    if(reviewed_on <= day AND final_status = 'paid', approved, NULL) AS approved,
        if(advance_on <= day, advance, NULL) AS advance, if(advance_on <= day, advance_on, NULL) AS advance_on,
    CASE WHEN paid_on <= day THEN approved WHEN advance_on <= day THEN advance END AS paid,
        if(paid_on <= day, paid_on, NULL) AS paid_on,
    if(recovered_on <= day, recovered, NULL) AS recovered, if(recovered_on <= day, recovered_on, NULL) AS recovered_on,
        if(reviewed_on <= day, cut, NULL) AS cut,
    if(reviewed_on <= day, reviewed_on, NULL) AS reviewed_on, if(accepted_on <= day, accepted_on, NULL) AS accepted_on,
    if(publicised_from <= day AND final_status = 'paid', publicised_from, NULL) AS publicised_from,
        if(publicised_from <= day AND final_status = 'paid', publicised_to, NULL) AS publicised_to,
    CASE WHEN final_status <> 'paid' THEN if(reviewed_on <= day, final_status, 'submitted') WHEN paid_on <= day THEN 'paid'
        WHEN day BETWEEN publicised_from AND publicised_to AND coalesce(advance_on > day, true) THEN 'publicised'
        WHEN reviewed_on <= day THEN 'approved'
            ELSE 'submitted' END AS claim_status
FROM claim c;
