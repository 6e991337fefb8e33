"""Header texts and the contract columns they mean: aliases, units in brackets, day and level columns.

Not here: where the header stands on a sheet (`header.py`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from expectations.contract import code_lists, contracts

# one column that fills two: its two dates
RANGES = {
    "classes": (("starts_on", "ends_on"), ("培训时间", "培训起止日期", "培训起止时间", "培训起止", "起止时间")),
    "claims": (("publicised_from", "publicised_to"), ("公示起止日期", "公示起止时间")),
    "enrollments": (("contract_from", "contract_to"), ("合同起止", "合同起止日期", "劳动合同起止")),
}
HOURS = ("小时", "小时数", "培训小时", "培训小时数")
DAYS = ("天数", "培训天数")
# dimensions of a target's breakdown that a column of their own gives
BREAKDOWNS = {"人员类别": "trainee_category", "培训类型": "training_type", "街道": "street", "机构": "institution_id"}
LEVELS = (
    "初级",
    "中级",
    "高级",
    "技师",
    "高级技师",
    "初级工",
    "中级工",
    "高级工",
    "五级",
    "四级",
    "三级",
    "二级",
    "一级",
)
_BRACKET = re.compile(r"^(.+?)[(\[【]([^()\[\]【】]*)[)\]】]$")
_DAY = re.compile(r"(\d{1,2})[日号]?|(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True)
class Match:
    """A header understood: its contract column, its rank among the aliases (0 best) and the unit in its bracket."""

    column: str
    rank: int
    unit: str
    text: str
    part: int = 0


def plain(text: str | None) -> str:
    """A header without spaces, marks of required columns, numbering and width variants, in small letters."""
    text = re.sub(r"[\s\u200b-\u200f\ufeff]+", "", unicodedata.normalize("NFKC", text or ""))
    text = re.sub(r"^[*★#]+|[*★:]+$", "", text)
    return text.lower()


@cache
def aliases(dataset: str) -> dict[str, tuple[str, int, int]]:
    """Normalised header -> (column, rank, part of a range: 0 none, 1 first, 2 second)."""
    found: dict[str, tuple[str, int, int]] = {}
    contract = contracts()[dataset]
    for column in contract.columns:
        for rank, header in enumerate(column.headers):
            found.setdefault(plain(header), (column.name, rank, 0))
    if dataset in RANGES:
        (first, _), headers = RANGES[dataset]
        for header in headers:
            found.setdefault(plain(header), (first, 50, 1))
    if dataset == "attendance":
        for header in (*HOURS, *DAYS):
            found.setdefault(header, ("lessons", 20, 0))
    return found


@cache
def match(dataset: str, text: str) -> Match | None:
    """What a header means in a dataset; None when it means nothing there."""
    known, name = aliases(dataset), plain(text)
    bracket = _BRACKET.match(name)
    unit = bracket[2] if bracket else ""
    if name in known:
        column, rank, part = known[name]
        return Match(column, rank, unit or ("小时" if name in HOURS else ""), name, part)
    bare = name
    while bracket:
        bare = bracket[1]
        if bare in known:
            column, rank, part = known[bare]
            return Match(column, rank + 100, unit, name, part)
        bracket = _BRACKET.match(bare)
    for suffix in ("万元", "万人", "元"):
        if name.endswith(suffix) and name[: -len(suffix)].rstrip(",_-") in known:
            column, rank, part = known[name[: -len(suffix)].rstrip(",_-")]
            return Match(column, rank + 100, suffix, name, part)
    numbered = re.sub(
        r"^(其中|[0-9]{1,2}[.、]|[(][0-9一二三四五六七八九十]+[)]|[一二三四五六七八九十]+、)[:,]?", "", name
    )
    return match(dataset, numbered) if numbered and numbered != name else None


@cache
def is_header_word(text: str) -> bool:
    """True for a text that is a header of any dataset."""
    return any(match(dataset, text) for dataset in contracts())


@cache
def day(text: str) -> tuple[int | None, int | None, int] | None:
    """(year, month, day) that a column header of a wide attendance sheet states; parts not stated are None."""
    name = plain(text)
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:00:00:00)?", name)
    if iso:
        return int(iso[1]), int(iso[2]), int(iso[3])
    found = _DAY.fullmatch(name)
    if not found:
        return None
    year, month, number = found[2], found[3], found[1] or found[4]
    if not 1 <= int(number) <= 31 or (month and not 1 <= int(month) <= 12):
        return None
    return (int(year) if year else None), (int(month) if month else None), int(number)


@cache
def level_header(text: str) -> str | None:
    """The level a column header of a catalogue states, as code; None when it states none."""
    name = plain(text)
    bracket = _BRACKET.match(name)
    for candidate in (name, bracket[1] if bracket else name):
        if candidate in LEVELS:
            for code in code_lists()["skill_level"]:
                if candidate in (code.label_zh, *code.aliases):
                    return code.code
    return None


def factor(unit: str) -> int | None:
    """The factor that a unit text stands for: 万元 10000, 元 1, 千元 1000; None when it names no unit."""
    for text, value in (
        ("亿元", 100_000_000),
        ("万元", 10_000),
        ("千元", 1_000),
        ("万人", 10_000),
        ("元", 1),
        ("人", 1),
    ):
        if text in unit:
            return value
    return 10_000 if unit == "万" else None
