"""What every command shares: language, JSON or table, notices, progress bars.

Data goes to stdout, everything else to stderr. Not here: any command.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from orchestration.errors import UsageError
from orchestration.settings import Settings, load_settings

AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出。 Print JSON.")]
Lang = Annotated[str | None, typer.Option("--lang", help="提示语言 zh 或 en。 Language of messages.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="不显示进度与提示。 No progress, no notices.")]
Unit = Annotated[str | None, typer.Option("--unit", help="填报单位代码或名称。 Reporting unit.")]
Period = Annotated[str | None, typer.Option("--period", help="2021、2021Q2、202106。 Period.")]
Release = Annotated[str | None, typer.Option("--release", help="发布版本，缺省为当前。 Release, default the current.")]

LANGUAGES = ("zh", "en")
WIDTH = 80

Progress = Callable[[str, int, int], None]

_preferred: str | None = None


def prefer(lang: str | None) -> None:
    """The language given before the command, for commands that are given none themselves."""
    global _preferred
    _preferred = lang


@dataclass
class Session:
    """One command's settings and manner of answering."""

    settings: Settings
    lang: str
    as_json: bool = False
    quiet: bool = False

    def words(self, zh: str, en: str) -> str:
        """The text in the session's language."""
        return en if self.lang == "en" else zh

    def notice(self, zh: str, en: str) -> None:
        """One line to stderr, unless quiet."""
        if not self.quiet:
            print(self.words(zh, en), file=sys.stderr)

    def answer(self, value: Any, show: Callable[[], None]) -> None:
        """Print `value` as JSON, or what `show` prints."""
        if self.as_json:
            print(json.dumps(value, ensure_ascii=False, indent=2, default=plain))
        else:
            show()

    def verdict(self, value: Any, problems: Sequence[str], good: str) -> None:
        """Print what is wrong, a line each, or `good`; exit code 1 where anything is wrong."""
        self.answer(value, lambda: print("\n".join(problems) or good))
        if problems:
            raise typer.Exit(1)

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[Any]], right: Sequence[int] = ()) -> None:
        """Print a table that fits the terminal, or 80 columns where there is none. `right`: columns aligned right."""
        from rich import box
        from rich.table import Table

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
        for number, header in enumerate(headers):
            table.add_column(header, justify="right" if number in right else "left", overflow="fold")
        for row in rows:
            table.add_row(*("" if cell is None else _safe(str(cell)) for cell in row))
        self.console().print(table)

    def console(self) -> Any:
        """A rich console on stdout: as wide as the terminal, else 80 columns."""
        from rich.console import Console

        console = Console(file=sys.stdout, highlight=False, emoji=False, soft_wrap=False)
        if not sys.stdout.isatty():
            console = Console(file=sys.stdout, highlight=False, emoji=False, width=WIDTH, color_system=None)
        return console

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A callback `(stage, done, total)` that draws a bar on stderr once the work has taken a second."""
        if self.quiet or self.as_json or not sys.stderr.isatty():
            yield lambda stage, done, total: None
            return
        bars = _Bars(self)
        try:
            yield bars.report
        finally:
            bars.stop()


class _Bars:
    def __init__(self, session: Session) -> None:
        self.started = time.monotonic()
        self.session = session
        self.bar: Any = None
        self.tasks: dict[str, Any] = {}

    def report(self, stage: str, done: int, total: int) -> None:
        if self.bar is None:
            if time.monotonic() - self.started < 1.0:
                return
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            self.bar = Progress(*columns, console=Console(file=sys.stderr), transient=True)
            self.bar.start()
        if stage not in self.tasks:
            self.tasks[stage] = self.bar.add_task(STAGES.get(stage, {}).get(self.session.lang, stage), total=total)
        self.bar.update(self.tasks[stage], completed=done, total=total)

    def stop(self) -> None:
        if self.bar is not None:
            self.bar.stop()


STAGES = {
    "receive": {"zh": "接收", "en": "receive"},
    "read": {"zh": "读取", "en": "read"},
    "gate": {"zh": "校验", "en": "gate"},
    "commit": {"zh": "入库", "en": "commit"},
    "feedback": {"zh": "反馈", "en": "feedback"},
    "sample": {"zh": "生成样例", "en": "sample"},
    "try": {"zh": "试算政策", "en": "try policy"},
    "prepare": {"zh": "准备", "en": "prepare"},
    "dbt": {"zh": "计算", "en": "build"},
    "audit": {"zh": "审计", "en": "audit"},
    "publish": {"zh": "发布", "en": "publish"},
    "report": {"zh": "报表", "en": "report"},
}


def open_session(*, as_json: bool = False, lang: str | None = None, quiet: bool = False) -> Session:
    """The session of one command; UsageError for a language that is neither zh nor en."""
    settings = load_settings(lang=lang or _preferred)
    chosen = settings["lang"]
    if chosen not in LANGUAGES:
        raise UsageError(f"语言只有 zh 和 en，没有 {chosen!r}。", f"languages are zh and en, not {chosen!r}.")
    return Session(settings, chosen, as_json, quiet or as_json)


def plain(value: Any) -> Any:
    """A value JSON has no type for: dates ISO, money as text with two decimals, paths as text."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _safe(text: str) -> str:
    from rich.markup import escape

    return escape(text)
