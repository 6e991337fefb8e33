"""`demo`: the whole way once, with synthetic data. Not here: the way itself (`orchestration/demo.py`)."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import typer

from orchestration.commands.session import AsJson, Lang, Quiet, Session, open_session

SEVERITIES = {"block": "不予支付", "flag": "提示", "preview": "预览"}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("demo")(demo)


def demo(
    people: Annotated[int, typer.Option(min=40, help="完成培训人次数。 Completed person-times.")] = 60200,
    seed: Annotated[int, typer.Option(help="随机种子。 Seed.")] = 1,
    as_json: AsJson = False,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """演示：从样例到报表走一遍。 The whole way, on sample exports."""
    from orchestration.demo import run_demo

    session = open_session(as_json=as_json, lang=lang, quiet=quiet)
    with session.progress() as progress:
        answer = run_demo(session.settings, people=people, seed=seed, progress=progress, notice=session.notice)
    session.answer(answer, lambda: show(session, answer))


def show(session: Session, answer: dict[str, Any]) -> None:
    """Print targets against actuals, the row account, the findings and where the files lie."""
    words = session.words
    print(words("目标与实际（渝中区，虚构数据）", "Targets and actuals (Yuzhong, synthetic data)"))
    met = {True: words("达标", "met"), False: words("未达标", "not met"), None: "-"}
    session.table(
        words("指标 期间 目标 实际 完成率 结论", "indicator period target actual completion state").split(),
        [
            [
                row[f"label_{session.lang}"] or row["indicator_code"],
                row["period"],
                _number(row["target_value"], row["unit_of_measure"]),
                _number(row["actual_value"], row["unit_of_measure"]),
                "-" if row["completion_ratio"] is None else f"{float(row['completion_ratio']):.1%}",
                met[row["is_met"]],
            ]
            for row in answer["targets"]
            if not row["breakdown"]
        ],
        right=(2, 3, 4),
    )
    account = {name: f"{value or 0:,}" for name, value in answer["row_account"].items()}
    print(
        words(
            "行数账：{files} 份文件，读入 {rows_read} 行 = 非数据 {rows_not_data} + 重复 {rows_duplicate}"
            " + 隔离 {rows_quarantined} + 接收 {rows_accepted}（其中已被替代 {rows_superseded}）",
            "Row account: {files} files, {rows_read} rows read = {rows_not_data} not data + {rows_duplicate} duplicate"
            " + {rows_quarantined} quarantined + {rows_accepted} accepted ({rows_superseded} superseded)",
        ).format(**account)
    )
    _findings(session, answer)
    home = session.settings.home
    print()
    print(words(f"样例文件    {answer['exports']}", f"Exports     {answer['exports']}"))
    print(words(f"反馈文件    {home / 'feedback'}", f"Feedback    {home / 'feedback'}"))
    print(words(f"当前版本    {answer['release_id']}", f"Release     {answer['release_id']}"))
    print(words(f"数据仓库    {answer['warehouse']}", f"Warehouse   {answer['warehouse']}"))
    for path in answer["reports"]:
        print(words(f"报表        {path}", f"Report      {path}"))
    print(words("打开看板    skillhouse dashboard", "Pages       skillhouse dashboard"))


def _findings(session: Session, answer: dict[str, Any]) -> None:
    """Findings by rule with persons named and yuan, beside what the sample planted."""
    words = session.words
    planted = {(row["rule_id"], row["test"]): row["count"] for row in answer["planted"]}
    found = answer["findings"]
    print(
        words(
            "政策疑点，按条款（植入：样例有意留下的件数）",
            "Policy findings by rule (planted: left in the sample on purpose)",
        )
    )
    session.table(
        words("条款 疑点 级别 件数/植入 人数 金额（元）", "rule finding severity cases/planted persons yuan").split(),
        [
            [
                row["rule_id"],
                row[f"title_{session.lang}"] or row["test"],
                words(SEVERITIES.get(row["severity"], row["severity"]), row["severity"]),
                f"{row['findings']}/{planted.get((row['rule_id'], row['test']), 0)}",
                row["heads"],
                "-" if row["amount_yuan"] is None else f"{Decimal(row['amount_yuan']):,}",
            ]
            for row in found
        ],
        right=(3, 4, 5),
    )
    rules, cases = len(found), sum(row["findings"] for row in found)
    yuan = f"{sum(Decimal(row['amount_yuan'] or 0) for row in found):,}"
    print(
        words(f"共 {rules} 项、{cases} 件，涉及 {yuan} 元；", f"{rules} rules, {cases} cases, {yuan} yuan at stake; ")
        + (
            words("与样例植入的件数、人数、金额逐项一致。", "cases, persons and yuan are those planted, rule by rule.")
            if answer["findings_as_planted"]
            else words(
                f"与样例植入的不一致，请核对 {answer['truth']}。", f"not those planted: compare {answer['truth']}."
            )
        )
    )


def _number(value: Any, unit: str) -> str:
    if value is None:
        return "-"
    number = float(value)
    if unit == "ratio":
        return f"{number:.1%}"
    return f"{number:,.0f}" if number.is_integer() else f"{number:,.2f}"
