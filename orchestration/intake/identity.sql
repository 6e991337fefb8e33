-- Macros over ID numbers (GB 11643) and the keyed hash. They run over every row, so they are written for speed.
-- Not here: the key itself (identity.py).

CREATE OR REPLACE TEMP MACRO id_digit(t, i) AS (ascii(t[i]) - 48);

CREATE OR REPLACE TEMP MACRO id_sum(t) AS
  id_digit(t, 1) * 7 + id_digit(t, 2) * 9 + id_digit(t, 3) * 10 + id_digit(t, 4) * 5 + id_digit(t, 5) * 8 + id_digit(t, 6) * 4
  + id_digit(t, 7) * 2 + id_digit(t, 8) + id_digit(t, 9) * 6 + id_digit(t, 10) * 3 + id_digit(t, 11) * 7 + id_digit(t, 12) * 9
  + id_digit(t, 13) * 10 + id_digit(t, 14) * 5 + id_digit(t, 15) * 8 + id_digit(t, 16) * 4 + id_digit(t, 17) * 2;

CREATE OR REPLACE TEMP MACRO id_check(t) AS substr('10X98765432', (id_sum(t) % 11)::INTEGER + 1, 1);

-- canonical form: no spaces, quotes or full-width forms, X upper
CREATE OR REPLACE TEMP MACRO id_text(t) AS
  CASE WHEN regexp_full_match(t, '\d{17}[\dX]') THEN t
       ELSE nullif(translate(upper(regexp_replace(tidy(t), '[\s''"=`]', '', 'g')), '×Х', 'XX'), '') END;

-- 18 digits of a 15-digit number of before 1999
CREATE OR REPLACE TEMP MACRO id_upgraded(t) AS
  t[1:6] || '19' || t[7:15] || id_check(t[1:6] || '19' || t[7:15]);

-- keyed hash of a person, phone or other identity, 32 hex digits
CREATE OR REPLACE TEMP MACRO hmac_key(t) AS
  lower(left(sha256(getvariable('key_outer') || unhex(sha256(getvariable('key_inner') || encode(t)))), 32));

-- an identifier that holds an ID number keeps its Latin letters and takes the key in the number's place
CREATE OR REPLACE TEMP MACRO keyed_id_numbers(t) AS
  CASE WHEN regexp_full_match(t, '[^0-9]*[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9X][^0-9]*')
    THEN regexp_replace(regexp_extract(t, '^([^0-9]*)', 1), '[^ -~]', '', 'g') || upper(left(hmac_key(regexp_extract(t, '\d{17}[0-9X]')), 16)) ELSE t END;

CREATE OR REPLACE TEMP MACRO read_credit_code(n) AS
  CASE WHEN regexp_full_match(upper(n), '[0-9A-Z]{18}|[0-9]{15}|[0-9A-Z]{8}-?[0-9A-Z]')
       -- an ID number that was typed in place of a credit code is kept as its key
       THEN CASE WHEN is_credit_code(upper(n)) THEN upper(n) ELSE keyed_id_numbers(upper(n)) END
       -- the marks that keep Excel from damaging a number: '91… and ="91…"
       WHEN regexp_full_match(upper(n), '[''"=`]+[0-9A-Z]{18}["'']*') THEN regexp_extract(upper(n), '[0-9A-Z]{18}') END;
