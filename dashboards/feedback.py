"""Feedback of a home: which there is for a unit, what it says, and which workbooks may be handed out over the pages.

A feedback workbook repeats the rows of the file it answers. Where such a file holds names, ID numbers or phones (the
vault has a folder for its dataset), the workbook stays in the home: the data steward hands it over. The answer beside it
(JSON, form: `expectations/feedback.schema.json`) repeats no cell; a page may show it. Not here: the row account.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboards.access import Scope

UNIT, PERIOD = re.compile(r"[0-9A-Za-z]{1,20}"), re.compile(r"[0-9A-Za-z-]{4,12}")
ENDING, ANSWER = ".反馈.xlsx", ".反馈.json"
# of a file name, what its feedback is named by
STEM = 50
NEWEST = 1000
ROLES = ("local", "planner", "steward", "auditor", "city_planner")


@dataclass(frozen=True)
class Feedback:
    """One workbook or answer; `name` as it lies in the folder."""

    unit: str
    period: str
    name: str

    @property
    def answers(self) -> str:
        """The stem of the file it answers, as `stem_of` cuts it."""
        return self._parts[0]

    @property
    def mark(self) -> str:
        """Eight hex digits that tell files of one stem apart."""
        return self._parts[2]

    @property
    def _parts(self) -> tuple[str, str, str]:
        return self.name.removesuffix(ENDING).removesuffix(ANSWER).rpartition("-")


def stem_of(file_name: str) -> str:
    """What the feedback of a file is named by."""
    return file_name.rsplit(".", 1)[0][:STEM]


def listed(home: Path | None, unit: str, scope: Scope, ending: str = ENDING) -> list[Feedback]:
    """Workbooks (or, with `ending` ANSWER, answers) of a unit by period and name; none where the scope does not cover it."""
    if home is None or not UNIT.fullmatch(unit) or not scope.covers(unit) or scope.role not in ROLES:
        return []
    folder = Path(home) / "feedback" / unit
    return [
        Feedback(unit, path.parent.name, path.name)
        for path in sorted(folder.glob(f"*/*{ending}"))
        if PERIOD.fullmatch(path.parent.name)
    ]


def is_personal(home: Path, dataset: str) -> bool:
    """Whether files of the dataset hold persons."""
    return (Path(home) / "vault" / dataset).is_dir()


def path_of(home: Path, unit: str, period: str, name: str, scope: Scope) -> Path | None:
    """The file of a workbook that is listed, None for any other name."""
    found = Feedback(unit, period, name)
    return Path(home) / "feedback" / unit / period / name if found in listed(home, unit, scope) else None


def answer_of(home: Path | None, unit: str, period: str, mark: str, scope: Scope) -> dict[str, Any] | None:
    """The answer to a file, by the mark in its name; None where there is none that the scope covers."""
    found = [one for one in listed(home, unit, scope, ANSWER) if (one.period, one.mark) == (period, mark)]
    return _read(Path(home or "") / "feedback" / unit / period / found[0].name) if found else None


def not_taken(home: Path | None, unit: str, scope: Scope) -> list[tuple[Feedback, dict[str, Any]]]:
    """Files of a unit ('' for all) refused or held and not sent again since, newest first, with what `stakes` tells.

    Looks at the newest `NEWEST` answers: an office that wants more reads the folder.
    """
    folder = Path(home or "") / "feedback"
    codes = [unit] if unit else sorted(path.name for path in folder.glob("*")) if home else []
    found = [(_written(home, one), one) for code in codes for one in listed(home, code, scope, ANSWER)]
    newest: dict[tuple, Feedback] = {}
    for _, one in sorted(found, key=lambda pair: pair[0])[-NEWEST:]:
        newest.pop((one.unit, one.period, one.answers), None)
        newest[one.unit, one.period, one.answers] = one
    told = [(one, stakes(home, one)) for one in reversed(newest.values())]
    return [pair for pair in told if pair[1]["verdict"] in ("refused", "held")]


def _written(home: Path, one: Feedback) -> int:
    return (Path(home) / "feedback" / one.unit / one.period / one.name).stat().st_mtime_ns


def stakes(home: Path, one: Feedback) -> dict[str, Any]:
    """What an answer says in short: file_name, dataset, submission_id, verdict, stake ({rows, fen, heads})."""
    return _short(Path(home) / "feedback" / one.unit / one.period / one.name, _written(home, one))


def _read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=4096)
def _short(path: Path, written_at: int) -> dict[str, Any]:
    # an answer may list twenty thousand cells: what a list shows of it is kept until it is written anew
    whole = _read(path)
    return {name: whole[name] for name in ("file_name", "dataset", "submission_id", "verdict", "stake")}
