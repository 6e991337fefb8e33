"""What users read, by key and language, from `i18n/*.yml` (pages: `zh.yml`; reports: `reports.zh.yml`); and numbers.

Not here: any sentence in code, and any number that is worked out.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

LANGUAGES = ("zh", "en")
FOLDER = Path(__file__).parent / "i18n"
CODES = Path(__file__).parents[1] / "data" / "contracts" / "codes.csv"
NOTHING = "—"
# What stands for a figure that disclosure control hides.
HIDDEN = "*"

# What a unit of measure looks like: (decimals, is a percentage).
FORMS = {"ratio": (1, True), "yuan": (2, False), "days": (1, False)}


@lru_cache
def _texts(language: str) -> dict[str, str]:
    import yaml

    pages = sorted(FOLDER.glob(f"*{language}.yml"))
    return dict(pair for page in pages for pair in _flat(yaml.safe_load(page.read_text(encoding="utf-8"))))


def _flat(node: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in node.items():
        name = f"{prefix}{key}"
        found += _flat(value, f"{name}.") if isinstance(value, dict) else [(name, str(value))]
    return found


@lru_cache
def _codes() -> dict[tuple[str, str], str]:
    """Chinese labels by (code list, code), from the code lists of the contracts."""
    with CODES.open(encoding="utf-8", newline="") as lines:
        return {(row["code_list"], row["code"]): row["label_zh"] for row in csv.DictReader(lines)}


class Words:
    """The texts of one language: `words("targets.title")`, values filled in by name."""

    def __init__(self, language: str = "zh"):
        self.language = language if language in LANGUAGES else "zh"
        self._texts = _texts(self.language)

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key`; KeyError if it was never written: a test must find that, not a reader."""
        return self._texts[key].format(**values) if values else self._texts[key]

    def known(self, key: str, otherwise: str = "") -> str:
        """The text of `key`, or `otherwise`: for codes that come out of data."""
        return self._texts.get(key, otherwise)

    def either(self, row: dict[str, Any], stem: str) -> str:
        """`<stem>_zh` or `<stem>_en` of a row, the other where one is blank."""
        first, second = (f"{stem}_{self.language}", f"{stem}_zh")
        return str(row.get(first) or row.get(second) or "")

    def member(self, dimension: str, member: str | None) -> str:
        """A member of a breakdown as people call it; its code where no list names it."""
        if member == "none":
            return self("member.none")
        if dimension == "skill_level" and self.language == "en":
            return self("member.level", level=member)
        if self.language == "zh":
            return _codes().get((dimension, str(member)), str(member or NOTHING))
        return (
            str(member or NOTHING).replace("_", " ").capitalize()
            if (dimension, str(member)) in _codes()
            else str(member)
        )

    def period(self, period: str) -> str:
        """2021, 2021Q2, 202106 or 2019-2021 as people say it."""
        if "-" in period:
            first, last = period.split("-", 1)
            return self("period.span", first=first, last=last)
        if "Q" in period:
            year, quarter = period.split("Q", 1)
            return self("period.quarter", year=year, quarter=self.known(f"quarter_name.{quarter}", quarter))
        if len(period) == 6:
            return self("period.month", year=period[:4], month=int(period[4:]))
        return self("period.year", year=period)

    def unit_of_measure(self, code: str | None) -> str:
        return self.known(f"unit_of_measure.{code}", str(code or ""))


def number(value: object, unit_of_measure: str | None = None, signed: bool = False) -> str:
    """A value of a row as text: thousands marked, ratios in per cent, money with two decimals, null as a dash."""
    if value is None:
        return NOTHING
    if value == HIDDEN:
        return HIDDEN
    decimals, percentage = FORMS.get(str(unit_of_measure), (0, False))
    amount = value if isinstance(value, Decimal) else Decimal(str(value))
    if percentage:
        amount *= 100
    text = f"{amount:{'+' if signed else ''},.{decimals}f}"
    return f"{text}%" if percentage else text


def points(value: object) -> str:
    """A difference of two ratios in percentage points, always with its sign."""
    return NOTHING if value is None else f"{Decimal(str(value)) * 100:+.1f}"
