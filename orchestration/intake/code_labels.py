"""Every text that stands for a code: labels, aliases and codes of the lists, and the marks of yes and no.

Not here: which column uses which list (`values.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations.contract import code_lists
from orchestration.intake.rows import values_list

if TYPE_CHECKING:
    import duckdb

# marks and words of yes and no beside those of the code list
TICKS = "TRUE Y YES V 对 对号 勾 打勾 ✔ ☑ ✅"
CROSSES = "FALSE N NO X 错 叉 不是 没有 ✗ ✘ ✕ ☒ ❌ 未"


def write_codes(connection: duckdb.DuckDBPyConnection) -> None:
    """Table `code_label`: every label, alias and code of every list in the form that texts are compared in."""
    rows = []
    for name, codes in code_lists().items():
        for code in codes:
            rows += [
                (name, code.code, text, rank) for rank, text in enumerate((code.label_zh, code.code, *code.aliases))
            ]
    rows += [
        ("bool", v, t, 9) for v, texts in (("true", f"{TICKS} T"), ("false", f"{CROSSES} F 无")) for t in texts.split()
    ]
    # 是否结业=√: a list that takes 是 and 否 takes the marks that stand for them
    for name, codes in code_lists().items():
        yes_no = {alias: code.code for code in codes for alias in code.aliases if alias in ("是", "否")}
        if name != "bool" and len(yes_no) == 2:
            rows += [(name, yes_no["是"], t, 9) for t in f"√ ✓ 1 {TICKS}".split()]
            rows += [(name, yes_no["否"], t, 9) for t in f"× 0 {CROSSES}".split()]
    rows += [("comparator", "ge", t, 9) for t in (">=", "》=", ">", "大于等于")] + [
        ("comparator", "le", t, 9) for t in ("<=", "<", "小于等于")
    ]
    rows += [("unit_of_measure", "ratio", t, 9) for t in ("％", "百分点")]
    rows += [("unit_of_measure", "person_times", "万人次", 9), ("unit_of_measure", "yuan", "万元", 9)]
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE code_label AS
        SELECT list, lower(compact(label)) AS label, arg_min(code, rank) AS code
        FROM (VALUES {values_list(rows)}) AS v(list, code, label, rank) GROUP BY ALL"""
    )
