"""What a sample covers: its quarters and years, its sizes, and how many person-times each quarter aims at.

Not here: any row of data.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from orchestration.errors import UsageError

# Person-times aimed at by year (YZ2019-2b); a year the plan does not name weighs as much as the last one.
YEAR_WEIGHT = {2019: 16000, 2020: 20100, 2021: 24100}
# Actuals land near the aim and not on it: a little over, under, over.
YEAR_DRIFT = {2019: 1.02, 2020: 0.982, 2021: 1.014}
# Few classes end before the Spring Festival; most end before the books close.
QUARTER_SHARE = (0.17, 0.27, 0.25, 0.31)
# person-times in the small classes that carry the planted findings
PLANTED = 270


class SampleError(UsageError):
    """Arguments that make no sense: says which and what to write instead, Chinese first."""


@dataclass(frozen=True)
class Quarter:
    """One quarter of the sample; `aim` in completed person-times."""

    no: int
    label: str
    year: int
    starts_on: date
    ends_on: date
    aim: float


@dataclass(frozen=True)
class Plan:
    """The arguments of a sample, checked, with what follows from them."""

    people: int
    unit: str
    dirt: bool
    form: str
    seed: int
    quarters: tuple[Quarter, ...]
    class_size: int
    institutions: int
    enterprises: int
    ojt_people: int
    planted: int

    @property
    def years(self) -> list[int]:
        """The years with at least one quarter."""
        return sorted({q.year for q in self.quarters})

    @property
    def data_date(self) -> date:
        """The day the figures speak of: the end of the newest period written."""
        return date(self.years[-1], 12, 31)

    @property
    def prefix(self) -> str:
        """Letters that begin the class ids of the unit: YZ for Yuzhong, else the unit's code in letters."""
        if self.unit == "500103":
            return "YZ"
        number, letters = int(self.unit), ""
        while number:
            number, rest = divmod(number, 26)
            letters = chr(ord("A") + rest) + letters
        return letters


def _month(text: str, name: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{4})-(\d{2})", text)
    if not match or not 1 <= int(match[2]) <= 12:
        raise SampleError(f"{name} 应写作 2019-01，不是 {text!r}。", f"{name} must look like 2019-01, not {text!r}.")
    return int(match[1]), (int(match[2]) - 1) // 3


def _quarters(first: str, last: str, people: int) -> tuple[Quarter, ...]:
    start, end = _month(first, "first"), _month(last, "last")
    if end < start:
        raise SampleError("结束月份早于开始月份，请对调。", "The last month is before the first one: swap them.")
    spans = [(y, q) for y in range(start[0], end[0] + 1) for q in range(4) if start <= (y, q) <= end]
    newest = YEAR_WEIGHT[2021]
    weights = [YEAR_WEIGHT.get(y, newest) * QUARTER_SHARE[q] for y, q in spans]
    return tuple(
        Quarter(
            no=i + 1,
            label=f"{y}Q{q + 1}",
            year=y,
            starts_on=date(y, 3 * q + 1, 1),
            ends_on=date(y, 3 * q + 3, calendar.monthrange(y, 3 * q + 3)[1]),
            aim=people * weight / sum(weights) * YEAR_DRIFT.get(y, 1.0),
        )
        for i, ((y, q), weight) in enumerate(zip(spans, weights, strict=True))
    )


def _covers_the_action(unit: str, quarters: tuple[Quarter, ...]) -> bool:
    return unit == "500103" and quarters[0].label <= "2019Q2" and quarters[-1].label == "2021Q4"


def make_plan(*, people: int, first: str, last: str, unit: str, dirt: str, form: str, seed: int) -> Plan:
    """Check the arguments of `write_sample` and derive the sizes. Raises SampleError."""
    if people < 1:
        raise SampleError("人次必须大于 0。", "people must be above 0.")
    if not re.fullmatch(r"[1-9]\d{5}", unit):
        raise SampleError(f"统计单位应为六位区划代码，不是 {unit!r}。", f"unit must be a six-digit code, not {unit!r}.")
    if dirt not in ("real", "none"):
        raise SampleError("dirt 只能是 real 或 none。", "dirt must be real or none.")
    if form not in ("mixed", "xlsx", "csv", "parquet"):
        raise SampleError("form 只能是 mixed、xlsx、csv 或 parquet。", "form must be mixed, xlsx, csv or parquet.")
    quarters = _quarters(first, last, people)
    scale = (people / 60200) ** 0.3
    return Plan(
        people=people,
        unit=unit,
        dirt=dirt == "real",
        form=form,
        seed=seed,
        quarters=quarters,
        # about forty complete a class; a small sample has smaller classes, so that each quarter still has several
        class_size=max(6, min(43, people // (4 * len(quarters)))),
        institutions=max(14, round(60 * scale)),
        enterprises=max(40, round(400 * scale)),
        ojt_people=max(6, round(people * 0.02)),
        # the findings are planted where their rules bind and their dates lie: Yuzhong, the three years whole
        planted=PLANTED if dirt == "real" and _covers_the_action(unit, quarters) else 0,
    )
