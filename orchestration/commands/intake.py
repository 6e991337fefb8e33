"""`sample`, `template`, `load`, `submissions`: getting data in. Not here: reading, judging or committing it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from orchestration.commands.session import AsJson, Lang, Period, Quiet, Session, Unit, open_session
from orchestration.errors import UsageError

VERDICTS = {
    "accepted": "已接收",
    "quarantined": "部分隔离",
    "refused": "已拒收",
    "empty": "无数据行",
    "unchanged": "未变化",
    "held": "暂缓",
}
STATES = {
    "standing": "现行",
    "empty": "无数据行",
    "held": "暂缓",
    "unchanged": "未变化",
    "refused": "已拒收",
    "superseded": "已被替代",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("sample")(sample)
    app.command("template")(template)
    app.command("load")(load)
    app.command("submissions")(submissions)


def sample(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="写入的目录。 Where to write.")],
    people: Annotated[int, typer.Option(min=1, help="完成培训人次数。 Completed person-times.")] = 60200,
    first: Annotated[str, typer.Option("--from", help="首月。 First month.")] = "2019-01",
    last: Annotated[str, typer.Option("--to", help="末月。 Last month.")] = "2021-12",
    unit: Annotated[str, typer.Option(help="填报单位代码。 Reporting unit.")] = "500103",
    dirt: Annotated[str, typer.Option(help="none 或 real。 Dirt: none or real.")] = "real",
    form: Annotated[str, typer.Option("--format", help="mixed、xlsx、csv、parquet。 Format.")] = "mixed",
    seed: Annotated[int, typer.Option(help="随机种子。 Seed.")] = 1,
    truth: Annotated[Path | None, typer.Option(help="真值 JSON 文件。 File of true values.")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """生成样例（虚构人员）。 Write a synthetic bureau's exports."""
    from dataclasses import asdict, is_dataclass

    session = open_session(as_json=as_json, lang=lang, quiet=quiet)
    _one_of(dirt, ("none", "real"), "--dirt")
    _one_of(form, ("mixed", "xlsx", "csv", "parquet"), "--format")
    from orchestration.sample import write_sample

    report = write_sample(
        directory, people=people, first=first, last=last, unit=unit, dirt=dirt, form=form, seed=seed, truth=truth
    )
    facts = asdict(report) if is_dataclass(report) and not isinstance(report, type) else {}
    files = sum(1 for path in directory.rglob("*") if path.is_file())
    answer = {"directory": str(directory), "files": files, "truth": truth, **facts}
    session.answer(
        answer,
        lambda: print(
            session.words(f"样例已写入 {directory}：{files} 个文件。", f"Sample in {directory}: {files} files.")
        ),
    )


