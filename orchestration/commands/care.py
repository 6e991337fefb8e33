"""`doctor`, `backup`, `restore`, `bench`: looking after the installation.

Not here: what is looked at, kept or measured (`doctor.py`, `backup.py`, `bench.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from orchestration.commands.session import AsJson, Lang, Quiet, Session, open_session


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("doctor")(doctor)
    app.command("backup")(backup)
    app.command("restore")(restore)
    app.command("bench")(bench)


def doctor(
    packages: Annotated[bool, typer.Option("--packages", help="只列缺少的系统包。 Missing packages only.")] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """检查环境：缺什么、如何补。 What is missing, what for."""
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


def backup(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="备份目录。 Where to keep it.")],
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """备份数据目录（含密钥）。 Back up the home, keys and all."""
    from orchestration.backup import backup as run

    session = open_session(as_json=as_json, lang=lang)
    answer = run(session.settings, directory)
    told = (answer["files"], answer["bytes"] / 1e6, answer["copied"], answer["directory"])
    line = session.words("备份 {} 个文件（{:.1f} MB），本次复制 {}：{}", "{} files ({:.1f} MB), {} copied now: {}")
    session.answer(answer, lambda: print(line.format(*told)))


def restore(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="备份目录。 The backup.")],
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """从备份恢复，核对全部散列。 Restore a backup; check hashes."""
    from orchestration.backup import restore as run

    session = open_session(as_json=as_json, lang=lang)
    answer = run(session.settings, directory)
    line = session.words("已恢复 {} 个文件到 {}", "{} files restored to {}")
    session.answer(answer, lambda: print(line.format(answer["files"], answer["home"])))


def bench(
    people: Annotated[list[int] | None, typer.Option("--people", min=40, help="人次数，可多个。 Sizes.")] = None,
    more: Annotated[list[int] | None, typer.Argument(metavar="[N…]", help="更多人次数。 More sizes.")] = None,
    seed: Annotated[int, typer.Option(help="随机种子。 Seed.")] = 1,
    as_json: AsJson = False,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """测速：用时、内存，与脚本对比。 Time and memory by stage."""
    from orchestration.bench import run_bench

    session = open_session(as_json=as_json, lang=lang, quiet=quiet)
    sizes = [*(people or ([] if more else [60000])), *(more or [])]
    session.notice(f"测速：{'、'.join(map(str, sizes))} 人次", f"bench: {', '.join(map(str, sizes))} person-times")
    results = run_bench(session.settings, sizes, seed)
    session.answer(results, lambda: [show_bench(session, result) for result in results])


def show_bench(session: Session, result: dict[str, Any]) -> None:
    """Print one size: stages with their parts, the comparison, the start-up times."""
    words = session.words
    title = (result["people"], result["files"], result["bytes"] / 1e6)
    print(words("{} 人次，{} 份文件，{:.1f} MB", "{} person-times, {} files, {:.1f} MB").format(*title))
    rows = []
    for stage in result["stages"]:
        speed = f"{stage['rows_per_second']:,}" if stage["rows_per_second"] else ""
        rows.append([stage["stage"], f"{stage['seconds']:.2f}", f"{stage['peak_mb']:.0f}", speed])
        rows += [[f"  {name}", f"{seconds:.2f}", "", ""] for name, seconds in _parts(result, stage["stage"])]
    session.table(words("阶段 秒 内存MB 行/秒", "stage seconds MB rows/s").split(), rows, right=(1, 2, 3))
    compared = [
        [item["stage"], f"{item['seconds']:.2f}", f"{item['peak_mb']:.0f}", f"{item['pipeline_is']}x"]
        for item in result["compared"]
    ]
    session.table(words("对比 秒 内存MB 本系统为其", "beside seconds MB ours").split(), compared, right=(1, 2, 3))
    same = words("目标表相同", "same target table") if result["same_table"] else words("目标表不同！", "tables DIFFER")
    print(f"{same}；{words('启动', 'start-up')}：" + "，".join(f"{k} {v:.2f} s" for k, v in result["starts"].items()))


def _parts(result: dict[str, Any], stage: str) -> list[tuple[str, float]]:
    return list(result["parts"].get(stage, {}).items())
