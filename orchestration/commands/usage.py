"""How the command line itself speaks: help in columns that fit Chinese, wrong usage in one line of the user's language.

Not here: the commands, and errors of the work they start (`orchestration/errors.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import click

from orchestration.errors import UsageError

# joins without a break and takes no column: one after each wide character makes its length its width
FILLER = "\u2060"

# what a value of a type must be, by the name click gives the type
WANTED = {"integer": "整数", "integer range": "范围内的整数", "float": "数字", "choice": "所列的值之一"}


class Help(click.HelpFormatter):
    """Help pages wrapped by columns of the terminal, where a Chinese character takes two."""

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        super().write_text(_as_wide(text))

    def write_dl(self, rows: Iterable[tuple[str, str]], *spacing: Any, **named: Any) -> None:
        """Write a list of names and what they mean."""
        super().write_dl([(name, _as_wide(text)) for name, text in rows], *spacing, **named)

    def getvalue(self) -> str:
        """The page."""
        return super().getvalue().replace(FILLER, "")


def _as_wide(text: str) -> str:
    return "".join(c + FILLER if unicodedata.east_asian_width(c) in "WF" else c for c in text)


def told(error: click.ClickException) -> UsageError:
    """Wrong usage as one of our errors: what is wrong, and the help page that shows how it is done."""
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "skillhouse"
    zh, en = _what(error)
    return UsageError(f"{zh}。用法见：{command} --help", f"{en.rstrip('.')}. See: {command} --help")


def _what(error: click.ClickException) -> tuple[str, str]:
    english = " ".join(error.format_message().split())
    match error:
        case click.MissingParameter(param=click.Parameter() as param):
            return f"缺少参数 {_hint(param, error)}", english
        case click.BadParameter(param=click.Parameter() as param):
            wanted = f"：应为{WANTED[param.type.name]}" if param.type.name in WANTED else ""
            return f"参数 {_hint(param, error)} 的值不对{wanted}（{error.message.rstrip('.')}）", english
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}{_perhaps(error.possibilities)}", english
        case click.exceptions.NoSuchCommand():
            return f"没有命令 {error.command_name}{_perhaps(error.possibilities)}", english
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 后面缺少值", english
    surplus = re.search(r"extra arguments? \((.*)\)", english)
    return (f"多出了参数 {surplus[1]}" if surplus else f"用法不对（{english}）"), english


def _hint(param: click.Parameter, error: click.UsageError) -> str:
    return param.get_error_hint(error.ctx).replace("'", "")


def _perhaps(possibilities: list[str] | None) -> str:
    return f"，是否想用 {'、'.join(possibilities)}" if possibilities else ""
