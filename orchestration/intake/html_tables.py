"""HTML tables that systems export under the name .xls: each table is a sheet. Read in the child process.

Not here: what a cell means.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.page_tables import PageTables, TooManyCells, page_names
from orchestration.intake.reasons import Refusal
from orchestration.intake.text import detect_encoding

if TYPE_CHECKING:
    from orchestration.intake.workbook import RawWriter


def _rows(table: list[list[str]]) -> Iterator[tuple[list[str | None], str]]:
    for row in table:
        yield [text or None for text in row], "".join("t" if text else " " for text in row)


def read_html(path: Path, writer: RawWriter, limits: dict) -> list[dict]:
    """Write every table of the page as a sheet; Refusal over the limits or for an unknown encoding."""
    if path.stat().st_size > limits["unzipped_bytes"]:
        raise Refusal("intake.limit", "文件大小", "size of the file")
    encoding, skip = detect_encoding(path)
    parser = PageTables(limits["cells"])
    with path.open("rb") as handle:
        handle.seek(skip)
        try:
            content = handle.read().decode(encoding)
        except UnicodeDecodeError as error:
            raise Refusal("intake.encoding") from error
    try:
        parser.feed(content)
        parser.close()
    except TooManyCells as error:
        raise Refusal("intake.limit", "单元格数", "cells") from error
    sheets = []
    for number, (name, table) in enumerate(zip(page_names(len(parser.tables)), parser.tables, strict=True)):
        rows, columns = writer.sheet(number, _rows(table), limits["cells"])
        sheets.append({"sheet_no": number, "name": name, "hidden": False, "rows": rows, "cols": columns})
    return sheets
