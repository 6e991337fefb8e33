-- One row per line of a self-evaluation sheet: target and actual read as numbers where both are numbers of one unit, completion,
-- points. Expects the temporary tables sheet (line_no, level1, level2, level3, target_text, actual_text, points_text) and
-- layout (level1, points): the points of a first-level heading are shared equally by its lines where the sheet prints none.
WITH read AS (
    SELECT
        *,
        regexp_extract(target_text, '^(≥|≤|>=|<=|不低于|不少于|不超过|不高于)?\s*(-?[0-9][0-9,]*\.?[0-9]*)\s*([%％]|[^0-9.,—\-~至]*?)(及以上|以上|及以下|以下)?$',
            ['sign', 'number', 'unit', 'word']) AS t,
        regexp_extract(actual_text, '^(-?[0-9][0-9,]*\.?[0-9]*)\s*([%％]|[^0-9.,—\-~至]*)$', ['number', 'unit']) AS a
    FROM sheet
),

typed AS (
    SELECT
        *,
        TRY_CAST(replace(t.number, ',', '') AS DECIMAL(18, 6)) AS target_value,
        TRY_CAST(replace(a.number, ',', '') AS DECIMAL(18, 6)) AS actual_value,
        CASE WHEN t.sign IN ('≤', '<=', '不超过', '不高于') OR t.word IN ('及以下', '以下') OR level2 LIKE '%成本%' THEN 'le' ELSE 'ge' END AS comparator,
        replace(t.unit, '％', '%') AS target_unit,
        replace(a.unit, '％', '%') AS actual_unit
    FROM read
),

compared AS (
    SELECT
        *,
        target_value > 0 AND actual_value IS NOT NULL AND actual_unit IN (target_unit, '') AS is_number,
        round(actual_value::DOUBLE / nullif(target_value, 0)::DOUBLE, 12) AS completion
    FROM typed
),

judged AS (
    SELECT
        *,
        CASE
            WHEN is_number AND comparator = 'ge' THEN least(1, greatest(0, completion))
            WHEN is_number THEN CASE WHEN completion <= 1 THEN 1 ELSE 1 / completion END
            WHEN trim(actual_text) = trim(target_text) THEN 1
        END AS share
    FROM compared
),

pointed AS (
    SELECT
        j.*,
        coalesce(TRY_CAST(j.points_text AS DOUBLE), l.points::DOUBLE / count(*) OVER (PARTITION BY j.level1)) AS points
    FROM judged AS j
    LEFT JOIN layout AS l ON l.level1 = j.level1
)

SELECT
    line_no, level1, level2, level3, target_text, actual_text, comparator,
    CASE WHEN is_number THEN target_value::DOUBLE END AS target_value,
    CASE WHEN is_number THEN actual_value::DOUBLE END AS actual_value,
    CASE WHEN is_number THEN completion END AS completion_ratio,
    CASE WHEN share IS NULL THEN NULL ELSE share >= 1 END AS is_met,
    round(points, 4) AS points,
    round(share * points, 4) AS score,
    CASE WHEN is_number THEN 'number' WHEN share = 1 THEN 'same' ELSE 'to_judge' END AS how
FROM pointed
ORDER BY line_no
