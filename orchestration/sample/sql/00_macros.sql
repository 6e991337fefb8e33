-- Deterministic draws: the same key, salt and seed give the same value, whatever the order of evaluation.
CREATE MACRO draw(k, salt) AS (hash(k::BIGINT, salt::VARCHAR, getvariable('seed')::BIGINT) % 1000003)::BIGINT / 1000003.0;
CREATE MACRO pick_number(k, salt, below) AS
    (hash(k::BIGINT, salt::VARCHAR, getvariable('seed')::BIGINT) % greatest(below, 1)::UBIGINT)::BIGINT;
CREATE MACRO pick(k, salt, choices) AS choices[1 + pick_number(k, salt, len(choices))];

-- GB 11643: seventeen digits and their check character.
CREATE MACRO digit(text, i) AS substr(text, i, 1)::INTEGER;
CREATE MACRO id_number(body) AS body || substr('10X98765432', 1 + (
    digit(body, 1) * 7 + digit(body, 2) * 9 + digit(body, 3) * 10 + digit(body, 4) * 5 + digit(body, 5) * 8
    + digit(body, 6) * 4 + digit(body, 7) * 2 + digit(body, 8) + digit(body, 9) * 6 + digit(body, 10) * 3
    + digit(body, 11) * 7 + digit(body, 12) * 9 + digit(body, 13) * 10 + digit(body, 14) * 5 + digit(body, 15) * 8
    + digit(body, 16) * 4 + digit(body, 17) * 2) % 11, 1);

-- GB 11714: eight digits and their check character; GB 32100: seventeen characters and theirs.
CREATE MACRO organisation_code(body) AS body || ['0', 'X', '9', '8', '7', '6', '5', '4', '3', '2', '1'][1 + (
    digit(body, 1) * 3 + digit(body, 2) * 7 + digit(body, 3) * 9 + digit(body, 4) * 10 + digit(body, 5) * 5
    + digit(body, 6) * 8 + digit(body, 7) * 4 + digit(body, 8) * 2) % 11];
CREATE MACRO credit_alphabet() AS '0123456789ABCDEFGHJKLMNPQRTUWXY';
CREATE MACRO credit_code(body) AS body || substr(credit_alphabet(), 1 + (31 - list_sum(list_transform(
    range(1, 18), lambda i: (strpos(credit_alphabet(), substr(body, i, 1)) - 1)
    * [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28][i]))::INTEGER % 31) % 31, 1);
CREATE MACRO synthetic_area() AS (509901 + getvariable('unit')::INTEGER % 99)::VARCHAR;
CREATE MACRO month_end(d) AS last_day(d)::DATE;
CREATE MACRO fen(yuan) AS round(yuan, 2)::DECIMAL(18, 2);
