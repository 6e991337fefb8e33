"""The layout of one sheet: which dataset, which row is the header, which column is which, what the title adds.

Not here: finding it (`header.py`, `titles.py`) and reading rows by it (`rows.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Sheet:
    """One sheet as the reader gives it: its first rows stand in `head` as (row number, cells, kinds)."""

    file_no: int
    sheet_no: int
    name: str
    rows: int
    head: list[tuple[int, list[str | None], str]] = field(default_factory=list)
    hidden_rows: int = 0
    struck_rows: int = 0
    date_1904: bool = False


@dataclass
class Layout:
    """How one sheet is read as one dataset. Columns count from 1; `parts` tells which half of a range a column takes."""

    file_no: int
    sheet_no: int
    sheet: str
    dataset: str
    header_row: int
    # first and last row of the header's own texts, without rows that only number the columns
    heading: tuple[int, int] = (0, 0)
    columns: dict[str, int] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)
    factors: dict[str, int] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    # breakdown columns of a target: dimension -> column
    breakdowns: dict[str, int] = field(default_factory=dict)
    # wide attendance: (column, ISO date or None, lessons or None); catalogues: (column, level)
    days: list[tuple[int, str | None, str | None]] = field(default_factory=list)
    levels: list[tuple[int, str]] = field(default_factory=list)
    # what a bare number of the lessons column counts: 0 lessons, 1 hours, 2 days
    lesson_unit: int = 0
    is_debit_credit: bool = False
    rows: int = 0
    date_1904: bool = False
    has_struck: bool = False
    title_unit: str | None = None
    title_period: str | None = None
    title_class_id: str | None = None
    unit: str | None = None
    period: str | None = None
    notices: list[dict] = field(default_factory=list)

    def notice(self, rule_id: str, zh: str, en: str) -> None:
        """Add a notice on this sheet."""
        self.notices.append({"rule_id": rule_id, "sheet": self.sheet, "message": {"zh": zh, "en": en}})

    def tell_rows(self, sheet: Sheet, is_void: bool) -> None:
        """Notices of rows that look out of use: hidden ones are read all the same, struck ones may be void."""
        if count := sheet.hidden_rows:
            self.notice(
                "intake.hidden_rows",
                f"有 {count} 个隐藏或筛选掉的行，已照常读取",
                f"{count} hidden or filtered rows, read all the same",
            )
        if count := sheet.struck_rows:
            self.has_struck = True
            self.notice(
                "intake.struck_rows",
                f"有 {count} 行整行带删除线：{'按作废计' if is_void else '已照常读取'}，请核对",
                f"{count} rows struck through: {'taken as void' if is_void else 'read all the same'}, check them",
            )
