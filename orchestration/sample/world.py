"""The world behind the exports: clean tables in an in-memory DuckDB, drawn from the seed alone.

Each file of `sql/` makes the tables of one subject, in the order of their names.
Not here: how a table is written to a file, what is dirty in it, and what it adds up to.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.sample.plan import Plan

SQL = Path(__file__).resolve().parent / "sql"
DATA = Path(__file__).resolve().parents[2] / "data"

SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白"
    "孟秦邱侯江尹薛闫雷龙史陶贺顾毛郝龚邵万钱严武戴莫孔向常汤欧阳䶮"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰志红建国文辉力鹏婷雪慧莹倩琳琴云洁瑜岚苑婕馨妍茜秋珊莎锦黛青倩霄柔竹凝晓欢枫芸菲寒伊亚宜"
    "可姬舒影荔枝思佳宏旭帆㛃"
)


def _streets(unit: str) -> list[str]:
    with (DATA / "reference/admin_divisions/streets_chongqing_dalian.csv").open(encoding="utf-8-sig", newline="") as f:
        names = [row["name"] for row in csv.DictReader(f) if row["areaCode"] == unit]
    return names or ["中心街道"]


@contextmanager
def build_world(plan: Plan) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection holding the drawn tables (class, enrolment, person, assessment, spell, claim, ledger, …)."""
    # one thread: the order of rows, and so the bytes, must not depend on the machine
    connection = duckdb.connect(config={"threads": 1, "memory_limit": "2500MB"})
    try:
        connection.execute("SET preserve_insertion_order = true")
        variables = {
            "seed": plan.seed * 1_000_000 + int(plan.unit),
            "unit": plan.unit,
            "prefix": plan.prefix,
            "people": plan.people,
            "planted": plan.planted,
            "class_size": plan.class_size,
            "class_digits": 4 if plan.people < 200_000 else 6,
            "institutions": plan.institutions,
            "enterprises": plan.enterprises,
            "ojt_people": plan.ojt_people,
            # people of the assessor that hands out certificates in bulk: more than a thousand in a month
            "bulk": 1010 if plan.planted and plan.people >= 20_000 else 0,
            "months": 3 * len(plan.quarters),
            "first_day": plan.quarters[0].starts_on,
            "horizon": plan.quarters[-1].ends_on,
            "streets": _streets(plan.unit),
            "surnames": list(SURNAMES),
            "given": list(GIVEN),
            "occupations": str(DATA / "sample/occupations.csv"),
        }
        for name, value in variables.items():
            connection.execute(f"SET VARIABLE {name} = $1", [value])
        connection.execute(
            "CREATE TABLE quarter (no BIGINT, label VARCHAR, year INTEGER, starts_on DATE, ends_on DATE, aim DOUBLE)"
        )
        connection.executemany(
            "INSERT INTO quarter VALUES (?, ?, ?, ?, ?, ?)",
            [(q.no, q.label, q.year, q.starts_on, q.ends_on, q.aim) for q in plan.quarters],
        )
        for path in sorted(SQL.glob("[0-9][0-9]_*.sql")):
            if plan.planted or not path.stem.endswith("_plants"):
                connection.execute(path.read_text(encoding="utf-8"))
        yield connection
    finally:
        connection.close()
