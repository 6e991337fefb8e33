"""Pages of `docs/datasets`, one per dataset: columns, codes and rules, generated from contracts and suites.

Run `python -m expectations.pages` after a change; a test holds the pages current. Not here: anything written by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from expectations.across import AcrossRule, across_rules
from expectations.contract import Column, Contract, code_lists, contracts, example_of
from expectations.derived import reason_of, sets_row_aside
from expectations.model import Rule, suites

PAGES = Path(__file__).resolve().parents[1] / "docs" / "datasets"
SEVERITY = {"refuse": "整份退回 refuse", "quarantine": "隔离该行 quarantine", "warn": "提示 warn"}


def _cell(text: object) -> str:
    return str(text if text is not None else "").replace("|", "\\|").replace("\n", " ")


def _table(head: list[str], rows: Sequence[Sequence[object]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]


def _flags(column: Column) -> str:
    flags = [
        ("主键 key", column.is_key),
        ("必填 required", column.is_required),
        ("个人信息 personal", column.is_personal),
        ("敏感 sensitive", column.is_sensitive),
        ("计入金额 amount", column.carries_amount),
    ]
    return "、".join(name for name, holds in flags if holds)


def _column_row(column: Column) -> list[object]:
    kind = f"{column.type} ({column.code_list})" if column.code_list else column.type
    bad = "隔离该行 quarantine" if sets_row_aside(column, "unreadable") else "置空并提示 null, warn"
    headers = "、".join(column.headers[1:-1])
    return [
        column.header_zh,
        f"`{column.name}`",
        kind,
        f"`{example_of(column)}`",
        _flags(column),
        bad,
        reason_of(column),
        headers,
        column.description,
    ]


def _codes(contract: Contract) -> list[str]:
    lists = dict.fromkeys(c.code_list for c in contract.columns if c.code_list)
    if any(column.type == "bool" for column in contract.columns):
        lists["bool"] = None
    lines: list[str] = []
    for name in lists:
        if name in code_lists():
            rows = [[f"`{c.code}`", c.label_zh, "、".join(c.aliases), c.note] for c in code_lists()[name]]
            lines += [
                "",
                f"### `{name}`",
                "",
                *_table(["代码 code", "名称 label", "也可写作 aliases", "注 note"], rows),
            ]
    return lines


def _rule_lines(rule: Rule) -> list[str]:
    facts = [SEVERITY[rule.severity], f"原因 reason: {rule.reason}"]
    if rule.column:
        facts.append(f"列 column: `{rule.column}`")
    if rule.clause:
        facts.append(f"依据 clause: {rule.clause}")
    facts += [f"{phase}: {SEVERITY[severity]}" for phase, severity in rule.phase.items()]
    what = rule.where or f"{rule.expect}({rule.arguments})"
    if rule.given:
        facts.append(f"适用 speaks of: `{rule.given}`")
    return [
        "",
        f"### `{rule.id}`",
        "",
        f"{rule.message['zh']}<br>{rule.message['en']}",
        "",
        " · ".join(facts),
        "",
        f"```sql\n{what}\n```",
        "",
        rule.why,
    ]


def _across_lines(rule: AcrossRule) -> list[str]:
    facts = [SEVERITY[rule.severity], f"原因 reason: {rule.reason}"]
    facts += [f"依据 clause: {rule.clause}"] if rule.clause else []
    facts += [f"另一数据集 other dataset: `{rule.other}`"] if rule.other else []
    message = f"{rule.message['zh']}<br>{rule.message['en']}"
    what = rule.finds or rule.whole or f"{rule.measure} -- ± {rule.width:g}"
    return ["", f"### `{rule.id}`", "", message, "", " · ".join(facts), "", f"```sql\n{what}\n```", "", rule.why]


def page(contract: Contract) -> str:
    """The Markdown page of one dataset."""
    written = [rule for rule in suites()[contract.dataset].rules if not rule.is_derived]
    derived = len(suites()[contract.dataset].rules) - len(written)
    head = ["表头 header", "列 column", "类型 type", "例 example", "标记 flags", "值有误时 bad value", "原因 reason"]
    head += ["也可写作 synonyms", "含义 meaning"]
    lines = [
        f"# {contract.title_zh} `{contract.dataset}`",
        "",
        "由合同与规则生成，请勿手改。Generated from the contract and the suite by `python -m expectations.pages`.",
        "",
        f"- 一行是什么 one row: {contract.grain}",
        f"- 主键 key: {', '.join(f'`{name}`' for name in contract.key)}（{contract.key_scope}）",
        f"- 规则 rules: {len(written)} 条另写 written, {derived} 条由合同导出 derived",
        "",
        "## 列 Columns",
        "",
        *_table(head, [_column_row(column) for column in contract.columns]),
        "",
        "必填列或主键缺失：隔离该行。A blank required column sets the row aside.",
        "预报（preview）期内，非必填的金额有误只置空并提示。In a preview a bad optional amount is null with a notice.",
    ]
    codes = _codes(contract)
    if codes:
        lines += ["", "## 代码 Codes", *codes]
    lines += [
        "",
        "## 规则 Rules",
        "",
        "谓词为真即该行有误。A row offends where the predicate is true.",
    ]
    for rule in written:
        lines += _rule_lines(rule)
    across = [rule for rule in across_rules() if rule.dataset == contract.dataset]
    if across:
        lines += [
            "",
            "## 跨文件规则 Rules across files",
            "",
            "发布时判定，在此之前为待定。Judged by each build, pending until then.",
        ]
    for rule in across:
        lines += _across_lines(rule)
    return "\n".join(lines) + "\n"


def index() -> str:
    """The page that lists all datasets."""
    rows = []
    for name, contract in contracts().items():
        written = sum(not rule.is_derived for rule in suites()[name].rules)
        rows.append([f"[{contract.title_zh}]({name}.md)", f"`{name}`", contract.grain, len(contract.columns), written])
    head = ["数据集 dataset", "名称 name", "一行是什么 one row", "列 columns", "规则 rules"]
    return "\n".join(["# 数据集 Datasets", "", *_table(head, rows)]) + "\n"


def pages() -> dict[str, str]:
    """File name -> text of every page."""
    return {"README.md": index(), **{f"{name}.md": page(contract) for name, contract in contracts().items()}}


def main() -> None:
    """Write all pages."""
    PAGES.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (PAGES / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
