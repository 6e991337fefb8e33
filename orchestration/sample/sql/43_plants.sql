-- Ledger lines without a claim, under the wrong purpose, of another amount.
INSERT INTO payment VALUES ('special_account', NULL, 'training', DATE '2020-11-20', 3000, false),
    ('special_account', 'SLX2020-8888', 'training', DATE '2020-11-23', 2500, false);
UPDATE payment SET subsidy_kind = 'living' FROM class c WHERE payment.claim_id = 'SL' || c.class_id AND c.plant = 'ledger';
UPDATE payment SET amount = amount + 100 FROM class c WHERE payment.claim_id = 'SL' || c.class_id AND c.plant = 'short_class';