def template(
    dataset: Annotated[str, typer.Argument(help="数据集名称，如 enrollments。 Dataset.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="文件名。 File to write.")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """写出空白填报模板。 Write an empty workbook to fill in."""
    from orchestration.template import write_template

    session = open_session(as_json=as_json, lang=lang)
    target = write_template(dataset, output or Path(f"{dataset}.xlsx"))
    session.answer(
        {"dataset": dataset, "file": str(target)},
        lambda: print(session.words(f"模板已写入 {target}", f"Template written to {target}")),
    )


def load(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="文件、文件夹或压缩包。 Files or folders.")],
    unit: Unit = None,
    period: Period = None,
    dataset: Annotated[str | None, typer.Option(help="数据集；缺省按表头识别。 Dataset.")] = None,
    add: Annotated[bool, typer.Option("--add", help="补充而不替换。 Add to the submission.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只校验不入库。 Judge, commit nothing.")] = False,
    phase: Annotated[str, typer.Option(help="宽严：preview、in-year 或 final。 How strictly to judge.")] = "final",
    output: Annotated[
        Path, typer.Option("-o", "--output", help="试运行时反馈文件的目录。 Folder for feedback of a dry run.")
    ] = Path("feedback"),
    as_json: AsJson = False,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """装载：逐个校验并入库。 Judge files, keep what is accepted."""
    session = open_session(as_json=as_json, lang=lang, quiet=quiet)
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise UsageError(f"没有这个文件或文件夹：{missing[0]}", f"no such file or folder: {missing[0]}")
    _one_of(phase, ("preview", "in-year", "final"), "--phase")
    from orchestration.jobs import run_load

    with session.progress() as progress:
        report = run_load(
            session.settings,
            [str(path) for path in paths],
            unit=unit,
            period=period,
            dataset=dataset,
            add=add,
            dry_run=dry_run,
            phase=phase.replace("-", "_"),
            answers=str(output.absolute()) if dry_run else None,
            # a district reads Chinese; whoever reads English finds it beside
            lang="both" if session.lang == "en" else "zh",
            progress=progress,
        )
    answer = {"files": [_told(session, file) for file in report.files], "submissions": report.submissions}
    session.answer(answer, lambda: show_load(session, report.files, report.submissions))
    if report.refused:
        raise typer.Exit(1)


def show_load(session: Session, files: list[dict[str, Any]], submissions: list[dict[str, Any]]) -> None:
    """Print what became of each file that is not simply accepted, and the totals."""
    from expectations.feedback_summary import mend_line

    counts = ("rows_read", "rows_not_data", "rows_duplicate", "rows_quarantined", "rows_accepted")
    attention = [file for file in files if file["verdict"] not in ("accepted", "empty", "unchanged")]
    shown = files if len(files) <= 20 else attention[:40]
    if shown:
        headers = session.words(
            "文件 数据集 结论 读入 非数据 重复 隔离 接收", "file dataset verdict read other dup bad ok"
        )
        session.table(
            headers.split(),
            [
                [
                    file["file_name"],
                    file["dataset"],
                    _verdict(session, file["verdict"]),
                    *(file[name] for name in counts),
                ]
                for file in shown
            ],
            right=range(3, 8),
        )
    for file in attention[:40]:
        for reason in file["reasons"][:3]:
            at = " ".join(str(reason[k]) for k in ("sheet", "row_no", "column") if reason.get(k) not in (None, ""))
            print(f"  {file['file_name']} {at}: {_message(session, reason)}")
        if file.get("stake", {}).get("rows"):
            print(f"  {file['file_name']} {mend_line(**file['stake'], lang=session.lang)}")
        if file.get("feedback_file"):
            print("  " + session.words("反馈文件：", "feedback: ") + str(file["feedback_file"]))
    totals = {name: sum(file[name] or 0 for file in files) for name in counts}
    verdicts: dict[str, int] = {}
    for file in files:
        verdicts[file["verdict"]] = verdicts.get(file["verdict"], 0) + 1
    print(
        session.words(
            f"共 {len(files)} 份：" + "，".join(f"{VERDICTS.get(k, k)} {n}" for k, n in sorted(verdicts.items())),
            f"{len(files)} parts: " + ", ".join(f"{k} {n}" for k, n in sorted(verdicts.items())),
        )
    )
    print(
        session.words(
            "读入 {rows_read} 行 = 非数据 {rows_not_data} + 重复 {rows_duplicate}"
            " + 隔离 {rows_quarantined} + 接收 {rows_accepted}",
            "{rows_read} rows read = {rows_not_data} not data + {rows_duplicate} duplicate"
            " + {rows_quarantined} quarantined + {rows_accepted} accepted",
        ).format(**totals)
    )
    for item in submissions:
        if item["state"] == "held":
            slot = f"{item['dataset']} {item['reporting_unit']} {item['period']}"
            print(session.words(f"{slot}：暂缓，须整体重报，或加 --add", f"{slot}: held; send it whole, or use --add"))


def submissions(
    everything: Annotated[bool, typer.Option("--all", help="含已被替代与拒收的。 Superseded and refused too.")] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """列出已接收的报送。 What was sent, and what came of it."""
    session = open_session(as_json=as_json, lang=lang)
    from orchestration.intake.submission import list_submissions

    found = list_submissions(session.settings, all=everything)
    headers = session.words("报送 数据集 单位 期间 状态 时间", "submission dataset unit period state time").split()

    def show() -> None:
        session.table(headers, [_submission_row(session, item) for item in found])

    session.answer(found, show)


def _submission_row(session: Session, item: dict[str, Any]) -> list[Any]:
    at = str(item["at"])[:16].replace("T", " ")
    state = session.words(STATES.get(item["state"], item["state"]), item["state"])
    identity = str(item.get("submission_id") or "")[:8]
    return [identity, item.get("dataset"), item.get("reporting_unit"), item.get("period"), state, at]


def _one_of(value: str, allowed: tuple[str, ...], option: str) -> None:
    if value not in allowed:
        choices = "、".join(allowed)
        raise UsageError(f"{option} 只能是 {choices}。", f"{option} must be one of {', '.join(allowed)}.")


def _verdict(session: Session, verdict: str) -> str:
    return session.words(VERDICTS.get(verdict, verdict), verdict)


def _message(session: Session, reason: dict[str, Any]) -> str:
    return reason["message"]["en" if session.lang == "en" else "zh"]


def _told(session: Session, file: dict[str, Any]) -> dict[str, Any]:
    """A file's entry with each message in the language asked for."""
    entries = {
        name: [entry | {"message": _message(session, entry)} for entry in file[name]] for name in ("reasons", "notices")
    }
    return file | entries
