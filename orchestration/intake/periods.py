"""Reporting periods: the forms files and folders use, their canonical text, their days and their order.

Not here: periods inside cells (values.sql holds the same forms for DuckDB).
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"((?:19|20)\d\d)"
_FORMS = (
    (re.compile(rf"{_YEAR}年?[-_]?[Qq]([1-4])"), "quarter"),
    (re.compile(rf"{_YEAR}年?第?([一二三四1-4])季度"), "quarter"),
    (re.compile(rf"{_YEAR}(0[1-9]|1[0-2])"), "month"),
    (re.compile(rf"{_YEAR}[-年./](0?[1-9]|1[0-2])月?(?:份)?"), "month"),
    (re.compile(rf"{_YEAR}年?(?:[-—~至]){_YEAR}(?:年|年度)?"), "span"),
    (re.compile(rf"{_YEAR}(?:年|年度)?"), "year"),
)


@dataclass(frozen=True)
class Period:
    """A period with both its end days; `text` is `2021`, `2021Q2`, `202106` or `2019-2021`."""

    text: str
    starts_on: date
    ends_on: date

    @property
    def order(self) -> tuple[date, int]:
        """Sorts older before newer: the newer ends later, then is the shorter (interface, Folders and names)."""
        return (self.ends_on, -(self.ends_on - self.starts_on).days)


def _build(kind: str, year: int, part: str) -> Period | None:
    if kind == "quarter":
        quarter = _QUARTERS[part]
        first, last, text = 3 * quarter - 2, 3 * quarter, f"{year}Q{quarter}"
    elif kind == "month":
        first = last = int(part)
        text = f"{year}{first:02d}"
    elif kind == "span":
        until = int(part)
        return Period(f"{year}-{until}", date(year, 1, 1), date(until, 12, 31)) if until > year else None
    else:
        first, last, text = 1, 12, str(year)
    return Period(text, date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def parse_period(text: str) -> Period | None:
    """The period a folder name, argument or label states in full; None when it states none."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    for form, kind in _FORMS:
        match = form.fullmatch(plain)
        if match:
            return _build(kind, int(match[1]), match[2] if form.groups > 1 else "")
    return None


def find_period(text: str) -> Period | None:
    """The first period that stands inside a longer text such as a title; None when there is none."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    for form, kind in (_FORMS[1], _FORMS[0], (re.compile(rf"{_YEAR}年(0?[1-9]|1[0-2])月(?!\d*日)"), "month")):
        match = form.search(plain)
        if match:
            return _build(kind, int(match[1]), match[2])
    match = re.search(rf"{_YEAR}年(?:度|(?!\d))", plain)
    return _build("year", int(match[1]), "") if match else None
