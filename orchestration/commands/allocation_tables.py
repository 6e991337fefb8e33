"""How proposals and decisions look in a terminal: tables that fit 80 columns and can be signed. Not here: any figure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from orchestration.commands.session import WIDTH, Session

PARTS = ("base", "task", "performance", "difficulty", "input")
HELD = {
    "floor": ("下限", "floor"), "cap": ("上限", "cap"), "locked": ("锁定", "locked"), "suspended": ("暂停", "suspended"),
    "shared": ("", ""),
}  # fmt: skip
FACTOR = {"base": ("基数", "base"), "task": ("任务", "task"), "performance": ("绩效", "performance"),
          "difficulty": ("难度", "difficulty"), "input": ("投入", "input")}  # fmt: skip
DECIDES = {
    "allocation": ("资金分配", "amounts"), "adjustment": ("区县间调剂", "money moved between districts"),
    "quota": ("培训计划调整", "quotas changed"), "claw_back": ("结余收回", "money clawed back"),
}  # fmt: skip
FACTS = {
    "allocation_id": ("编号", "id"), "decides": ("事项", "what"), "replaces": ("替代", "replaces"), "year": ("年度", "year"),
    "allocator_unit": ("单位", "unit"), "pool_fen": ("总额（元）", "pool, yuan"), "scheme": ("方案", "scheme"),
    "scenario": ("情景", "scenario"), "shares": ("份额另定（%）", "shares set, %"),
    "bounds": ("限额（上年的倍数）", "bounds, times last year"), "locks": ("锁定（元）", "locked, yuan"),
    "release_id": ("版本", "release"), "decided_by": ("决定人", "decided by"),
    "decided_at": ("时间（UTC）", "decided at"), "reason": ("理由", "reason"), "sha256": ("校验值", "sha256"),
}  # fmt: skip
SOURCE = {
    "given": ("命令给定", "as given"), "quota": ("本年已下达额度", "quota of the year"),
    "quotas_below": ("各区县本年额度合计", "quotas below"),
    "last_year": ("无本年额度，取上年支出", "no quota yet, last year's outlay"),
}  # fmt: skip


def show_proposal(session: Session, found: dict[str, Any], explain: bool) -> None:
    """Head, a table a scenario set, parts by number, totals and the line to sign."""
    words = session.words
    place = 0 if session.lang == "zh" else 1
    title = found["scheme_title"][session.lang]
    print(
        words(
            f"{found['allocator_name']} {found['year']} 年资金分配测算",
            f"{found['allocator_name']}, {found['year']}: proposed allocation",
        )
    )
    print(words(f"方案：{title}", f"Scheme: {title}"))
    pool = yuan(Decimal(found["pool_fen"]) / 100)
    print(
        words(
            f"可分配总额：{pool} 元（{SOURCE[found['pool_source']][0]}）",
            f"Pool: {pool} yuan ({SOURCE[found['pool_source']][1]})",
        )
    )
    print(words(f"版本：{found['release_id']}", f"Release: {found['release_id']}"))
    if len(found["scenarios"]) == 1:
        _one(session, found["scenarios"][0]["rows"], place)
    else:
        _side_by_side(session, found["scenarios"])
    for scenario in found["scenarios"]:
        shares = words("，", ", ").join(f"{f['label'][session.lang]} {f['share']}%" for f in scenario["factors"])
        name = words("份额", "Shares") if scenario["name"] == "proposal" else scenario["name"]
        print(words(f"{name}：{shares}", f"{name}: {shares}"))
        _bounds(session, scenario)
    if explain:
        print()
        for number, row in enumerate(found["scenarios"][0]["rows"], start=1):
            print(f"{number} {row['recipient_name']}：{row['reason' if place == 0 else 'reason_en']}")
    for line in found.get("sensitivity", []):
        _moved(session, line)
    print(words("\n测算：＿＿＿＿＿　审核：＿＿＿＿＿　批准：＿＿＿＿＿　日期：＿＿＿＿＿",
                "\nPrepared: ________  Checked: ________  Approved: ________  Date: ________"))  # fmt: skip


def _bounds(session: Session, scenario: dict[str, Any]) -> None:
    """Floor and cap of a scenario, a line each; nothing where it has none."""
    words = session.words
    scaled = {
        "floor": ("，总额小于上年合计时同比缩小", ", less in proportion where the pool is smaller"),
        "cap": ("，总额大于上年合计时同比放大", ", more in proportion where the pool is larger"),
    }
    for bound, names in (("floor", HELD["floor"]), ("cap", HELD["cap"])):
        told = {
            "of_last_year": words("上年的{}倍", "{} times last year's") + words(*scaled[bound]),
            "of_pool": words("总额的{}倍", "{} of the pool"), "yuan": words("{}元", "{} yuan"),
        }  # fmt: skip
        said = [told[key].format(value) for key, value in scenario[bound].items() if key in told]
        if said:
            print(f"  {words(*names)}{words('：', ': ')}{words('；', '; ').join(said)}")


def yuan(value: Any) -> str:
    """An amount with thousands marked and two decimals."""
    return f"{Decimal(str(value)):,.2f}"


def _one(session: Session, rows: list[dict[str, Any]], place: int) -> None:
    headers = session.words(
        "序 对象 得分 上年 建议 较上年 限", "no recipient score last_year proposed change held"
    ).split()
    table = [
        [n, row["recipient_name"], "" if row["score"] is None else f"{row['score']:.1f}", yuan(row["last_year_yuan"]),
         yuan(row["proposed_yuan"]), _change(row), HELD[row["held_at"]][place]]
        for n, row in enumerate(rows, start=1)
    ]  # fmt: skip
    table.append(
        ["", session.words("合计", "total"), "", _sum(rows, "last_year_yuan"), _sum(rows, "proposed_yuan"), "", ""]
    )
    session.table(headers, table, right=(0, 2, 3, 4, 5))
    used = [part for part in PARTS if any(Decimal(row[f"{part}_yuan"]) for row in rows)]
    print(session.words("构成（各项相加即为建议数，元）", "Parts (they add up to the amount, yuan)"))
    headers = [session.words("序", "no"), *(FACTOR[part][place] for part in used), session.words("调整", "adjusted")]
    names = [*(f"{part}_yuan" for part in used), "adjustment_yuan"]
    table = [[n, *(yuan(row[name]) for name in names)] for n, row in enumerate(rows, start=1)]
    table.append([session.words("计", "all"), *(_sum(rows, name) for name in names)])
    if sum(max(len(row[n]) for row in table) + 2 for n in range(1, len(headers))) > WIDTH - 6:
        # a number must never be broken over two lines
        table = [[row[0], *(cell.replace(",", "") for cell in row[1:])] for row in table]
    session.table(headers, table, right=range(len(headers)))
    print(
        session.words(
            "构成按对象取到分，一列的合计可与因素的份额相差几分。",
            "Parts are cut to the fen, so a column may miss its share by a few fen.",
        )
    )


def _side_by_side(session: Session, scenarios: list[dict[str, Any]]) -> None:
    amounts = [{row["recipient_id"]: row["proposed_yuan"] for row in scenario["rows"]} for scenario in scenarios]
    rows = scenarios[0]["rows"]
    headers = [
        *session.words("对象 上年", "recipient last_year").split(),
        *(scenario["name"] for scenario in scenarios),
    ]
    table = [
        [row["recipient_name"], yuan(row["last_year_yuan"]), *(yuan(found[row["recipient_id"]]) for found in amounts)]
        for row in rows
    ]
    total = [
        session.words("合计", "total"),
        _sum(rows, "last_year_yuan"),
        *(_sum(s["rows"], "proposed_yuan") for s in scenarios),
    ]
    session.table(headers, [*table, total], right=range(1, len(headers)))


def _moved(session: Session, line: dict[str, Any]) -> None:
    place = 0 if session.lang == "zh" else 1
    factor, sign = FACTOR[line["factor"]][place], {"up": "+20%", "down": "-20%"}[line["direction"]]
    total = yuan(line["moved_yuan"])
    gain, loss = (
        f"{line[side]['recipient_name']} {Decimal(line[side]['change_yuan']):+,.2f}"
        for side in ("most_gain", "most_loss")
    )
    zh = f"{factor}份额{sign}（{line['share']}%）：移动 {total} 元，{gain}，{loss}"
    print(session.words(zh, f"{factor} share {sign} ({line['share']}%): {total} yuan move; {gain}, {loss}"))


def show_list(session: Session, found: list[dict[str, Any]]) -> None:
    """The decisions on record, a line each, oldest first."""
    from orchestration.commands.review_print import compact

    words, place = session.words, 0 if session.lang == "zh" else 1
    if not found:
        print(words("还没有决定：用 skillhouse allocate decide 作出。", "No decision yet: `skillhouse allocate decide`."))
        return
    rows = [
        [r["allocation_id"][:8], DECIDES[r["decides"]][place], r["year"], r["allocator_unit"],
         "" if r["pool_fen"] is None else yuan(Decimal(r["pool_fen"]) / 100), r["decided_by"], r["decided_at"][:10],
         words("有效", "stands") if r["is_standing"] else words("已替代", "replaced")]
        for r in found
    ]  # fmt: skip
    headers = words("编号 事项 年度 单位 总额(元) 决定人 日期 状态", "id what year unit yuan by on state").split()
    compact(session, headers, rows, left=(0, 1, 3, 5, 6, 7), folding=(1, 5))


def show_record(session: Session, record: dict[str, Any]) -> None:
    """A decision: who, when, why, by what, and the amounts."""
    place = 0 if session.lang == "zh" else 1
    said = record | {"decides": DECIDES[record["decides"]][place]}
    if record.get("pool_fen") is not None:
        said["pool_fen"] = yuan(Decimal(record["pool_fen"]) / 100)
    for name, scale in (("shares", 1), ("bounds", 1), ("locks", 100)):
        said[name] = ", ".join(f"{key} {Decimal(value) / scale}" for key, value in (record.get(name) or {}).items())
    facts = [[names[place], said[name]] for name, names in FACTS.items() if said.get(name) not in (None, "")]
    session.table(session.words("项 值", "key value").split(), facts)
    if "changes" in record:
        show_change(session, record)
        return
    _one(session, record["amounts"], place)


def differing(session: Session, rows: list[dict[str, Any]]) -> list[str]:
    """A line for each recipient whose amount, computed again, is not the one decided; `none` where one of the two lacks it."""
    lines = []
    for row in rows:
        name, *values = (row[key] for key in row)
        then, now = (
            session.words("无", "none") if value in (None, "None")
            # amounts are fen, changes are as they were printed
            else yuan(Decimal(value) / 100) if isinstance(value, int) else f"{Decimal(value):+,.2f}"
            for value in values
        )  # fmt: skip
        lines.append(session.words(f"{name}：决定为 {then}，重算为 {now}", f"{name}: decided {then}, computed again {now}"))
    return lines


def show_change(session: Session, found: dict[str, Any]) -> None:
    """Money moved, quotas changed or money clawed back: before, change, after and why; whether it is on record; to be signed."""
    words, is_money = session.words, found["unit_of_measure"] == "yuan"
    what = words(*DECIDES[found["decides"]])
    print(
        words(
            f"{found['allocator_unit']} {found['year']} 年{what}", f"{found['allocator_unit']}, {found['year']}: {what}"
        )
    )
    unit = words("元", "yuan") if is_money else words("人次", "person-times")
    print(words(f"单位：{unit}　版本：{found['release_id']}", f"In {unit}; release {found['release_id']}"))
    headers = words("对象 原有 增减 之后 说明", "recipient before change after reason").split()
    reason = "reason" if session.lang == "zh" else "reason_en"

    def said(value: Any, sign: str = "") -> str:
        return f"{Decimal(str(value)):{sign},.{2 if is_money else 0}f}"

    table = [
        [
            row["recipient_name"],
            said(row["before_value"]),
            said(row["change_value"], "+"),
            said(row["after_value"]),
            # a line for each part: the table would break a number where the line ends
            re.sub("(?<=[：，；])|(?<=[:;]) ", "\n", row[reason]),
        ]
        for row in found["changes"]
    ]
    sums = [
        sum(Decimal(str(row[name])) for row in found["changes"])
        for name in ("before_value", "change_value", "after_value")
    ]
    session.table(
        headers,
        [*table, [words("合计", "total"), said(sums[0]), said(sums[1], "+"), said(sums[2]), ""]],
        right=(1, 2, 3),
    )
    if "allocation_id" in found:
        replaced = f"，替代 {found['replaces'][:8]}" if found["replaces"] else ""
        print(
            words(
                f"已记录决定 {found['allocation_id']}{replaced}。运行 skillhouse build 后进入新版本。",
                f"Decision {found['allocation_id']} is on record; `skillhouse build` brings it into a release.",
            )
        )
    else:
        print(words("尚未决定：加 --by 和 --reason 留下记录。", "Not decided: --by and --reason put it on record."))
    print(words("\n提出：＿＿＿＿＿　审核：＿＿＿＿＿　批准：＿＿＿＿＿　日期：＿＿＿＿＿",
                "\nProposed: ________  Checked: ________  Approved: ________  Date: ________"))  # fmt: skip


def _change(row: dict[str, Any]) -> str:
    before = Decimal(row["last_year_yuan"])
    return f"{(Decimal(row['proposed_yuan']) - before) / before:+.1%}" if before else "—"


def _sum(rows: list[dict[str, Any]], name: str) -> str:
    return yuan(sum((Decimal(row[name]) for row in rows), Decimal(0)))
