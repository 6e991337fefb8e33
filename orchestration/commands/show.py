"""`report`, `dashboard`: handing figures to people. Not here: what a report or a page shows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestration.commands.session import AsJson, Lang, Quiet, Release, open_session
from orchestration.errors import UsageError

KINDS = ("quarterly", "annual", "targets", "funds", "review")
FORMATS = ("xlsx", "docx", "pdf", "html")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("report")(report)
    app.command("dashboard")(dashboard)


def report(
    kind: Annotated[str, typer.Argument(help="quarterly、annual、targets、funds、review。 Kind.")],
    period: Annotated[str, typer.Option("--period", help="期间。 Period.")],
    unit: Annotated[str, typer.Option("--unit", help="填报单位。 Reporting unit.")],
    forms: Annotated[list[str] | None, typer.Option("-f", "--format", help="xlsx、docx、pdf、html。 Formats.")] = None,
    directory: Annotated[Path, typer.Option("-o", "--output", help="目录。 Folder.")] = Path("reports"),
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
    from orchestration.release import resolve

    resolve(session.settings, release)
    from dashboards.reports import write_report

    written = write_report(
        session.settings.home, kind, period, unit, formats, directory, lang=session.lang, release=release
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

    serve(session.settings.home, host=host, port=port, lang=session.lang)
