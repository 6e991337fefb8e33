"""What stands around a table: labelled values, units, class id, reporting unit and period in title, sheet and file name.

Not here: the header itself (`header.py`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from expectations.contract import Column, code_lists, contracts
from orchestration.intake.headers import day, factor, match, plain
from orchestration.intake.layout import Layout, Sheet
from orchestration.intake.periods import Period, find_period, parse_period
from orchestration.intake.reasons import Refusal
from orchestration.intake.units import resolve_unit, unit_codes

# how class ids look (a parameter of the interface)
CLASS_ID = re.compile(r"(?<![A-Z0-9])[A-Z]{1,6}[0-9]{4}-?[0-9]{3,6}(?![0-9])")
_LABELLED = re.compile(r"([^\s:,;|()]{2,16}?)\s*:\s*([^\s:;|]+)")
_UNIT_LABELS = ("填报单位", "报送单位", "统计单位", "上报单位", "报表单位", "编制单位")
_PERIOD_LABELS = ("期间", "报送期间", "统计期间", "所属期间", "年度", "报表期间", "季度", "月份")
_MONEY_UNIT, _COUNT_UNIT = "亿元|万元|千元|元", "万人次|万人|人次|人|名|户|家|个|期|班|%"
# one corner may name several units (单位：人、万元); a word that goes on (填报单位：人社局) is no unit
_UNIT = rf"(?:{_MONEY_UNIT}|(?:{_COUNT_UNIT})(?=\s*(?:$|[^\w\s]|[和及与]|\s)))"
_CORNER = re.compile(rf"单位\s*:\s*(?:人民币)?\s*({_UNIT}(?:\s*[、,;/和及与]\s*{_UNIT})*)")
# a corner unit does not hold for amounts per person or month
PER_PERSON = re.compile("标准|基数|月薪|费用")
_MONTH_HEAD = re.compile(r"(?:(\d{4})年)?(1[0-2]|0?[1-9])月份?")
_PER_DAY = re.compile(r"每(?:天|日|次)\s*(\d+(?:\.\d+)?)\s*(?:个)?(?:课时|学时|节)")


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def labelled_values(sheet: Sheet, before: int) -> dict[str, str]:
    """Label -> value in the rows above `before`: in one cell (`班期编号：YZ…`) or in two neighbours."""
    values: dict[str, str] = {}
    for number, cells, _ in sheet.head:
        if number >= before:
            break
        texts = [_normal(text) for text in cells if text and text.strip()]
        for index, text in enumerate(texts):
            for label, value in _LABELLED.findall(text):
                values.setdefault(plain(label), value)
            if text.endswith(":") and index + 1 < len(texts):
                values.setdefault(plain(text), texts[index + 1])
    return values


def title_text(sheet: Sheet, before: int) -> str:
    """All text above the header, cells apart by spaces."""
    cells = (text for number, row, _ in sheet.head if number < before for text in row if text)
    return " ".join(_normal(text) for text in cells)


def class_id_token(*names: str) -> str | None:
    """The one class id that the first name with any holds; None where none or several stand."""
    for name in names:
        tokens = set(CLASS_ID.findall(_normal(name).upper()))
        if len(tokens) == 1:
            return tokens.pop()
    return None


@cache
def _find_unit(text: str) -> str | None:
    found = max((name for name in unit_codes() if len(name) > 2 and name in text), key=len, default=None)
    return unit_codes()[found] if found else None


def _code_in(column: Column, text: str) -> str | None:
    labels = [label for code in code_lists()[column.code_list or ""] for label in (code.label_zh, *code.aliases)]
    hits = [label for label in labels if len(label) > 1 and _normal(label) in text]
    return max(hits, key=len) if hits else None


def complete(layout: Layout, sheet: Sheet, file_name: str, unit: str | None, period: str | None) -> list[str]:
    """Add to the layout what its surroundings tell; the required columns that stay underivable.

    `unit` and `period` are those of the path or the command line; they win over the title.
    """
    contract = contracts()[layout.dataset]
    first_header = min([n for n, cells, _ in sheet.head if any(t and match(layout.dataset, t) for t in cells)] or [1])
    labels, title = labelled_values(sheet, layout.header_row), title_text(sheet, first_header)
    around = " ".join((title, _normal(sheet.name), _normal(file_name)))
    by_label = {}
    for label, value in labels.items():
        found = match(layout.dataset, label)
        if found and not contract.column(found.column).is_personal:
            by_label.setdefault(found.column, value)
    layout.title_unit = next((u for name in _UNIT_LABELS if name in labels and (u := resolve_unit(labels[name]))), None)
    if not unit:
        layout.title_unit = layout.title_unit or _find_unit(title) or _find_unit(_normal(file_name))
    stated = next((p for name in _PERIOD_LABELS if name in labels and (p := parse_period(labels[name]))), None)
    stated = stated or find_period(title) or find_period(file_name)
    layout.title_period = stated.text if stated else None
    layout.unit, layout.period = unit or layout.title_unit, period or layout.title_period
    _class_id(layout, sheet, file_name, by_label, title)
    _units_of_money(layout, title)
    for column in contract.columns:
        if column.name in layout.columns or column.name in layout.constants or column.name == "class_id":
            continue
        if column.name in by_label:
            layout.constants[column.name] = by_label[column.name]
    if layout.days:
        _days(layout, sheet, title, labels)
    if layout.dataset in ("attendance", "fund_ledger"):
        for name in {"delivery_mode", "account"} & {c.name for c in contract.columns}:
            if (
                name not in layout.columns
                and name not in layout.constants
                and (c := _code_in(contract.column(name), around))
            ):
                layout.constants[name] = c
    if layout.days and "delivery_mode" not in layout.columns and "delivery_mode" not in layout.constants:
        layout.constants["delivery_mode"] = "offline"
        layout.notice(
            "intake.mode_assumed", "标题未写授课方式，按线下计", "no mode of delivery in the title: offline assumed"
        )
    if layout.period:
        _from_period(layout, parse_period(layout.period))
    if (
        layout.unit
        and "reporting_unit" in {c.name for c in contract.columns}
        and "reporting_unit" not in layout.columns
    ):
        layout.constants.setdefault("reporting_unit", layout.unit)
    return [c.name for c in contract.columns if c.is_required and not _has(layout, c.name)]


def _has(layout: Layout, name: str) -> bool:
    if name in layout.columns or name in layout.constants:
        return True
    return bool(
        (layout.days and name in ("attended_on", "lessons"))
        or (layout.levels and name in ("skill_level", "standard_yuan"))
    )


def _class_id(layout: Layout, sheet: Sheet, file_name: str, by_label: dict[str, str], title: str) -> None:
    if "class_id" not in {c.name for c in contracts()[layout.dataset].columns}:
        return
    layout.title_class_id = by_label.get("class_id")
    # beside a column the title only fills its blanks
    token = layout.title_class_id
    if "class_id" not in layout.columns:
        token = token or class_id_token(sheet.name, file_name, title)
    if token:
        layout.constants["class_id"] = token


def _units_of_money(layout: Layout, title: str) -> None:
    money_factor, count_factor = _corner_factors(title)
    for column in contracts()[layout.dataset].columns:
        if column.type not in ("money", "int") or (
            column.name not in layout.columns and column.name != "standard_yuan"
        ):
            continue
        header = layout.headers.get(column.name, "")
        in_bracket = re.split(r"[(\[【]", header)
        own = factor(in_bracket[-1] if len(in_bracket) > 1 else header[-2:] if re.search("元$|万人$", header) else "")
        if own:
            layout.factors[column.name] = own
        elif money_factor and column.type == "money" and not PER_PERSON.search(header or column.header_zh):
            layout.factors[column.name] = money_factor
        elif count_factor and column.type == "int" and layout.dataset == "workforce_stats":
            layout.factors[column.name] = count_factor


def _corner_factors(title: str) -> tuple[int | None, int | None]:
    """Factors of money and of counts that the corner names, in whatever order; None where it names none."""
    named = [unit for corner in _CORNER.findall(title) for unit in re.findall(f"{_MONEY_UNIT}|{_COUNT_UNIT}", corner)]
    named += re.findall(r"[(](万元|万人)[)]", title)
    money = next((factor(unit) for unit in named if unit.endswith("元")), None)
    return money, next((factor(unit) for unit in named if "人" in unit), None)


def _from_period(layout: Layout, period: Period | None) -> None:
    if period is None:
        return
    derived = {
        "targets": {"period": period.text},
        "workforce_stats": {"as_of": period.ends_on.isoformat()},
        "fund_quota": {"year": str(period.ends_on.year)},
        "enterprises": {"year": str(period.ends_on.year)},
    }
    for name, value in derived.get(layout.dataset, {}).items():
        if name not in layout.columns:
            layout.constants.setdefault(name, value)


def _days(layout: Layout, sheet: Sheet, title: str, labels: dict[str, str]) -> None:
    """Dates and lessons of the day columns: year and month from the title or sheet name, lessons from title or second row."""
    stated = next((p for t in (title, sheet.name) if (p := find_period(t) or parse_period(t))), None)
    year = stated.ends_on.year if stated else None
    month = stated.ends_on.month if stated and stated.starts_on.month == stated.ends_on.month else None
    month_only = re.search(r"(?<!\d)(1[0-2]|0?[1-9])月", _normal(sheet.name) + " " + title)
    month = month or (int(month_only[1]) if month_only else None)
    per_day = _PER_DAY.search(title)
    rows = {number: cells for number, cells, _ in sheet.head}
    second = rows.get(layout.header_row + 1, [])
    numbers = {c: second[c - 1] for c, _, _ in layout.days if c <= len(second) and _lessons(second[c - 1])}
    has_second = len(numbers) == len(layout.days) and not any(
        second[column - 1] for column in layout.columns.values() if column <= len(second)
    )
    days = []
    for column, _, _ in layout.days:
        texts = [
            cells[column - 1]
            for n, cells in rows.items()
            if n <= layout.header_row and column <= len(cells) and cells[column - 1]
        ]
        own_year, own_month, number = next(d for text in reversed(texts) if (d := day(text)))
        over_year, over_month = _month_over(layout, rows, column)
        full = (own_year or over_year or year, own_month or over_month or month, number)
        date = f"{full[0]}-{full[1]}-{number}" if full[0] and full[1] else None
        lessons = numbers.get(column) if has_second else per_day[1] if per_day else None
        days.append((column, date, lessons))
    if any(date is None for _, date, _ in days):
        # a folder may hold the sheets of several months, so it never stands in for them
        raise Refusal("intake.month_unknown", sheet=sheet.name or None, row_no=layout.header_row, column="attended_on")
    layout.days = days
    if has_second:
        layout.header_row += 1


def _month_over(layout: Layout, rows: dict[int, list[str | None]], column: int) -> tuple[int | None, int | None]:
    """(year, month) of a heading that spans day columns: 9月 over 1, 2, 3 stands in its first cell only."""
    for number in range(layout.heading[1] - 1, layout.heading[0] - 1, -1):
        first = min(c for c, _, _ in layout.days)
        for text in reversed(rows.get(number, [])[first - 1 : column]):
            if text and (found := _MONTH_HEAD.fullmatch(_normal(text))):
                return (int(found[1]) if found[1] else None), int(found[2])
    return None, None


def _lessons(text: str | None) -> bool:
    return bool(text and re.fullmatch(r"\d{1,2}(\.\d+)?(课时|学时|节)?", _normal(text)))
