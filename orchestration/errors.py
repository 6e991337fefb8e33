"""The base of every error that a user may see: one line, Chinese first, what, where and what to do.

Not here: the errors themselves, which live beside the code that raises them.
"""

from __future__ import annotations


class SkillhouseError(Exception):
    """Something refused or failed as told. `zh` and `en` are one line each; `exit_code` is that of the command (1 or 2).

    No message may hold an ID number, a name or a phone.
    """

    exit_code = 1

    def __init__(self, zh: str, en: str = "") -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en or zh

    def line(self, lang: str = "zh") -> str:
        """The message in one line of the language asked for (zh or en)."""
        return " ".join((self.en if lang == "en" else self.zh).split())


def told(error: BaseException) -> SkillhouseError | None:
    """The error as one of ours if it says what to do in both languages, as those of the pages do; else None."""
    if isinstance(error, SkillhouseError):
        return error
    zh, en = getattr(error, "zh", None), getattr(error, "en", None)
    return SkillhouseError(zh, en) if isinstance(zh, str) and isinstance(en, str) else None


class UsageError(SkillhouseError):
    """A wrong argument: the command ends with exit code 2."""

    exit_code = 2
