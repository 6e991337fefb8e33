"""Where the header of a sheet stands and which dataset it is: by alias hits in the first rows.

Not here: the aliases (`headers.py`), title values (`titles.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from expectations.contract import contracts
from orchestration.intake.headers import BREAKDOWNS, RANGES, Match, day, is_header_word, level_header, match, plain
from orchestration.intake.layout import Layout, Sheet
from orchestration.intake.reasons import Refusal

HEAD_ROWS = 40
# what a title, a sheet name, a file name or the folders can stand in for
DERIVABLE = {
    "attendance": {"class_id", "delivery_mode"},
    "enrollments": {"class_id"},
    "followups": {"class_id"},
    "inspections": {"class_id"},
    "targets": {"reporting_unit", "period"},
    "workforce_stats": {"reporting_unit", "as_of"},
    "fund_quota": {"reporting_unit", "year"},
    "enterprises": {"year"},
    "fund_ledger": {"account"},
}
_COUNTING = re.compile(r"[(]?\d{1,2}[)]?|[甲乙丙丁戊己庚辛壬癸]|[(]?\d{1,2}[)]?=[-+*/×÷()\d]+")
_CIRCLED = re.compile(r"\s*[①-⑳㉑-㉟⑴-⒇]")


@dataclass
class Fit:
    """How well one block of rows fits one dataset."""

    dataset: str
    first: int
    last: int
    matches: dict[int, Match]
    days: dict[int, tuple[int | None, int | None, int]]
    levels: dict[int, str]

    @property
    def found(self) -> set[str]:
        """Contract columns that the header gives, ranges giving two."""
        names = {m.column for m in self.matches.values()}
        if any(m.part for m in self.matches.values()):
            names |= set(RANGES[self.dataset][0])
        if self.days:
            names |= {"attended_on", "lessons"}
        if self.levels:
            names |= {"skill_level", "standard_yuan"}
        if self.dataset == "targets" and any(plain(b) in (m.text for m in self.matches.values()) for b in BREAKDOWNS):
            names.add("breakdown")
        return names

    @property
    def missing(self) -> list[str]:
        """Required columns that the header lacks."""
        return [c.name for c in contracts()[self.dataset].columns if c.is_required and c.name not in self.found]


def _fit(dataset: str, rows: list[tuple[int, list[str | None], str]]) -> Fit:
    matches: dict[int, Match] = {}
    days: dict[int, tuple] = {}
    levels: dict[int, str] = {}
    is_spelled = False
    width = max(len(cells) for _, cells, _ in rows)
    for column in range(width):
        texts = [cells[column] for _, cells, _ in rows if column < len(cells) and cells[column]]
        # under a heading that spans them (补贴标准, 3月) stand the levels or days themselves
        if dataset == "projects" and texts and level_header(texts[-1]):
            levels[column + 1] = level_header(texts[-1])
            continue
        if dataset == "attendance" and texts and day(texts[-1]):
            days[column + 1] = day(texts[-1])
            is_spelled = is_spelled or bool(re.search(r"[月日号]|\d{4}", texts[-1]))
            continue
        joined = ["".join(texts)] if len(texts) > 1 else []
        for text in [*reversed(texts), *joined]:
            found = match(dataset, text)
            if found:
                matches[column + 1] = found
                break
    # a single column is a day only where its header spells one out; a bare number may be anything
    has_person = any(m.column == "person_id" for m in matches.values())
    has_date = any(m.column in ("attended_on", "lessons") for m in matches.values())
    if len(days) < (1 if is_spelled else 2) or not has_person or has_date:
        days = {}
    if len(levels) < 2 or any(m.column == "skill_level" for m in matches.values()):
        levels = {}
    return Fit(dataset, rows[0][0], rows[-1][0], matches, days, levels)


def _is_heading(row: tuple[int, list[str | None], str]) -> bool:
    """True for a row that may be part of a header: words only, one of them a header of some dataset."""
    _, cells, kinds = row
    words = [text for text in cells if text]
    return bool(words) and "n" not in (kinds or "") and not any(re.search(r"\d{4,}", text) for text in words)


def _best(dataset: str, head: list[tuple[int, list[str | None], str]]) -> Fit | None:
    best: Fit | None = None
    for index, row in enumerate(head):
        if sum(1 for text in row[1] if text and match(dataset, text)) < 1:
            continue
        for depth in (1, 2, 3):
            block = head[index : index + depth]
            if len(block) < depth or (depth > 1 and not _is_heading(block[-1])):
                break
            fit = _fit(dataset, block)
            if best is None or len(fit.found) > len(best.found):
                best = fit
    return best


def _counting_rows(head: list[tuple[int, list[str | None], str]], after: int) -> int:
    """The last of the rows under the header that only number the columns (①②③, 1 2 3, 甲乙)."""
    for number, cells, _ in head:
        if number != after + 1:
            continue
        texts = [plain(text) for text in cells if text]
        marks = [text for text in texts if _COUNTING.fullmatch(text)]
        ordered = [int(text.strip("()")) for text in marks if text.strip("()").isdigit()]
        is_circled = sum(bool(_CIRCLED.match(text)) for text in cells if text) >= 0.6 * len(texts) > 0
        counts_up = (
            is_circled or len(ordered) < 2 or all(b == a + 1 for a, b in zip(ordered, ordered[1:], strict=False))
        )
        if len(texts) >= 3 and len(marks) >= 0.6 * len(texts) and counts_up and len(texts) <= len(marks) + 2:
            after = number
    return after


def recognise(sheet: Sheet, only: str | None = None) -> Layout | None:
    """The layout of a sheet, or None where it has no header of any dataset.

    Refusal where two datasets fit equally, a header stands twice or required columns are missing and cannot be derived.
    """
    head = [row for row in sheet.head if row[0] <= HEAD_ROWS]
    if not head or not any(text and is_header_word(text) for _, cells, _ in head for text in cells):
        return None
    fits = [fit for name in ([only] if only else contracts()) if (fit := _best(name, head))]
    whole = [fit for fit in fits if not fit.missing]
    derived = [fit for fit in fits if fit.missing and set(fit.missing) <= DERIVABLE.get(fit.dataset, set())]
    for candidates in (whole, derived):
        candidates = sorted((f for f in candidates if len(f.found) > 1), key=lambda f: -len(f.found))
        if candidates:
            if len(candidates) > 1 and len(candidates[0].found) == len(candidates[1].found):
                names = "、".join(contracts()[f.dataset].title_zh for f in candidates[:2])
                raise Refusal(
                    "intake.two_datasets", names, ", ".join(f.dataset for f in candidates[:2]), sheet.name or None
                )
            return _layout(sheet, candidates[0], head)
    nearest = max(fits, key=lambda f: (len(f.found), -len(f.missing)))
    required = sum(c.is_required for c in contracts()[nearest.dataset].columns)
    lacking = [name for name in nearest.missing if name not in DERIVABLE.get(nearest.dataset, set())]
    # in a workbook a sheet that only resembles a dataset is a summary; a text file is one table
    tolerance = required // 2 if not sheet.name else required // 3
    if len(nearest.found) >= 3 and len(lacking) <= max(1, tolerance):
        headers = [contracts()[nearest.dataset].column(name).header_zh for name in lacking]
        raise Refusal(
            "intake.column_missing",
            "、".join(headers),
            ", ".join(lacking),
            sheet.name or None,
            nearest.last,
            lacking[0],
        )
    return None


def _layout(sheet: Sheet, fit: Fit, head: list[tuple[int, list[str | None], str]]) -> Layout:
    last = _counting_rows(head, fit.last)
    layout = Layout(
        sheet.file_no, sheet.sheet_no, sheet.name, fit.dataset, last, (fit.first, fit.last),
        rows=sheet.rows, date_1904=sheet.date_1904,
    )  # fmt: skip
    taken: dict[str, Match] = {}
    for column, found in sorted(fit.matches.items()):
        dimension = BREAKDOWNS.get(found.text.split("(")[0]) if found.column == "breakdown" else None
        if dimension:
            layout.breakdowns[dimension] = column
            continue
        before = taken.get(found.column)
        if before and before.text == found.text:
            raise Refusal(
                "intake.header_twice", found.text, sheet=sheet.name or None, row_no=fit.last, column=found.column
            )
        if before and before.rank <= found.rank:
            layout.notice("intake.synonym", f"“{before.text}”与“{found.text}”同义，只读前者", f"{found.text} not read")
            continue
        taken[found.column] = found
        for offset, name in enumerate(RANGES[fit.dataset][0] if found.part else (found.column,)):
            if offset and name in taken:
                continue
            layout.columns[name], layout.headers[name] = column, found.text
            layout.parts[name] = offset + 1 if found.part else 0
    unit = taken["lessons"].text if "lessons" in taken else ""
    layout.lesson_unit = 1 if "小时" in unit else 2 if re.search("[(](天|日)[)]|天数$", unit) else 0
    layout.is_debit_credit = fit.dataset == "fund_ledger" and any(m.text in ("借方", "贷方") for m in taken.values())
    layout.days = [(column, None, None) for column in sorted(fit.days)]
    layout.levels = sorted(fit.levels.items())
    return layout
