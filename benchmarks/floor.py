"""The target table by one hand-written DuckDB query over the exports: the least that reading the files can cost.

Usage: floor.py EXPORTS OUT.csv. Only for comparison; nothing imports it.
"""

import sys

import duckdb

QUERY = """
COPY (
    WITH classes AS (
        SELECT "班期编号" AS class_id, "培训类型" AS kind, "开班日期"::DATE AS starts_on, "结业日期"::DATE AS ends_on
        FROM read_csv('{exports}/*/*/开班备案台账_*.csv', all_varchar = true, union_by_name = true, filename = true)
        WHERE "审核状态" IN ('已备案', '已结业') AND "培训类型" <> '以工代训' AND "资金来源" <> '企业职工教育经费'
        QUALIFY row_number() OVER (PARTITION BY "班期编号" ORDER BY filename DESC) = 1
    ), roster AS (
        SELECT "班期编号" AS class_id, "身份证号" AS person_id, "是否结业" AS completion
        FROM read_csv('{exports}/*/*/学员花名册_*.csv', all_varchar = true, union_by_name = true, filename = true)
        QUALIFY row_number() OVER (PARTITION BY "班期编号", "身份证号" ORDER BY filename DESC) = 1
    ), trainings AS (
        FROM roster JOIN classes USING (class_id)
    ), stocks AS (
        SELECT "截止日期"::DATE AS as_of, "修订日期"::DATE AS revised_on, "就业人员总量"::DOUBLE AS employed,
            "技能劳动者总量"::DOUBLE AS skilled, "高技能人才"::DOUBLE AS high
        FROM read_csv('{exports}/*/*/就业人员与技能人才统计_*.csv', all_varchar = true, union_by_name = true)
        WHERE "是否采用" = '是'
    ), targets AS (
        SELECT CASE "指标代码" WHEN '补贴性职业技能培训人次' THEN 'person_times' WHEN '企业新型学徒人数' THEN 'apprentices'
                WHEN '技能劳动者占就业人员比例' THEN 'skilled_share'
                WHEN '高技能人才占技能劳动者比例' THEN 'high_skilled_share' END AS indicator_code,
            "年度" AS period, left("年度", 4)::INTEGER AS first_year, right("年度", 4)::INTEGER AS last_year,
            "目标值"::DOUBLE AS target_value
        FROM read_csv('{exports}/*/*/计划与目标_*.csv', all_varchar = true, union_by_name = true)
        WHERE coalesce("分组", '') = ''
    ), actuals AS (
        SELECT t.*, CASE t.indicator_code
            WHEN 'person_times' THEN (
                SELECT count(*) FROM trainings
                WHERE completion = '合格' AND year(ends_on) BETWEEN t.first_year AND t.last_year)
            WHEN 'apprentices' THEN (
                SELECT count(DISTINCT person_id) FROM trainings
                WHERE kind = '企业新型学徒制' AND year(starts_on) BETWEEN t.first_year AND t.last_year)
            WHEN 'skilled_share' THEN (
                SELECT max_by(skilled / employed, (as_of, revised_on)) FROM stocks
                WHERE year(as_of) BETWEEN t.first_year AND t.last_year)
            ELSE (
                SELECT max_by(high / skilled, (as_of, revised_on)) FROM stocks
                WHERE year(as_of) BETWEEN t.first_year AND t.last_year) END AS actual_value
        FROM targets AS t WHERE indicator_code IS NOT NULL
    )
    SELECT indicator_code, period, target_value, actual_value, actual_value / target_value AS completion_ratio
    FROM actuals ORDER BY indicator_code, period
) TO '{target}' (HEADER)
"""


def main(exports: str, target: str) -> None:
    """Run the query."""
    duckdb.sql(QUERY.format(exports=exports, target=target))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
