-- Macros that turn the text of a cell into a value (interface, "Values"). They run over distinct texts, so clarity
-- wins over speed. t is a text as it stands, n the same folded and without spaces (compact), m a number form of n:
-- callers compute n and m once, since a macro that calls a macro grows the plan. Not here: which macro a column uses (values.py), identity numbers (identity.sql).

-- full-width forms, dashes and spaces as NFKC folds them; zero-width characters out
CREATE OR REPLACE TEMP MACRO fold(t) AS
  translate(t,
    '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～￥−–‐‑',
    '!"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~¥----');

CREATE OR REPLACE TEMP MACRO tidy(t) AS
  nullif(trim(regexp_replace(
    regexp_replace(fold(t), '[\x{200B}-\x{200F}\x{2060}\x{FEFF}]', '', 'g'), '[\s\x{00A0}\x{3000}\x{2000}-\x{200A}]+', ' ', 'g')), '');

CREATE OR REPLACE TEMP MACRO compact(t) AS nullif(replace(coalesce(tidy(t), ''), ' ', ''), '');

CREATE OR REPLACE TEMP MACRO is_blank_mark(t) AS coalesce(trim(t), '') IN ('', '-', '--', '—', '——', '－', '－－', '/', '／', '\', '''');

CREATE OR REPLACE TEMP MACRO is_error_text(t) AS
  coalesce(regexp_full_match(upper(trim(t)), '[#＃](ERROR|REF!|VALUE!|DIV/0!|N/A|NAME\?|NULL!|NUM!|SPILL!|CALC!|####*)'), false);

-- an ID number or a phone inside a text never leaves the vault
CREATE OR REPLACE TEMP MACRO without_id_numbers(t) AS
  regexp_replace(regexp_replace(t, '(^|[^0-9])1[3-9]\d{9}($|[^0-9])', '\11**********\2', 'g'), '(^|[^0-9])([1-9]\d{5})((?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx])($|[^0-9])',
    '\1\2************\4', 'g');

-- numbers ----------------------------------------------------------------------------------------------------------
-- commas go where they part thousands; 1,5000 may be fifteen thousand or a slip, so it stays no number
CREATE OR REPLACE TEMP MACRO number_form(n) AS
  regexp_replace(upper(n),
    CASE WHEN contains(n, ',') AND NOT regexp_matches(n, '^[^0-9]*[0-9]{1,3}(,[0-9]{3})+([^0-9,]|$)')
      THEN '^["''=]+|["'']+$|[¥￥]|RMB|CNY|人民币|约' ELSE '^["''=]+|["'']+$|[,¥￥]|RMB|CNY|人民币|约' END, '', 'g');

CREATE OR REPLACE TEMP MACRO number_digits(m) AS
  regexp_extract(m, '^([-+]?)(\(?)([-+]?)(\d+(?:\.\d*)?|\.\d+)(万|亿|千|百)?', 4);

CREATE OR REPLACE TEMP MACRO number_sign(m) AS
  CASE WHEN regexp_matches(m, '^[+]?(-|\()') THEN -1 ELSE 1 END;

CREATE OR REPLACE TEMP MACRO number_scale(m, unit_factor) AS
  CASE WHEN contains(m, '亿') THEN 100000000
       WHEN contains(m, '万') THEN 10000
       WHEN contains(m, '千') THEN 1000
       WHEN contains(m, '元') THEN 1
       ELSE unit_factor END;

-- shape of a number with its unit words; brackets mean negative and come in pairs
CREATE OR REPLACE TEMP MACRO is_number_form(m, words) AS
  regexp_full_match(m, '[-+]?(\d+(\.\d*)?|\.\d+)(' || words || ')?')
  OR regexp_full_match(m, '\([-+]?(\d+(\.\d*)?|\.\d+)(' || words || ')?\)(' || words || ')?');

CREATE OR REPLACE TEMP MACRO exact_number(m, unit_factor) AS
  try_cast(number_digits(m) AS DECIMAL(28,8)) * number_scale(m, unit_factor) * number_sign(m);

-- amounts in capitals (壹仟伍佰元整), exact to the fen; a group is what stands before 亿, 万 or 元
CREATE OR REPLACE TEMP MACRO capital_signs(n) AS
  translate(replace(n, '人民币', ''), '〇○一二两三四五六七八九十百千圆正貳參陸萬億弍弐', '零零壹贰贰叁肆伍陆柒捌玖拾佰仟元整贰叁陆万亿贰贰');

-- 壹仟伍佰 is short for 壹仟伍佰元
CREATE OR REPLACE TEMP MACRO capital_form(n) AS
  capital_signs(n) || CASE WHEN regexp_matches(capital_signs(n), '[拾佰仟]') AND NOT contains(capital_signs(n), '元') THEN '元' ELSE '' END;

CREATE OR REPLACE TEMP MACRO is_capital_form(t) AS
  regexp_full_match(t, replace('负?(G亿)?零?(G万)?零?G?元(零?[壹贰叁肆伍陆柒捌玖]角)?(零?[壹贰叁肆伍陆柒捌玖]分)?整?', 'G',
    '([壹贰叁肆伍陆柒捌玖]仟)?零?([壹贰叁肆伍陆柒捌玖]佰)?零?([壹贰叁肆伍陆柒捌玖]?拾)?零?[壹贰叁肆伍陆柒捌玖]?'))
  AND regexp_matches(t, '[壹贰叁肆伍陆柒捌玖拾]|零元');

CREATE OR REPLACE TEMP MACRO capital_digit(t, unit) AS
  greatest(0, strpos('壹贰叁肆伍陆柒捌玖', nullif(regexp_extract(t, '([壹贰叁肆伍陆柒捌玖])' || unit, 1), '')));

CREATE OR REPLACE TEMP MACRO capital_group(t) AS
  coalesce(capital_digit(t, '仟'), 0) * 1000 + coalesce(capital_digit(t, '佰'), 0) * 100
  + CASE WHEN regexp_matches(t, '(^|[^壹贰叁肆伍陆柒捌玖])拾') THEN 10 ELSE coalesce(capital_digit(t, '拾'), 0) * 10 END
  + coalesce(capital_digit(t, '$'), 0);

CREATE OR REPLACE TEMP MACRO capital_amount(t) AS
  (CASE WHEN starts_with(t, '负') THEN -1 ELSE 1 END)
  * (capital_group(regexp_extract(t, '^([^亿元]*)亿', 1))::DECIMAL(18,2) * 100000000
     + capital_group(regexp_extract(t, '(?:^|亿)([^亿万元]*)万', 1))::DECIMAL(18,2) * 10000
     + capital_group(regexp_extract(t, '(?:^|亿|万)([^亿万元]*)元', 1))
     + coalesce(capital_digit(t, '角'), 0) * 0.1 + coalesce(capital_digit(t, '分'), 0) * 0.01);

CREATE OR REPLACE TEMP MACRO read_money(m, unit_factor) AS
  -- ten million million yuan is no sum of a bureau but a number shifted into the column
  CASE WHEN abs(exact_number(m, unit_factor)) >= 10000000000000 THEN NULL
       WHEN is_number_form(m, '[万亿千]?元?[整正]?(/?(人|人次|月|天|人·天|人/天)|每人)?|[万亿千]')
       THEN try_cast(exact_number(m, unit_factor) AS DECIMAL(18,2)) END;

CREATE OR REPLACE TEMP MACRO read_decimal(m) AS
  CASE WHEN regexp_full_match(m, '[-+]?(\d+(\.\d*)?|\.\d+)(分|课时|学时|节|天|日|小时|度|°|%)?')
       THEN try_cast(exact_number(m, 1) / CASE WHEN contains(m, '%') THEN 100 ELSE 1 END AS DECIMAL(18,4)) END;

-- a counting word in the cell (452000人 under 万人) is the cell's own unit
CREATE OR REPLACE TEMP MACRO count_factor(m, unit_factor) AS
  CASE WHEN regexp_matches(m, '[人名个家户期班次件条]') THEN 1 ELSE unit_factor END;

CREATE OR REPLACE TEMP MACRO read_whole(m, unit_factor) AS
  CASE WHEN is_number_form(m, '万?(人|人次|名|个|家|户|期|班|次|课时|学时|节|天|日|件|条|分)?')
         AND exact_number(m, count_factor(m, unit_factor)) = floor(exact_number(m, count_factor(m, unit_factor)))
       THEN try_cast(exact_number(m, count_factor(m, unit_factor)) AS BIGINT)
       WHEN regexp_full_match(m, '(第|V)\d{1,9}(版|次调整)?|\d{1,9}(版|次调整)') THEN try_cast(regexp_extract(m, '\d+') AS BIGINT) END;

-- dates ------------------------------------------------------------------------------------------------------------
CREATE OR REPLACE TEMP MACRO is_open_end(n) AS
  coalesce(regexp_full_match(n, '9999[-/.年]?12([-/.月]?31日?)?([0:. ]*)|长期|长期有效|永久|无固定期限|无固定期|至?今'), false);

CREATE OR REPLACE TEMP MACRO make_day(y, m, d) AS
  try_cast(y || '-' || m || '-' || d AS DATE);

CREATE OR REPLACE TEMP MACRO full_year(y) AS
  CASE WHEN length(y) = 4 THEN y WHEN y::INTEGER < 50 THEN '20' || y ELSE '19' || y END;

CREATE OR REPLACE TEMP MACRO read_day(t, is_1904) AS
  CASE WHEN regexp_full_match(t, '\d{8}') THEN make_day(t[1:4], t[5:6], t[7:8])
       WHEN regexp_full_match(t, '(\d{4}|\d{2})[-/.年]\d{1,2}[-/.月]\d{1,2}[日号]?[.]?(T?\d{1,2}:\d{2}(:\d{2})?([.]\d+)?)?')
         THEN make_day(full_year(regexp_extract(t, '^(\d+)', 1)), regexp_extract(t, '^\d+\D(\d+)', 1),
                -- the clock follows without its space: two digits of a day come first
                CASE WHEN contains(t, ':') AND NOT regexp_matches(t, '[日号T]')
                     THEN regexp_extract(t, '^\d+\D\d+\D(\d{1,2}?)(?:\d{1,2}:)', 1)
                     ELSE regexp_extract(t, '^\d+\D\d+\D(\d{1,2})', 1) END)
       WHEN regexp_full_match(t, '\d{5}(\.\d+)?') AND floor(t::DOUBLE) BETWEEN 15000 AND 80000
         THEN (CASE WHEN is_1904 THEN DATE '1904-01-01' ELSE DATE '1899-12-30' END) + floor(t::DOUBLE)::INTEGER END;

CREATE OR REPLACE TEMP MACRO month_number(t) AS
  CASE lower(t[1:3]) WHEN 'jan' THEN 1 WHEN 'feb' THEN 2 WHEN 'mar' THEN 3 WHEN 'apr' THEN 4 WHEN 'may' THEN 5 WHEN 'jun' THEN 6
    WHEN 'jul' THEN 7 WHEN 'aug' THEN 8 WHEN 'sep' THEN 9 WHEN 'oct' THEN 10 WHEN 'nov' THEN 11 WHEN 'dec' THEN 12 END;

-- first day of the month that a text states; `2019.1` may be October, so it needs the word of the caller
CREATE OR REPLACE TEMP MACRO read_month(t, is_one_january) AS
  CASE WHEN regexp_full_match(t, '(19|20)\d{2}(0[1-9]|1[0-2])') THEN make_day(t[1:4], t[5:6], '1')
       WHEN regexp_full_match(t, '\d{4}[.]1') AND NOT is_one_january THEN NULL
       WHEN regexp_full_match(t, '\d{4}[-/.年]\d{1,2}月?份?')
         THEN make_day(t[1:4], regexp_extract(t, '^\d{4}\D(\d+)', 1), '1')
       WHEN regexp_full_match(t, '\d{2}年\d{1,2}月份?')
         THEN make_day(full_year(t[1:2]), regexp_extract(t, '^\d{2}年(\d+)', 1), '1')
       WHEN regexp_full_match(t, '[A-Za-z]{3,9}[-/.]?(\d{4}|\d{2})') AND month_number(t) IS NOT NULL
         THEN make_day(full_year(regexp_extract(t, '(\d+)$', 1)), month_number(t)::VARCHAR, '1')
       WHEN regexp_full_match(t, '\d{2}[-/.][A-Za-z]{3,9}') AND month_number(t[4:]) IS NOT NULL
         THEN make_day(full_year(t[1:2]), month_number(t[4:])::VARCHAR, '1') END;

-- the two ends of `2019.09.03-09.20`, the second as written; it may be open (2020-01-01至长期)
CREATE OR REPLACE TEMP MACRO range_first(t) AS
  regexp_extract(t, '^(\d{4}[./年]\d{1,2}[./月]\d{1,2}日?|\d{4}-\d{1,2}-\d{1,2}|\d{8})[至到~—-]+(\d.*|长期|长期有效|永久|无固定期限?|今)$', 1);

CREATE OR REPLACE TEMP MACRO range_last(t) AS
  regexp_extract(t, '^(\d{4}[./年]\d{1,2}[./月]\d{1,2}日?|\d{4}-\d{1,2}-\d{1,2}|\d{8})[至到~—-]+(\d.*|长期|长期有效|永久|无固定期限?|今)$', 2);

CREATE OR REPLACE TEMP MACRO range_end(t) AS
  CASE WHEN regexp_full_match(range_last(t), '\d{1,2}[-./月]\d{1,2}日?')
       THEN make_day(t[1:4], regexp_extract(range_last(t), '^(\d+)', 1), regexp_extract(range_last(t), '^\d+\D(\d+)', 1))
       WHEN regexp_full_match(range_last(t), '\d{1,2}日?')
       THEN make_day(t[1:4], regexp_extract(range_first(t), '^\d+\D(\d+)', 1), regexp_extract(range_last(t), '(\d+)', 1))
       ELSE read_day(range_last(t), false) END;

CREATE OR REPLACE TEMP MACRO read_moment(t) AS
  coalesce(try_cast(t AS TIMESTAMP),
    try_cast(regexp_replace(replace(replace(regexp_replace(fold(t), '[年月/.](\d)', '-\1', 'g'), '日', ' '), '时', ':'), '分$', '') AS TIMESTAMP),
    CASE WHEN regexp_full_match(trim(t), '\d{5}\.\d+')
      THEN TIMESTAMP '1899-12-30' + to_seconds(round(trim(t)::DOUBLE * 86400)::BIGINT) END);

-- codes ------------------------------------------------------------------------------------------------------------
-- longest name first: 高级技师 before 高级 and 技师
CREATE OR REPLACE TEMP MACRO level_by_name(t) AS
  CASE WHEN contains(t, '高级技师') THEN '1' WHEN contains(t, '技师') THEN '2'
       WHEN contains(t, '高级') THEN '3' WHEN contains(t, '中级') THEN '4' WHEN contains(t, '初级') THEN '5' END;

CREATE OR REPLACE TEMP MACRO level_by_number(t) AS
  CASE WHEN contains(t, '一级') THEN '1' WHEN contains(t, '二级') THEN '2' WHEN contains(t, '三级') THEN '3'
       WHEN contains(t, '四级') THEN '4' WHEN contains(t, '五级') THEN '5'
       WHEN regexp_full_match(t, '[Ll]?[1-5](级|\.0)?') THEN regexp_extract(t, '[1-5]') END;

-- 中级/高级: two levels in one cell are none
CREATE OR REPLACE TEMP MACRO has_two_levels(t) AS
  len(list_distinct(regexp_extract_all(t, '高级技师|技师|高级|中级|初级'))) > 1
  OR len(list_distinct(regexp_extract_all(t, '[一二三四五]级'))) > 1;

CREATE OR REPLACE TEMP MACRO is_level_form(t) AS
  regexp_full_match(t, '[Ll]?[1-5](级|\.0)?|((国家职业资格)?(初级|中级|高级|技师|高级技师|[一二三四五]级)(工|技能|工种|证书|班)?[/\(（]?)+\)?');

CREATE OR REPLACE TEMP MACRO read_occupation(n) AS
  CASE WHEN regexp_full_match(upper(n), '[A-Z]?\d[-.—–]?\d{2}[-.—–]?\d{2}[-.—–]?\d{2}([(]?[A-Z/]*[)]?)?')
       THEN regexp_replace(regexp_replace(upper(n), '[^0-9]', '', 'g'), '^(\d)(\d\d)(\d\d)(\d\d)$', '\1-\2-\3-\4')
       WHEN regexp_full_match(upper(n), 'GBM\d{5}') THEN upper(n) END;

-- unified social credit code: weights of GB 32100, alphabet without I O S V Z
CREATE OR REPLACE TEMP MACRO credit_digit(t, i) AS strpos('0123456789ABCDEFGHJKLMNPQRTUWXY', t[i]) - 1;

CREATE OR REPLACE TEMP MACRO credit_sum(t) AS
  credit_digit(t, 1) + credit_digit(t, 2) * 3 + credit_digit(t, 3) * 9 + credit_digit(t, 4) * 27 + credit_digit(t, 5) * 19
  + credit_digit(t, 6) * 26 + credit_digit(t, 7) * 16 + credit_digit(t, 8) * 17 + credit_digit(t, 9) * 20 + credit_digit(t, 10) * 29
  + credit_digit(t, 11) * 25 + credit_digit(t, 12) * 13 + credit_digit(t, 13) * 8 + credit_digit(t, 14) * 24
  + credit_digit(t, 15) * 10 + credit_digit(t, 16) * 30 + credit_digit(t, 17) * 28;

CREATE OR REPLACE TEMP MACRO is_credit_code(t) AS
  regexp_full_match(t, '[0-9A-HJ-NP-RTUW-Y]{18}') AND credit_digit(t, 18) = (31 - credit_sum(t) % 31) % 31;

CREATE OR REPLACE TEMP MACRO code_text(t) AS
  upper(regexp_replace(compact(t), '^["''=]+|["'']+$', '', 'g'));

CREATE OR REPLACE TEMP MACRO is_damaged_number(t) AS
  coalesce(regexp_full_match(upper(trim(t)), '\d(\.\d+)?E[+]?\d+'), false);
