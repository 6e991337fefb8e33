"""Rosters as a bureau keeps them: one sheet per class with the class id in the title; the other classes as one csv.

Not here: datasets of one table per file (exports).
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.sample.dirt import Page
from orchestration.sample.files import Sheet, WrittenFile, write_csv, write_workbook
from orchestration.sample.frames import make_frame
from orchestration.sample.render import NUMBERS, Slot

# a bounded number, so that a large sample is not a large workbook
SHEETS = 30
TITLES = 2


def write_rosters(
    world: duckdb.DuckDBPyConnection, page: Page, directory: Path, slot: Slot, stem: str, *, dirty: bool
) -> list[WrittenFile]:
    """Write the workbook of the first classes and, if there are more, the csv of the rest."""
    listed = f"class_id IN (SELECT DISTINCT class_id FROM page ORDER BY class_id LIMIT {SHEETS})"
    books = [_write_book(world, page, directory, slot, f"{stem}.xlsx", listed, dirty=dirty)]
    if page.rows(world, f"NOT ({listed})"):
        frame = make_frame(world, "enrollments", slot, page.columns, dirty=dirty, book=False)
        path = f"{stem}_续.csv"
        select = page.select(headers=frame.headers, where=f"NOT ({listed})")
        write_csv(world, directory / path, select, encoding="utf-8-sig", width=len(page.columns), tail=frame.tail)
        file = WrittenFile(path, "enrollments", slot.period, not_data=1 + len(frame.tail))
        books.append(page.account(world, file, first_row=1, sheet=None, where=f"NOT ({listed})"))
    return books


def _write_book(
    world: duckdb.DuckDBPyConnection, page: Page, directory: Path, slot: Slot, path: str, listed: str, *, dirty: bool
) -> WrittenFile:
    at = [column.name for column in page.columns].index("class_id")
    columns = [column for column in page.columns if column.name != "class_id"]
    person = [column.name for column in columns].index("person_id")
    by_class: dict[str, list[tuple]] = {}
    for row in world.execute(page.select(where=listed)).fetchall():
        by_class.setdefault(row[at], []).append(row[:at] + row[at + 1 :])
    file = WrittenFile(path, "enrollments", slot.period)
    page.account(world, file, first_row=TITLES + 1, sheet=None, where=listed)
    tail = [["制表人：　　审核人：　　填报日期："]] if dirty else []
    if dirty and slot.quarter == 1:
        file.faults += _add_number_cell(world, by_class, person)
        file.quarantined += 1
    sheets = [
        Sheet(
            class_id,
            ["职业技能培训学员花名册（合成数据 synthetic）", f"班期编号：{class_id}　　填报单位：就业服务中心"],
            [column.header_zh for column in columns],
            rows,
            tail,
            frozenset(i for i, column in enumerate(columns) if column.type in NUMBERS),
        )
        for class_id, rows in by_class.items()
    ]
    write_workbook(directory / path, sheets)
    file.not_data = (TITLES + 1 + len(tail)) * len(sheets)
    return file


def _add_number_cell(world: duckdb.DuckDBPyConnection, by_class: dict[str, list[tuple]], person: int) -> list[dict]:
    """A row whose ID number is an 18-digit number cell: a spreadsheet keeps fifteen digits, the rest is lost."""
    class_id, rows = next(iter(by_class.items()))
    number = world.execute("SELECT left(spare(10), 17) || '0'").fetchone()[0]
    rows.append(rows[0][:person] + (float(number),) + rows[0][person + 1 :])
    fault = {"sheet": class_id, "row_no": TITLES + 1 + len(rows), "column": "person_id", "kind": "damaged"}
    return [fault]
