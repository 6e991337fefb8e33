-- Claims as they will finally stand: what each training earns, who claims it, and the dates of its way to the money.
CREATE TABLE certified_seat AS
SELECT DISTINCT seat_no FROM assessment WHERE result = 'passed' AND certificate_status IS DISTINCT FROM 'revoked';

CREATE TABLE class_money AS
SELECT c.*, CASE
        WHEN training_type = 'apprenticeship' THEN 4000 * round(datediff('month', starts_on, ends_on + 1)) / 12
        WHEN online_days > 0 THEN least(standard, (days - online_days) * rate + online_days * least(rate, 60))
        ELSE standard END::DECIMAL(18, 2) AS per_head,
    CASE WHEN training_type = 'apprenticeship' THEN starts_on + 15 ELSE ends_on + 60
        + pick_number(class_no, 'claimed', 18)::INTEGER END::DATE AS claimed_on,
    CASE WHEN training_type = 'apprenticeship' OR audience = 'E' AND draw(class_no, 'payee') < 0.6 THEN 'enterprise'
        ELSE 'institution' END AS payee_kind
FROM (SELECT *, coalesce(daily_rate, standard / days) AS rate FROM class) c;

CREATE TABLE claim_row AS
WITH seats AS (
    SELECT e.*, row_number() OVER (PARTITION BY class_no ORDER BY seat_no) AS turn, z.seat_no IS NOT NULL AS is_certified
    FROM enrolment e LEFT JOIN certified_seat z USING (seat_no) WHERE completion = 'completed' OR e.audience = 'A'
        AND completion = 'in_training'
), lines AS (
    SELECT m.class_no, 'SL' || m.class_id AS claim_id, NULL AS person_id, count(*) AS heads, true AS is_money
    FROM class_money m JOIN seats s USING (class_no) WHERE m.claim_form IN ('class', 'class_and_persons')
        AND (is_certified OR m.ends_on > getvariable('horizon')) GROUP BY ALL
    UNION ALL
    SELECT m.class_no, 'SL' || m.class_id || if(m.claim_form = 'individual', '-' || lpad(s.seat::VARCHAR, 3, '0'), ''),
        s.person_id, 1, m.claim_form <> 'class_and_persons'
    FROM class_money m JOIN seats s USING (class_no) WHERE m.claim_form IN ('class_and_persons', 'persons', 'individual')
        AND is_certified
), priced AS (
    SELECT l.*, m.class_id, m.fund_source, m.per_head, m.claimed_on, m.claim_form, m.is_project_based, m.training_type,
        if(m.claim_form = 'individual', 'individual', m.payee_kind) AS payee_kind,
        CASE WHEN m.claim_form = 'individual' THEN l.person_id WHEN m.payee_kind = 'enterprise' THEN m.employer_id
            ELSE m.institution_id END AS payee_id,
        if(m.claim_form = 'class' AND m.training_type <> 'apprenticeship' AND m.online_days = 0
            AND draw(m.class_no, 'cut') < 0.06, 1,
            0) AS cut_heads,
        CASE WHEN (m.payee_kind = 'enterprise' OR m.is_project_based) AND m.claim_form IN ('class', 'persons')
            AND draw(m.class_no, 'advance') < 0.4
            THEN 0.3 + 0.05 * pick_number(m.class_no, 'part', 5) ELSE 0 END AS part,
        m.ends_on, m.class_status, (m.claimed_on + 20 + pick_number(m.class_no, 'pays', 30)::INTEGER)::DATE AS settled_on
    FROM lines l JOIN class_money m USING (class_no)
    WHERE m.class_status IN ('filed', 'closed') AND m.fund_source <> 'enterprise_education_fund'
)
SELECT class_no, claim_id, class_id, person_id, is_money, payee_kind, payee_id,
    if(training_type = 'apprenticeship', 'apprenticeship', 'training') AS subsidy_kind,
    if(training_type = 'apprenticeship', 4000, per_head)::DECIMAL(18, 2) AS standard, heads + cut_heads AS claimed_heads,
        per_head * (heads + cut_heads) AS claimed,
    cut_heads, per_head * cut_heads AS cut, if(cut_heads > 0, '未取得证书', NULL) AS cut_reason, per_head * heads AS approved,
    fen(if(training_type = 'apprenticeship', 0.5, part) * per_head * heads) AS advance,
    if(training_type = 'apprenticeship' OR part > 0, claimed_on + 12, NULL)::DATE AS advance_on,
    if(training_type = 'apprenticeship', ends_on + 70, settled_on)::DATE AS paid_on, claimed_on,
    if(claim_form = 'class' AND training_type <> 'apprenticeship' AND draw(class_no, 'recover') < 0.01, per_head,
        NULL)::DECIMAL(18, 2) AS recovered,
    fund_source, 'paid' AS final_status, NULL::DATE AS ojt_month
FROM priced;
