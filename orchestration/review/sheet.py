"""A self-evaluation sheet of the Ministry of Finance's layout, as a unit prints it, scored line by line (`review/sheet.sql`).

Columns: 一级指标, 二级指标, 三级指标, 年度指标值, 实际完成值, and 分值 where the sheet prints points. A line of words that says
the same as its target is met; one that says something else is left to people.
Not here: reviews from a release (`score.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from expectations.sql import literal
from orchestration.errors import SkillhouseError
from orchestration.query import records
from orchestration.scheme.read import Scheme, find_scheme

HEADERS = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值")
POINTS = "分值"


class SheetError(SkillhouseError):
    """A sheet that cannot be read or has not the columns of a self-evaluation."""


def evaluate_sheet(path: Path, scheme: str = "mof_self_evaluation") -> dict[str, Any]:
    """Lines with completion, points and score; the total out of 100, at least and at most, as people may judge. SheetError."""
    import duckdb

    layout = find_scheme(scheme)
    connection = duckdb.connect()
    try:
        _read(connection, path)
        _layout(connection, layout)
        sql = (Path(__file__).parent / "sheet.sql").read_text(encoding="utf-8")
        connection.execute(f"CREATE TABLE scored AS {sql}")
        lines = records(connection, "SELECT * FROM scored ORDER BY line_no")
        (total,) = records(
            connection,
            "SELECT sum(points) AS points, sum(score) AS score, count(*) FILTER (how = 'to_judge') AS to_judge,"
            " round(100 * sum(score) / sum(points), 2) AS at_least,"
            " round(100 * sum(coalesce(score, points)) / sum(points), 2) AS at_most FROM scored",
        )
    finally:
        connection.close()
    if missing := sorted({line["level1"] for line in lines if line["points"] is None}):
        raise SheetError(
            f"{path.name} 的一级指标“{'、'.join(missing)}”不在方案 {layout.name} 中，也没有填写分值：请补填分值列。",
            f"{path.name}: no points for {', '.join(missing)}; fill the column {POINTS}.",
        )
    return {"file": path.name, "scheme": layout.name, "lines": lines, "total": total}


def _read(connection: Any, path: Path) -> None:
    import duckdb

    if not path.is_file():
        raise SheetError(f"没有文件 {path.name}：请检查路径。", f"no file {path.name}: check the path.")
    try:
        connection.execute(
            f"CREATE TABLE printed AS SELECT * FROM read_csv({literal(path)}, all_varchar=true, header=true, null_padding=true)"
        )
    except duckdb.Error as error:
        raise SheetError(
            f"{path.name} 无法按 CSV（UTF-8）读取：请另存为 CSV UTF-8 后再试。",
            f"{path.name} cannot be read as CSV in UTF-8; save it as CSV UTF-8.",
        ) from error
    found = [row["column_name"] for row in records(connection, "DESCRIBE printed")]
    if missing := [name for name in HEADERS if name not in found]:
        raise SheetError(
            f"{path.name} 缺少列 {'、'.join(missing)}：自评表须有 {'、'.join(HEADERS)}。",
            f"{path.name} lacks the columns {', '.join(missing)}.",
        )
    named = ", ".join(f'trim("{name}") AS {alias}' for name, alias in zip(HEADERS, ALIASES, strict=True))
    points = f'"{POINTS}"' if POINTS in found else "NULL::VARCHAR"
    connection.execute(
        f"CREATE TEMP TABLE sheet AS SELECT row_number() OVER () AS line_no, {named}, {points} AS points_text FROM printed"
        ' WHERE "三级指标" IS NOT NULL'
    )


ALIASES = ("level1", "level2", "level3", "target_text", "actual_text")


def _layout(connection: Any, scheme: Scheme) -> None:
    lines = scheme.content["indicators"]["district"]
    values = ", ".join(f"({literal(line['level1'])}, {line['weight']})" for line in lines)
    connection.execute(
        f"CREATE TEMP TABLE layout AS SELECT level1, sum(w) AS points FROM (VALUES {values}) v(level1, w) GROUP BY level1"
    )
