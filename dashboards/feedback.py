"""Feedback workbooks of a home: which there are for a unit, and which may be handed out over the pages.

A feedback workbook repeats the rows of the file it answers. Where such a file holds names, ID numbers or phones (the
vault has a folder for its dataset), the workbook stays in the home: the data steward hands it over. Not here: the
figures of the row account.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from dashboards.access import Scope

UNIT, PERIOD = re.compile(r"[0-9A-Za-z]{1,20}"), re.compile(r"[0-9A-Za-z-]{4,12}")
ENDING = ".反馈.xlsx"
ROLES = ("local", "planner", "steward", "auditor", "city_planner")


@dataclass(frozen=True)
class Feedback:
    """One workbook; `name` as it lies in the folder, `answers` the stem of the file it answers."""

    unit: str
    period: str
    name: str

    @property
    def answers(self) -> str:
        return self.name.removesuffix(ENDING).rpartition("-")[0]


def listed(home: Path | None, unit: str, scope: Scope) -> list[Feedback]:
    """Workbooks of a unit, in order of period and name; none where the scope does not cover the unit."""
    if home is None or not UNIT.fullmatch(unit) or not scope.covers(unit) or scope.role not in ROLES:
        return []
    folder = Path(home) / "feedback" / unit
    return [
        Feedback(unit, path.parent.name, path.name)
        for path in sorted(folder.glob(f"*/*{ENDING}"))
        if PERIOD.fullmatch(path.parent.name)
    ]


def is_personal(home: Path, dataset: str) -> bool:
    """Whether files of the dataset hold persons."""
    return (Path(home) / "vault" / dataset).is_dir()


def path_of(home: Path, unit: str, period: str, name: str, scope: Scope) -> Path | None:
    """The file of a workbook that is listed, None for any other name."""
    found = Feedback(unit, period, name)
    return Path(home) / "feedback" / unit / period / name if found in listed(home, unit, scope) else None
