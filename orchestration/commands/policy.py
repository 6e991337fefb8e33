"""`policy …`: the policy packs. Not here: rules and their models."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from orchestration.commands.session import AsJson, Lang, Quiet, Release, Session, open_session

# words of a pack as people read them
KINDS = {
    "document": {"zh": "文件", "en": "document"}, "parameter": {"zh": "参数", "en": "parameter"},
    "rate": {"zh": "标准", "en": "rate"}, "category": {"zh": "类别", "en": "category"},
    "catalogue": {"zh": "目录", "en": "catalogue"}, "rule": {"zh": "规则", "en": "rule"},
}  # fmt: skip
STATES = {
    "computed": "已计算", "parameter": "仅作参数", "register": "仅登记", "not_decidable": "数据不能判定",
    "in_force": "有效", "unconfirmed": "未核实", "draft": "征求意见稿",
    "block": "不予补贴", "flag": "待核", "preview": "预演",
}  # fmt: skip


policy_app = typer.Typer(help="政策包：条款、检查、试算等。 Packs: show, check, try.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(policy_app, name="policy")


@policy_app.command("list")
def list_(as_json: AsJson = False, lang: Lang = None) -> None:
    """列出政策文件。 List the policy documents."""
    from orchestration.policy.packs import list_policies

    session = open_session(as_json=as_json, lang=lang)
    found = list_policies()
    headers = session.words("辖区 文号 名称 状态 规则", "jurisdiction document title status rules").split()
    names = ("jurisdiction", "document_no", "title", "status", "rules")
    rows = [[item.get(n) if n != "status" else _said(session, item[n]) for n in names] for item in found]
    session.answer(found, lambda: session.table(headers, rows, right=(4,)))


@policy_app.command("show")
def show_(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="规则编号，如 YZ2019-12d。 Rule id.")],
    release: Release = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """一条规则：原文、公式、查出的疑点。 One rule, cases found."""
    from orchestration.policy.packs import show_rule
    from orchestration.release.publish import resolve

    session = open_session(as_json=as_json, lang=lang)
    is_built = release is not None or session.settings.current.is_symlink()
    found = show_rule(rule, resolve(session.settings, release) if is_built else None)
    session.answer(found, lambda: _rule(session, found))


@policy_app.command("check")
def check_(as_json: AsJson = False, lang: Lang = None) -> None:
    """检查政策包是否自洽、引文是否在原文中。 Check the packs."""
    from orchestration.policy.packs import check

    session = open_session(as_json=as_json, lang=lang)
    problems = check()
    good = session.words("政策包检查通过。", "The packs are sound.")
    session.verdict({"problems": problems}, [str(problem) for problem in problems], good)


@policy_app.command("diff")
def diff_(
    first: Annotated[str, typer.Argument(metavar="A")],
    second: Annotated[str, typer.Argument(metavar="B")],
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """比较两份政策文件（编号、文号或文件夹）。 Compare two documents.

    文件信息、参数、标准、类别、目录和检查中不同之处。"""
    from orchestration.policy.packs import diff

    session = open_session(as_json=as_json, lang=lang)
    found = diff(first, second)
    session.answer(found, lambda: _compared(session, found))


@policy_app.command("try")
def try_(
    pack: Annotated[Path, typer.Argument(metavar="PACK", help="政策包文件夹。 Folder of the pack.")],
    release: Release = None,
    as_json: AsJson = False,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """用新的政策包试算现有数据。 Try a pack on today's data.

    与现行结果对比，不改动数据目录。"""
    from orchestration.policy.trial import try_pack

    session = open_session(as_json=as_json, lang=lang, quiet=quiet)
    with session.progress() as progress:
        found = try_pack(session.settings, pack, release, progress)
    session.answer(found, lambda: _tried(session, found))


def _rule(session: Session, found: dict[str, Any]) -> None:
    """A rule as a case officer reads it: what the text says, how it is read, its values, and the cases found."""
    lang, words = session.lang, session.words
    facts = [
        (words("规则", "rule"), f"{found['rule_id']} {found[f'title_{lang}']}"),
        (words("文件", "document"), f"{found['document_no']} {found['title']}"),
        (words("条款", "clause"), found["clause"]),
        (words("原文", "quote"), found["quote"]),
        (words("公式", "formula"), found["formula"]),
        (words("未明确处", "ambiguity"), found["ambiguity"]),
        (words("采用的理解", "reading"), found["reading"]),
        (words("落实情况", "state"), " ".join(filter(None, (_said(session, found["state"]), found["needs"])))),
        (words("检查", "tests"), [_test(session, test) for test in found["tests"]]),
        (words("参数", "parameters"), [_parameter(session, row) for row in found["parameters"]]),
        (words("标准", "rates"), [plain_text(row) for row in found["rates"]]),
        (words("类别", "categories"), [plain_text(row) for row in found["categories"]]),
        (words("目录", "catalogues"), [plain_text(row) for row in found["catalogues"]]),
    ]
    if "findings" in found:
        cases = [
            f"{row['reporting_unit']} {row['period']} {row['test']}: "
            + words(f"{row['findings']} 件", f"{row['findings']} cases")
            + (
                ""
                if row["amount_yuan"] is None
                else words(f"，{row['amount_yuan']:,} 元", f", {row['amount_yuan']:,} yuan")
            )
            for row in found["findings"]
        ]
        facts.append((words("查出的疑点", "cases found"), cases or words("无", "none")))
    rows = [[name, "\n".join(value) if isinstance(value, list) else value] for name, value in facts if value]
    session.table(words("项 内容", "item content").split(), rows)


def _said(session: Session, word: str) -> str:
    """A state or severity in the reader's language."""
    return STATES.get(word, word) if session.lang == "zh" else word.replace("_", " ")


