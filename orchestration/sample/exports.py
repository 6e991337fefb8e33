"""Which files a drop holds: one folder per quarter and year, each dataset in the form a bureau would send it.

Not here: how a file is written (files), how values are spelled (render), what is dirty (dirt, faults, frames).
"""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from expectations.contract import Column, contracts
from orchestration.sample.bundles import (
    ARCHIVED,
    TOGETHER,
    TOGETHER_QUARTER,
    WIDE_QUARTER,
    archive,
    wide_classes,
    write_wide,
)
from orchestration.sample.dirt import Page, make_page
from orchestration.sample.files import Sheet, WrittenFile, write_csv, write_parquet, write_workbook
from orchestration.sample.frames import make_frame
from orchestration.sample.plan import Plan
from orchestration.sample.render import NUMBERS, QUARTERLY, YEARLY, Slot, Style, source_sql, text_select, typed_select
from orchestration.sample.rosters import write_rosters

# How a bureau of Windows desks and web systems sends each dataset, in even and odd quarters; the rest are workbooks.
ENCODINGS = {
    "classes": ("gb18030", "utf-8-sig"),
    "enrollments": ("utf-8-sig", "gb18030"),
    "attendance": ("utf-8", "utf-8"),
    "certifications": ("gb18030", "utf-8"),
    "employment": ("utf-8", "utf-8-sig"),
    "claims": ("gb18030", "utf-8-sig"),
    "fund_ledger": ("gb18030", ""),
    "followups": ("utf-8-sig", "gb18030"),
    "enterprises": ("gb18030", "gb18030"),
}
DATES = ("%Y-%m-%d", "%Y/%-m/%-d", "%Y.%-m.%-d", "%Y%m%d", "%Y年%-m月%-d日")
# quarters in which a file comes twice: word for word under another name, and again from a desk with other settings
TWICE_SAME_BYTES, TWICE_OTHER_ENCODING = ("followups", 6), ("certifications", 7)
HIDDEN_SHEET = ("inspections", 2)


def slots(plan: Plan) -> list[Slot]:
    """The folders in the order they are written: the quarters, then the years."""
    return [Slot(q.label, q.year, q.no, str(q.starts_on), str(q.ends_on), QUARTERLY) for q in plan.quarters] + [
        Slot(str(year), year, 0, f"{year}-01-01", f"{year}-12-31", YEARLY) for year in plan.years
    ]


def write_exports(world: duckdb.DuckDBPyConnection, plan: Plan, directory: Path) -> list[WrittenFile]:
    """Write every file of the drop under `directory/<unit>/<period>/`; returns them in the order written."""
    written: list[WrittenFile] = []
    for slot in slots(plan):
        bundles = plan.form == "mixed" and plan.dirt
        together = TOGETHER if bundles and slot.quarter == TOGETHER_QUARTER else ()
        for dataset in (name for name in slot.datasets if name not in together):
            files = [file.settle() for file in _write_dataset(world, plan, directory, slot, dataset)]
            is_archived = bundles and (dataset, slot.quarter) in ARCHIVED
            written += [archive(directory, file) for file in files] if is_archived else files
        if together:
            written += [file.settle() for file in _write_together(world, plan, directory, slot)]
    return written


def _write_together(world: duckdb.DuckDBPyConnection, plan: Plan, directory: Path, slot: Slot) -> list[WrittenFile]:
    """Two registers as two sheets of one workbook; each dataset has its own account."""
    titles = [contracts()[dataset].title_zh for dataset in TOGETHER]
    path = f"{plan.unit}/{slot.period}/{'与'.join(titles)}_{slot.period}_合成数据.xlsx"
    style = Style(dates=DATES[slot.quarter % len(DATES)])
    sheets, files = [], []
    for dataset, title in zip(TOGETHER, titles, strict=True):
        select, columns = text_select(world, dataset, slot, style)
        page = make_page(world, dataset, slot, select, columns, style, dirty=True)
        if not page.rows(world):
            continue
        frame = make_frame(world, dataset, slot, columns, dirty=True, book=True)
        rows = world.execute(page.select(divisors=frame.divisors)).fetchall()
        numbers = frozenset(i for i, column in enumerate(columns) if column.type in NUMBERS)
        sheets.append(Sheet(title, frame.titles, frame.headers, rows, frame.tail, numbers))
        file = WrittenFile(path, dataset, slot.period, not_data=len(frame.titles) + 1 + len(frame.tail))
        files.append(page.account(world, file, first_row=len(frame.titles) + 1, sheet=title))
    if sheets:
        write_workbook(directory / path, sheets)
    return files


