"""`doctor`: looking after the installation. Not here: what is looked at (`orchestration/doctor.py`)."""

from __future__ import annotations

from typing import Annotated

import typer

from orchestration.commands.session import AsJson, Lang, open_session


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("doctor")(doctor)


def doctor(
    packages: Annotated[bool, typer.Option("--packages", help="只列缺少的系统包。 Missing packages only.")] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """检查环境：缺什么、作何用、如何补。 What is missing and what it is for; every setting with its source."""
    from orchestration.doctor import missing_packages, report

    session = open_session(as_json=as_json, lang=lang)
    if packages:
        found = missing_packages()
        session.answer(found, lambda: print(" ".join(found)))
        return
    answer = report(session.settings)
    states = {"ok": session.words("正常", "ok"), "missing": session.words("缺少", "missing")}
    states["broken"] = session.words("故障", "broken")

    def show() -> None:
        session.table(
            session.words("项目 状态 详情 用途", "item state detail for").split(),
            [[f["name"], states[f["state"]], f["detail"], f[session.lang]] for f in answer["findings"]],
        )
        session.table(
            session.words("设置 值 来源", "setting value source").split(),
            [[s["name"], s["value"], s["source"]] for s in answer["settings"]],
        )

    session.answer(answer, show)
    if any(finding["state"] == "broken" for finding in answer["findings"]):
        raise typer.Exit(1)