def _test(session: Session, test: dict[str, Any]) -> str:
    since, severity = test["valid_from"] or "-", _said(session, test["severity"])
    head = session.words(f"{test['test']}（{severity}，{since} 起）", f"{test['test']} ({severity}, from {since})")
    return f"{head} {test[f'message_{session.lang}']}"


def _parameter(session: Session, row: dict[str, Any]) -> str:
    span = " ".join(
        session.words(f"{row[key]} {zh}", f"{en} {row[key]}")
        for key, zh, en in (("valid_from", "起", "from"), ("valid_to", "止", "to"))
        if row.get(key)
    )
    value = (
        f"{row['parameter']} {row.get('comparator', '=')} {row['value']} {row.get('unit', '')} / {row.get('per', '')}"
    )
    return " ".join(filter(None, (value, span, row.get("note"))))


def _tried(session: Session, found: dict[str, Any]) -> None:
    kind = session.words("新增", "new") if found["is_new"] else session.words("改动", "changed")
    print(
        session.words(
            f"试算政策包 {found['pack']}（{kind}），对照版本 {found['release_id']}",
            f"Pack {found['pack']} ({kind}) against release {found['release_id']}",
        )
    )
    if not found["findings"] and not found["figures"] and all(d["yuan_now"] == d["yuan_tried"] for d in found["due"]):
        place = found["pack"].split("/")[0]
        print(
            session.words(
                f"没有变化：疑点、应补金额和指标都不变。请核对该版本中有无 {place} 的班期，以及各条的起止日期。",
                f"Nothing changes: findings, sums due, figures. Check that the release has classes of {place}, and the days.",
            )
        )
    totals = {
        key: _moved(found["totals"]["now"][key], found["totals"]["tried"][key]) for key in ("findings", "heads", "yuan")
    }
    rows = [
        [
            f"{item['rule_id']}\n{item['test']}",
            _said(session, item["severity"]),
            _moved(item["findings_now"], item["findings_tried"]),
            f"+{item['added']} −{item['gone']}",
            _moved(item["heads_now"], item["heads_tried"]),
            _moved(item["yuan_now"], item["yuan_tried"]),
        ]
        for item in found["findings"]
    ]
    rows.append([session.words("合计", "total"), "", totals["findings"], "", totals["heads"], totals["yuan"]])
    headers = session.words("规则 级别 疑点 增减 人数 涉及金额（元）", "rule severity findings change heads yuan")
    session.table(headers.split(), rows)
    due = [
        [
            item["subsidy_kind"],
            _moved(item["yuan_now"], item["yuan_tried"]),
            f"{item['yuan_tried'] - item['yuan_now']:+,}",
        ]
        for item in found["due"]
        if item["yuan_now"] != item["yuan_tried"]
    ]
    if due:
        session.table(
            session.words("应补类别 应补金额（元） 差额（元）", "subsidy due difference").split(), due, right=(2,)
        )
    if found["figures"]:
        count = len(found["figures"])
        print(
            session.words(f"另有 {count} 个指标值变动，见 --json。", f"{count} indicator values move too, see --json.")
        )


def _moved(now: Any, tried: Any) -> str:
    """A figure and what it becomes, once where it stays."""
    return f"{now:,}" if now == tried else f"{now:,} → {tried:,}"


def _compared(session: Session, records: list[dict[str, Any]]) -> None:
    """One block a difference: two values side by side leave neither room for a list."""
    if not records:
        print(session.words("两份文件没有不同之处。", "The two documents do not differ."))
        return
    first, second = list(records[0])[2:]
    headers = [*session.words("类 名称", "kind name").split(), f"{first} / {second}"]
    rows = [
        [KINDS[record["kind"]][session.lang], record["name"], f"{record[first] or '—'}\n{record[second] or '—'}"]
        for record in records
    ]
    session.table(headers, rows)


def plain_text(value: Any) -> str:
    """A nested value in one cell."""
    if isinstance(value, dict):
        return "；".join(f"{key}={plain_text(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "\n".join(plain_text(item) for item in value)
    return str(value)