def _write_dataset(
    world: duckdb.DuckDBPyConnection, plan: Plan, directory: Path, slot: Slot, dataset: str
) -> list[WrittenFile]:
    stem = f"{plan.unit}/{slot.period}/{contracts()[dataset].title_zh}_{slot.period}_合成数据"
    if plan.form == "parquet":
        file = WrittenFile(f"{stem}.parquet", dataset, slot.period)
        file.accepted = write_parquet(world, directory / file.path, typed_select(world, dataset, slot))
        if not file.accepted:
            (directory / file.path).unlink()
        return [file] if file.accepted else []
    mixed = plan.form == "mixed"
    style = Style(
        dates=DATES[(slot.quarter or slot.year) % len(DATES)] if mixed and plan.dirt else DATES[0],
        months=dataset == "employment" and mixed,
    )
    select, columns = text_select(world, dataset, slot, style)
    encoding = ENCODINGS.get(dataset, ("", ""))[slot.quarter % 2] if mixed else {"csv": "utf-8"}.get(plan.form, "")
    if dataset == "attendance" and encoding and not (plan.dirt and slot.quarter == 1):
        return _write_attendance(world, plan, directory, slot, select, columns, stem, encoding)
    page = make_page(world, dataset, slot, select, columns, style, dirty=plan.dirt)
    if not page.rows(world):
        return []
    if dataset == "enrollments" and mixed and slot.quarter % 4 == 1:
        return write_rosters(world, page, directory, slot, stem, dirty=plan.dirt)
    if not encoding:
        return [_write_book(world, page, directory, slot, dataset, f"{stem}.xlsx", dirty=plan.dirt)]
    file = _write_text(world, page, directory, slot, dataset, f"{stem}.csv", encoding, dirty=plan.dirt)
    return [file, *(_send_again(world, page, directory, slot, dataset, file, encoding) if plan.dirt else [])]


def _write_attendance(
    world: duckdb.DuckDBPyConnection,
    plan: Plan,
    directory: Path,
    slot: Slot,
    select: str,
    columns: list[Column],
    stem: str,
    encoding: str,
) -> list[WrittenFile]:
    """The largest table goes straight to its file, but for the few classes that send sign-in sheets."""
    files, source = [], source_sql("attendance", slot)
    is_wide = plan.form == "mixed" and plan.dirt and slot.quarter == WIDE_QUARTER
    classes = wide_classes(world, source) if is_wide else []
    if classes:
        files.append(write_wide(world, source, classes, directory, f"{stem}_签到表.xlsx", slot.period))
    listed = ", ".join(f"'{class_id}'" for class_id in classes)
    where = f" WHERE class_id NOT IN ({listed})" if classes else ""
    file = WrittenFile(f"{stem}.csv", "attendance", slot.period, not_data=1)
    headed = ", ".join(f'"{c.name}" AS "{c.header_zh}"' for c in columns)
    query = f"SELECT {headed} FROM ({select}){where}"
    file.accepted = write_csv(world, directory / file.path, query, encoding=encoding, width=len(columns))
    if not file.accepted:
        (directory / file.path).unlink()
    return [*files, file] if file.accepted else files


def _write_text(
    world: duckdb.DuckDBPyConnection,
    page: Page,
    directory: Path,
    slot: Slot,
    dataset: str,
    path: str,
    encoding: str,
    *,
    dirty: bool,
) -> WrittenFile:
    frame = make_frame(world, dataset, slot, page.columns, dirty=dirty, book=False)
    write_csv(
        world,
        directory / path,
        page.select(headers=frame.headers),
        encoding=encoding,
        width=len(page.columns),
        titles=frame.titles,
        tail=frame.tail,
    )
    file = WrittenFile(path, dataset, slot.period, not_data=len(frame.titles) + 1 + len(frame.tail))
    return page.account(world, file, first_row=len(frame.titles) + 1, sheet=None)


def _write_book(
    world: duckdb.DuckDBPyConnection,
    page: Page,
    directory: Path,
    slot: Slot,
    dataset: str,
    path: str,
    *,
    dirty: bool,
) -> WrittenFile:
    frame = make_frame(world, dataset, slot, page.columns, dirty=dirty, book=True)
    rows = world.execute(page.select(divisors=frame.divisors)).fetchall()
    numbers = frozenset(i for i, column in enumerate(page.columns) if column.type in NUMBERS)
    sheets = [Sheet(slot.period, frame.titles, frame.headers, rows, frame.tail, numbers)]
    if dirty and (dataset, slot.quarter) == HIDDEN_SHEET:
        sheets.append(Sheet("旧数据", frame.titles, frame.headers, rows[:2], hidden=True))
    write_workbook(directory / path, sheets)
    file = WrittenFile(path, dataset, slot.period, not_data=len(frame.titles) + 1 + len(frame.tail))
    return page.account(world, file, first_row=len(frame.titles) + 1, sheet=slot.period)


def _send_again(
    world: duckdb.DuckDBPyConnection,
    page: Page,
    directory: Path,
    slot: Slot,
    dataset: str,
    file: WrittenFile,
    encoding: str,
) -> list[WrittenFile]:
    path = file.path.replace(".csv", "_副本.csv")
    if (dataset, slot.quarter) == TWICE_SAME_BYTES:
        shutil.copyfile(directory / file.path, directory / path)
        return [WrittenFile(path, dataset, slot.period, verdict="unchanged")]
    if (dataset, slot.quarter) == TWICE_OTHER_ENCODING:
        other = "utf-8-sig" if encoding != "utf-8-sig" else "gb18030"
        again = _write_text(world, page, directory, slot, dataset, path, other, dirty=True)
        again.duplicate, again.accepted = again.duplicate + again.accepted, 0
        return [again]
    return []
