"""Writing one file: csv in three encodings, workbooks of several sheets, Parquet. Same rows in, same bytes out.

Every file says that it is synthetic. Not here: which rows stand in a file.
"""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from expectations.sql import literal

NOTE = "注：本文件为合成数据（synthetic），不涉及任何真实人员和单位"
# a fixed date, so that the same sample is the same bytes on any day
CREATED = dt.datetime(2022, 1, 1)


@dataclass
class WrittenFile:
    """One file and what a reader must find in it. `path` is relative to the drop; counts are rows."""

    path: str
    dataset: str
    period: str
    verdict: str = "accepted"
    rows_read: int = 0
    not_data: int = 0
    duplicate: int = 0
    quarantined: int = 0
    accepted: int = 0
    faults: list[dict] = field(default_factory=list)

    def settle(self) -> WrittenFile:
        """Total and verdict from the parts."""
        self.rows_read = self.not_data + self.duplicate + self.quarantined + self.accepted
        if self.quarantined and self.verdict == "accepted":
            self.verdict = "quarantined"
        return self


@dataclass
class Sheet:
    """One worksheet: rows above the header, the header, rows of text, rows below; 1-based columns that hold numbers."""

    name: str
    titles: list[str]
    headers: list[str]
    rows: Iterable[tuple]
    tail: list[list[str]] = field(default_factory=list)
    numbers: frozenset[int] = frozenset()
    hidden: bool = False


def write_csv(
    world: duckdb.DuckDBPyConnection,
    path: Path,
    select: str,
    *,
    encoding: str,
    width: int,
    titles: list[str] = (),
    tail: list[list[str]] = (),
) -> int:
    """Write the select (its column names are the headers) as csv; returns the number of its rows.

    DuckDB writes the rows in one go as UTF-8; titles and tail, padded to `width`, and the encoding are added after.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = encoding == "utf-8" and not titles and not tail
    raw = path if plain else path.with_name(path.name + ".part")
    count = world.execute(f"COPY ({select}) TO {literal(raw)} (FORMAT csv, HEADER true)").fetchone()[0]
    if plain:
        return count
    with path.open("w", encoding=encoding, newline="") as target:
        lines = csv.writer(target, lineterminator="\n")
        for title in titles:
            lines.writerow([title] + [""] * (width - 1))
        with raw.open(encoding="utf-8", newline="") as source:
            shutil.copyfileobj(source, target, 1 << 20)
        for values in tail:
            lines.writerow(values + [""] * (width - len(values)))
    raw.unlink()
    return count


def write_workbook(path: Path, sheets: list[Sheet]) -> None:
    """Write the sheets in order; titles are merged over the header's width, text stays text."""
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": "合成数据 synthetic", "comments": NOTE, "created": CREATED})
        centred = book.add_format({"align": "center"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            if sheet.hidden:
                page.hide()
            row = 0
            for title in sheet.titles:
                page.merge_range(row, 0, row, max(1, len(sheet.headers) - 1), title, centred)
                row += 1
            for column, header in enumerate(sheet.headers):
                page.write_string(row, column, header)
            for values in sheet.rows:
                row += 1
                for column, value in enumerate(values):
                    if value is None or value == "":
                        continue
                    if isinstance(value, float) or (column in sheet.numbers and _is_number(value)):
                        page.write_number(row, column, float(value))
                    else:
                        page.write_string(row, column, str(value))
            for values in sheet.tail:
                row += 1
                for column, value in enumerate(values):
                    if value:
                        page.write_string(row, column, value)


def _is_number(value: object) -> bool:
    return isinstance(value, str) and value.replace(".", "", 1).removeprefix("-").isdecimal() and value.isascii()


def write_parquet(world: duckdb.DuckDBPyConnection, path: Path, select: str) -> int:
    """Write the select as Parquet; returns the number of its rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return world.execute(f"COPY ({select}) TO {literal(path)} (FORMAT parquet, COMPRESSION zstd)").fetchone()[0]
