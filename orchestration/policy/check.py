"""Validation of policy packs: columns, dates, overlaps, quotes against the text, parameters and tests against the models.

Not here: reading packs (`policy/packs.py`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

from orchestration.policy.packs import DOCUMENT, FILES, TABLES, Pack

STATUSES = ("in_force", "draft", "unconfirmed", "repealed")
STATES = ("computed", "parameter", "register", "not_decidable")
SEVERITIES = ("block", "flag", "preview", "")
DATES = ("valid_from", "valid_to")


def problems(packs: list[Pack], models: Path) -> list[str]:
    """What is wrong with the packs: columns, dates, overlaps, quotes not in the text, parameters no model uses."""
    found = [f"{pack.jurisdiction}/{pack.name}：{problem}" for pack in packs for problem in _check_pack(pack)]
    sql = "\n".join(path.read_text(encoding="utf-8") for path in sorted(models.rglob("*.sql")))
    for pack in packs:
        for row in pack.tables["parameter"]:
            if not re.search(rf"\b{re.escape(row['parameter'])}\b", sql):
                found.append(
                    f"{pack.jurisdiction}/{pack.name}：参数 {row['parameter']} 没有模型使用，请删除或补写模型。"
                )
        for row in pack.tables["rule"]:
            if row["test"] and f"'{row['test']}'" not in sql:
                found.append(f"{pack.jurisdiction}/{pack.name}：rules.csv 的测试 {row['test']} 没有模型，请补写。")
    return found


def _check_pack(pack: Pack) -> list[str]:
    problems = [f"document.yml 缺少 {key}，请补上。" for key in DOCUMENT if key not in pack.document]
    if pack.document.get("status") not in STATUSES:
        problems.append(f"document.yml 的 status 应为 {'、'.join(STATUSES)} 之一。")
    if (pack.folder.name, pack.folder.parent.name) != (pack.name, pack.jurisdiction):
        problems.append("文件夹名与 document.yml 的 jurisdiction、document 不一致，请改一致。")
    plain = squeeze(pack.text)
    for table, (columns, key) in TABLES.items():
        rows, name = pack.tables[table], f"{FILES[table]}.csv"
        if rows and tuple(rows[0]) != columns:
            problems.append(f"{name} 的列应为：{'、'.join(columns)}。")
            continue
        for number, row in enumerate(rows, start=2):
            problems += [f"{name} 第 {number} 行：{text}" for text in _check_row(table, row, plain, bool(pack.text))]
        problems += [f"{name}：{text}" for text in _overlaps(rows, key)]
    return problems


def _check_row(table: str, row: dict[str, str], plain: str, has_text: bool) -> list[str]:
    problems = []
    spans = []
    for column in DATES:
        try:
            spans.append(date.fromisoformat(row[column]) if row[column] else None)
        except ValueError:
            problems.append(f"{column} 不是日期（应为 2021-03-01 的形式）。")
    if len(spans) == 2 and all(spans) and spans[0] > spans[1]:
        problems.append("valid_from 晚于 valid_to。")
    if has_text and row["quote"] and not is_quoted(row["quote"], plain):
        problems.append(f"引文不在原文中：{row['quote'][:30]}。请照原文抄录。")
    if table == "rule":
        if row["state"] not in STATES:
            problems.append(f"state 应为 {'、'.join(STATES)} 之一。")
        if row["severity"] not in SEVERITIES or bool(row["test"]) != bool(row["severity"]):
            problems.append("有 test 的规则必须有 severity（block、flag、preview）。")
        if row["test"] and not (row["message_zh"] and row["message_en"] and row["subject_kind"]):
            problems.append("有 test 的规则必须有 subject_kind、message_zh、message_en。")
        if row["state"] in ("not_decidable", "parameter") and not row["needs"]:
            problems.append("needs 为空：请写明还需要什么。")
    return problems


def _overlaps(rows: list[dict[str, str]], key: tuple[str, ...]) -> list[str]:
    groups = defaultdict(list)
    for row in rows:
        groups[tuple(row[column] for column in key)].append(
            (row["valid_from"] or "0001-01-01", row["valid_to"] or "9999-12-31")
        )
    problems = []
    for name, spans in groups.items():
        spans.sort()
        if any(later[0] <= earlier[1] for earlier, later in zip(spans, spans[1:], strict=False)):
            problems.append(f"{'/'.join(filter(None, name))} 的有效期重叠，请改开。")
    return problems


def squeeze(text: str) -> str:
    """Text without white space and page numbers, as quotes are compared."""
    return re.sub(r"\s+", "", text)


def is_quoted(quote: str, plain: str) -> bool:
    """Whether the quote stands in the squeezed text; `…` joins pieces that stand there in this order."""
    at = 0
    for piece in squeeze(quote).split("…"):
        at = plain.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True
