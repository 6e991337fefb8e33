"""HTML tables that systems export under the name .xls: each table is a sheet. Read in the child process.

Not here: what a cell means.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.intake.reasons import Refusal
from orchestration.intake.text import detect_encoding

if TYPE_CHECKING:
    from orchestration.intake.workbook import RawWriter

MAX_SPAN = 1_000


class _Tables(HTMLParser):
    """Collects the rows of every outermost table; a spanned cell fills its rows, its further columns stay blank."""

    def __init__(self, max_cells: int) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._depth, self._skipping, self._cells, self._max = 0, 0, 0, max_cells
        self._text: list[str] | None = None
        self._spans: dict[int, tuple[int, str]] = {}
        self._size = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self._spans = {}
        elif tag in ("script", "style"):
            self._skipping += 1
        elif tag == "tr" and self._depth == 1:
            self._end_cell()
            self.tables[-1].append([])
        elif tag in ("td", "th") and self._depth == 1:
            self._end_cell()
            self._text = []
            spans = {
                name: min(int(value), MAX_SPAN)
                for name, value in attrs
                if name in ("colspan", "rowspan") and (value or "").isdigit()
            }
            self._size = (max(1, spans.get("colspan", 1)), max(1, spans.get("rowspan", 1)))
        elif tag == "br" and self._text is not None:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._depth:
            self._end_cell()
            self._depth -= 1
        elif tag in ("script", "style") and self._skipping:
            self._skipping -= 1
        elif tag in ("td", "th", "tr") and self._depth == 1:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._skipping:
            self._text.append(data)

    def _end_cell(self) -> None:
        if self._text is None:
            return
        if not self.tables[-1]:
            self.tables[-1].append([])
        row, value = self.tables[-1][-1], " ".join("".join(self._text).split())
        self._fill_from_above(row)
        columns, rows = self._size
        if rows > 1:
            self._spans[len(row)] = (rows - 1, value)
        row.extend([value] + [""] * (columns - 1))
        self._cells += columns
        if self._cells > self._max:
            raise Refusal("intake.limit", "单元格数", "cells")
        self._text = None

    def _fill_from_above(self, row: list[str]) -> None:
        while len(row) in self._spans:
            column = len(row)
            left, value = self._spans.pop(column)
            if left > 1:
                self._spans[column] = (left - 1, value)
            row.append(value)


def _rows(table: list[list[str]]) -> Iterator[tuple[list[str | None], str]]:
    for row in table:
        yield [text or None for text in row], "".join("t" if text else " " for text in row)


def read_html(path: Path, writer: RawWriter, limits: dict) -> list[dict]:
    """Write every table of the page as a sheet; Refusal over the limits or for an unknown encoding."""
    if path.stat().st_size > limits["unzipped_bytes"]:
        raise Refusal("intake.limit", "文件大小", "size of the file")
    encoding, skip = detect_encoding(path)
    parser = _Tables(limits["cells"])
    with path.open("rb") as handle:
        handle.seek(skip)
        try:
            content = handle.read().decode(encoding)
        except UnicodeDecodeError as error:
            raise Refusal("intake.encoding") from error
    parser.feed(content)
    parser.close()
    sheets = []
    for number, table in enumerate(parser.tables):
        rows, columns = writer.sheet(number, _rows(table), limits["cells"])
        name = "" if len(parser.tables) == 1 else f"表{number + 1}"
        sheets.append({"sheet_no": number, "name": name, "hidden": False, "rows": rows, "cols": columns})
    return sheets
