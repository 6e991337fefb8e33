"""`report`, `dashboard`: handing figures to people. Not here: what a report or a page shows.

A report ordered on the pages is written by `report-run` in a process of its own, as a Dagster run of the home.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from orchestration.commands.session import AsJson, Lang, Quiet, Release, open_session
from orchestration.errors import UsageError

KINDS = ("quarterly", "annual", "targets", "funds", "review")
FORMATS = ("xlsx", "docx", "pdf", "html")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("report")(report)
    app.command("dashboard")(dashboard)
    app.command("report-run", hidden=True)(report_run)


def report(
    kind: Annotated[str, typer.Argument(help="quarterly、annual、targets、funds、review。 Kind.")],
    period: Annotated[str, typer.Option("--period", help="期间。 Period.")],
    unit: Annotated[str, typer.Option("--unit", help="填报单位。 Reporting unit.")],
    forms: Annotated[list[str] | None, typer.Option("-f", "--format", help="xlsx、docx、pdf、html。 Formats.")] = None,
    directory: Annotated[Path, typer.Option("-o", "--output", help="目录。 Folder.")] = Path("reports"),
    public: Annotated[
        bool, typer.Option("--public", help="公开版：不足10人的数不公开，其余取整。 Disclosure control.")
    ] = False,
    release: Release = None,
    as_json: AsJson = False,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """写出报表。 Write a report."""
    session = open_session(as_json=as_json, lang=lang, quiet=quiet)
    formats = forms or ["xlsx"]
    if kind not in KINDS:
        raise UsageError(f"没有报表 {kind}；可用：{'、'.join(KINDS)}。", f"no report {kind}; use {', '.join(KINDS)}.")
    for form in formats:
        if form not in FORMATS:
            raise UsageError(
                f"没有格式 {form}；可用：{'、'.join(FORMATS)}。", f"no format {form}; use {', '.join(FORMATS)}."
            )
    from orchestration.release.publish import resolve

    resolve(session.settings, release)
    from dashboards.reports import write_report

    written = write_report(
        session.settings.home, kind, period, unit, formats, directory, lang=session.lang, release=release, public=public
    )
    session.answer({"files": [str(path) for path in written]}, lambda: print("\n".join(map(str, written))))


def dashboard(
    host: Annotated[str, typer.Option(help="监听地址，缺省只本机。 Address, default this machine only.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口。 Port.")] = 8050,
    lang: Lang = None,
) -> None:
    """打开看板网页。 Serve the pages."""
    session = open_session(lang=lang)
    from dashboards.app import serve

    serve(session.settings.home, host=host, port=port, lang=session.lang, start=start_report)


def start_report(home: Path, identity: str) -> None:
    """Start an ordered report in a process of its own: it takes a core for seconds, and pages must not wait for it."""
    command = [sys.executable, "-c", "from orchestration.cli import main; main()", "report-run", str(home), identity]
    subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def report_run(
    home: Annotated[Path, typer.Argument(help="SKILLHOUSE_HOME。 Home.")],
    identity: Annotated[str, typer.Argument(help="报表任务编号。 Id of the run.")],
) -> None:
    """写出页面上预约的报表。 Write a report ordered on the pages."""
    run_ordered(home, identity)


def run_ordered(home: Path, identity: str) -> None:
    """Write the ordered report; its state, files and hashes stand in the order, the run in the home's Dagster instance."""
    os.nice(5)
    import dagster as dg

    from dashboards import runs
    from orchestration.hashes import file_hash
    from orchestration.instance import open_instance
    from orchestration.settings import load_settings

    run = runs.read(home, identity)
    if run is None or run["state"] != "queued":
        return
    settings = load_settings(home)

    def tell(**changes: Any) -> None:
        run.update(changes)
        runs.write(home, run)

    @dg.op(name="write_ordered_report", out=dg.Out(dg.Nothing))
    def step(context) -> None:  # noqa: ANN001 - Dagster reads the annotation, which is text in this module
        tell(state="running", process=os.getpid(), dagster_run=context.run_id)
        for number, path in enumerate(_files(home, identity, run), 1):
            written = {"name": path.name, "sha256": file_hash(path), "bytes": path.stat().st_size}
            context.log_event(dg.AssetMaterialization(asset_key=["ordered_report", path.name], metadata=written))
            tell(done=number, files=[*run["files"], written])

    @dg.job(name="ordered_report", executor_def=dg.in_process_executor)
    def job() -> None:
        step()

    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    with open_instance(settings) as instance:
        try:
            job.execute_in_process(instance=instance, run_config=quiet)
        except Exception as error:  # noqa: BLE001 - whoever ordered it is told; the text of a library is not shown
            from orchestration.errors import told
            from orchestration.faults import record

            known = told(error) or (told(error.__cause__) if error.__cause__ else None)
            zh, en = (known.zh, known.en) if known else record(error)
            tell(state="failed", message_zh=zh, message_en=en)
            return
    tell(state="done")


def _files(home: Path, identity: str, run: dict[str, Any]) -> Iterator[Path]:
    from dashboards import runs
    from dashboards.reports import write_report

    for form in run["formats"]:
        yield from write_report(
            home, run["kind"], run["period"], run["unit"], [form], runs.folder(home) / identity, lang=run["lang"],
            release=run["release_id"],
        )  # fmt: skip
