"""The landed bytes of a file read once more, as text, for its feedback workbook: every cell where it stood.

Bounded: of a large sheet or a long text only its first rows and those around errors. Not here: reading data (`intake/`).
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from expectations.page_tables import PageTables, TooManyCells, page_names

HEAD_ROWS = 10
MAX_PAGE_CELLS = 5_000_000
NEIGHBOURS = 2
# a text of more rows is shown by part: it never was a workbook, and its cells cost a load more than all its rules
TEXT_ROWS = 2_000
SHEET_SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MARKUP = (b"<html", b"<table", b"<!doctype", b"<?xml", b"<meta")
BLANK = b"\xef\xbb\xbf \r\n\t"


@dataclass
class OriginalSheet:
    """One sheet: its rows as (1-based row number, cells as text); `is_part` where rows were left out."""

    name: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    is_part: bool = False
    _lines: dict[int, int] | None = None

    def line_of(self, row_no: int) -> int | None:
        """The 0-based line of the feedback sheet on which a row of the file stands; None where it is left out."""
        if not self.is_part:
            return row_no - 1 if 0 < row_no <= len(self.rows) else None
        if self._lines is None:
            self._lines = {number: line for line, (number, _) in enumerate(self.rows)}
        return self._lines.get(row_no)


def sheets_of(landed: Path, wanted: dict[str | None, set[int]], limit: int) -> list[OriginalSheet]:
    """The sheets of a file that hold errors (`wanted`: sheet -> row numbers); none where it cannot be shown as a table."""
    with landed.open("rb") as handle:
        start = handle.read(512)
    if start.startswith(SHEET_SIGNATURES):
        return _workbook_sheets(landed, wanted, limit)
    if start.lstrip(BLANK).replace(b"\0", b"").lower().startswith(MARKUP):
        return _page_sheets(landed, wanted, limit)
    names = [name for name in wanted if name] or ["csv"]
    rows = set().union(*wanted.values())
    try:
        return [_bounded(names[0], _records(landed), rows, limit, whole=min(limit, TEXT_ROWS))]
    except csv.Error:
        return []


def _bounded(
    name: str, rows: Iterable[list[str]], wanted: set[int], limit: int, whole: int | None = None
) -> OriginalSheet:
    """All rows where they are at most `whole` (or `limit`); else the first ones and those around errors, at most `limit`."""
    whole = limit if whole is None else whole
    near = {number + step for number in wanted for step in range(-NEIGHBOURS, NEIGHBOURS + 1)}
    near |= set(range(1, HEAD_ROWS + 1))
    sheet, number = OriginalSheet(name), 0
    few: list[tuple[int, list[str]]] = []
    for number, cells in enumerate(rows, start=1):
        if number <= whole:
            sheet.rows.append((number, cells))
        if number in near and len(few) < limit:
            few.append((number, cells))
    if number > whole:
        sheet.rows, sheet.is_part = few, True
    return sheet


def _workbook_sheets(landed: Path, wanted: dict[str | None, set[int]], limit: int) -> list[OriginalSheet]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(landed.read_bytes()))
        return list(_wanted_sheets(book, wanted, limit))
    except python_calamine.CalamineError:
        return []


def _wanted_sheets(book: Any, wanted: dict[str | None, set[int]], limit: int) -> Iterator[OriginalSheet]:
    for given in book.sheet_names:
        name = _told_as(given, wanted)
        if name is not None or None in wanted:
            rows = wanted.get(name) or wanted.get(None) or set()
            name, found = name or given, book.get_sheet_by_name(given)
            # rows come from row 1 on, cells from the first used column on: pad, so that columns keep their numbers
            right = found.start[1] if found.start else 0
            yield _bounded(name, ([""] * right + [_text(v) for v in row] for row in found.iter_rows()), rows, limit)


def _told_as(given: str, wanted: Iterable[str | None]) -> str | None:
    """The name under which errors tell a sheet: its own, or with asterisks where it names a person."""
    for name in wanted:
        if name and len(name) == len(given) and all(a in (b, "*") for a, b in zip(name, given, strict=True)):
            return name
    return None


def _page_sheets(landed: Path, wanted: dict[str | None, set[int]], limit: int) -> list[OriginalSheet]:
    parser = PageTables(MAX_PAGE_CELLS)
    try:
        with landed.open(encoding=_encoding(landed), errors="replace") as handle:
            parser.feed(handle.read())
        parser.close()
    except TooManyCells:
        return []
    names = page_names(len(parser.tables))
    pairs = zip(names, parser.tables, strict=True)
    return [
        _bounded(name or "页面", rows, wanted.get(name) or wanted.get(name or None) or set(), limit)
        for name, rows in pairs
        if name in wanted or (not name and None in wanted)
    ]


def _text(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat(" ") if isinstance(value, datetime.datetime) else value.isoformat()
    return str(value)


def _encoding(landed: Path) -> str:
    with landed.open("rb") as handle:
        start = handle.read(4)
    if start.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        with landed.open(encoding="utf-8", newline="") as handle:
            while handle.read(1 << 20):
                continue
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _records(landed: Path) -> Iterator[list[str]]:
    csv.field_size_limit(1 << 24)
    with landed.open(encoding=_encoding(landed), errors="replace", newline="") as handle:
        sample = handle.read(4096)
        handle.seek(0)
        yield from csv.reader(handle, delimiter=max(",\t|;", key=sample.count))
