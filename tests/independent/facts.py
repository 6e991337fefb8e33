"""Dates, money, occupations and findings of the independent reckoning of the policies.

Here belong facts that several rules ask for; rows of a data set are looked up in `world`. No rule of a document
belongs here. Money is integer fen, days are
`datetime.date`, a row is a dict with the columns of its contract. Nothing is read from the program's code or packs.
"""

from __future__ import annotations

import calendar
import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
Row = dict
YEARS = (2019, 2020, 2021)  # years loaded: a year nobody has sent anything for is not judged


def add_months(day: date, months: int) -> date:
    """The same day of another month; a day the month does not have becomes its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def whole_months(first: date, last: date) -> int:
    """Whole months in a span that includes both ends: 2021-01-01 to 2021-12-31 is 12."""
    months = 0
    while add_months(first, months + 1) - timedelta(days=1) <= last:
        months += 1
    return months


def half_up(fen: Fraction | int) -> int:
    """To the fen, half up."""
    return int((Fraction(fen) + Fraction(1, 2)).__floor__())


def month_end(day: date) -> date:
    """The last day of the month of a day."""
    return add_months(day.replace(day=1), 1) - timedelta(days=1)


def in_force(spell: Row, day: date) -> bool:
    """Whether a spell of employment or insurance holds on a day; no end means still in force."""
    return spell["starts_on"] <= day and (spell.get("ends_on") is None or spell["ends_on"] >= day)


@cache
def occupation_codes() -> dict[str, str]:
    """2022 code of a name: the list itself and the old names that map to one entry (钳工 maps to three, so to none)."""
    with (REFERENCE / "occupation_dadian2022" / "occupations.csv").open(encoding="utf-8") as lines:
        codes = {row["name"]: row["code"] for row in csv.DictReader(lines)}
    old: dict[str, set[str]] = defaultdict(set)
    with (REFERENCE / "occupation_aliases" / "occupation_aliases.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            old[row["name_before"]].add(row["code_2022"])
    return {name: next(iter(to)) for name, to in old.items() if len(to) == 1} | codes


@cache
def new_occupations() -> tuple[dict[str, date], dict[str, date]]:
    """Day of publication of each new occupation, by name and by 2022 code."""
    with (REFERENCE / "new_occupations" / "new_occupations_2019_2021.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    days = [(row["name"], row["code_2022"], date.fromisoformat(row["published_date"])) for row in rows]
    return {name: day for name, _, day in days}, {code: day for _, code, day in days if code}


def occupation(row: Row) -> set[str]:
    """The names an occupation goes by: two rows that share one are the same occupation (name, 2022 code, old name)."""
    name, code = (
        row.get("occupation_name"),
        row.get("occupation_code") or occupation_codes().get(row["occupation_name"]),
    )
    return {mark for mark in (name, code) if mark}


def major_group(row: Row) -> str:
    """First digit of the occupation's code, '' where neither code nor name tells."""
    return (row.get("occupation_code") or occupation_codes().get(row["occupation_name"]) or "")[:1]


@dataclass(frozen=True)
class Finding:
    """What a rule found: test, rule, severity, the ids it carries, fen at stake."""

    test: str
    rule: str
    severity: str
    carrier: tuple[str | None, ...]
    fen: int = 0

    @property
    def jurisdiction(self) -> str:
        """The pack's code; patterns of the Sichuan draft that are looked for in Chongqing are Chongqing's there."""
        codes = {
            "YZ": "500103",
            "CQ": "500000",
            "DL": "210200",
            "SC": "510000" if self.severity == "preview" else "500000",
        }
        return codes[self.rule[:2]]


@dataclass(frozen=True)
class Numbers:
    """Numbers too large for small data sets, as the rulebook has them; a test may lower them on both sides."""

    base_national: int = 600  # CQ2021-6a, person-times at level 3 and above in a year
    base_municipal: int = 300
    bulk_certificates: int = 1000  # YZ2019-17b, more than so many in a calendar month
    demonstration_classes: int = 100  # SC-8a, in a year
