-- Which quarter reports a class: when it opens, when it ends, and now and then one quarter late.
CREATE TABLE class_slot AS
WITH last AS (SELECT max(no) AS no FROM quarter),
dated AS (
    SELECT c.class_no, c.ends_on > getvariable('horizon') AS is_running, c.class_no % 37 = 5 AND c.plant IS NULL AS is_late,
        coalesce(a.no, 1) AS opened, coalesce(b.no, (SELECT no FROM last)) AS ended
    FROM class c LEFT JOIN quarter a ON c.starts_on BETWEEN a.starts_on AND a.ends_on LEFT
        JOIN quarter b ON c.ends_on BETWEEN b.starts_on AND b.ends_on
)
SELECT class_no, opened AS quarter_no, false AS is_final FROM dated WHERE is_running OR opened < ended
UNION ALL
SELECT class_no, least(ended + if(is_late, 1, 0), (SELECT no FROM last)), true FROM dated WHERE NOT is_running;
