"""Which files a drop holds: one folder per quarter and year, each dataset in the form a bureau would send it.

Not here: how a file is written (files), how values are spelled (render), what is dirty (dirt).
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from expectations.contract import Column, contracts
from orchestration.sample.files import Sheet, WrittenFile, write_csv, write_parquet, write_workbook
from orchestration.sample.plan import Plan
from orchestration.sample.render import NUMBERS, QUARTERLY, YEARLY, Slot, Style, text_select, typed_select

# How a bureau of Windows desks and web systems sends each dataset; the rest are workbooks.
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
# classes that come as sheets of a workbook, in the first quarter of a year
ROSTER_SHEETS = 30
SYNTHETIC = "合成数据"


def slots(plan: Plan) -> list[Slot]:
    """The folders in the order they are written: quarters, each year after its last quarter."""
    found: list[Slot] = []
    for quarter in plan.quarters:
        found.append(
            Slot(quarter.label, quarter.year, quarter.no, str(quarter.starts_on), str(quarter.ends_on), QUARTERLY)
        )
    for year in plan.years:
        found.append(Slot(str(year), year, 0, f"{year}-01-01", f"{year}-12-31", YEARLY))
    return found


def write_exports(world: duckdb.DuckDBPyConnection, plan: Plan, directory: Path) -> list[WrittenFile]:
    """Write every file of the drop under `directory/<unit>/<period>/`; returns them in the order written."""
    written: list[WrittenFile] = []
    for slot in slots(plan):
        for dataset in slot.datasets:
            written += _write_dataset(world, plan, directory, slot, dataset)
    return written


def _write_dataset(
    world: duckdb.DuckDBPyConnection, plan: Plan, directory: Path, slot: Slot, dataset: str
) -> list[WrittenFile]:
    stem = f"{plan.unit}/{slot.period}/{contracts()[dataset].title_zh}_{slot.period}_{SYNTHETIC}"
    if plan.form == "parquet":
        file = WrittenFile(f"{stem}.parquet", dataset, slot.period)
        file.accepted = write_parquet(world, directory / file.path, typed_select(world, dataset, slot))
        return _kept(directory, file)
    mixed = plan.form == "mixed"
    style = Style(
        dates=DATES[(slot.quarter or slot.year) % len(DATES)] if mixed and plan.dirt else DATES[0],
        months=dataset == "employment" and mixed,
    )
    select, columns = text_select(world, dataset, slot, style)
    encoding = ENCODINGS.get(dataset, ("", ""))[slot.quarter % 2] if mixed else {"csv": "utf-8"}.get(plan.form, "")
    if dataset == "enrollments" and encoding and mixed and slot.quarter % 4 == 1:
        return _write_rosters(world, plan, directory, slot, stem, select, columns)
    if encoding:
        return _write_plain_csv(world, directory, slot, dataset, f"{stem}.csv", select, columns, encoding)
    return _write_plain_workbook(world, directory, slot, dataset, f"{stem}.xlsx", select, columns)


def _kept(directory: Path, file: WrittenFile) -> list[WrittenFile]:
    """The file, or nothing where it holds no row: a bureau does not send an empty list."""
    if file.accepted + file.duplicate + file.quarantined == 0:
        (directory / file.path).unlink(missing_ok=True)
        return []
    return [file.settle()]


def _headed(select: str, columns: list[Column], where: str = "") -> str:
    names = ", ".join(f'"{column.name}" AS "{column.header_zh}"' for column in columns)
    return f"SELECT {names} FROM ({select}){where}"


def _write_plain_csv(
    world: duckdb.DuckDBPyConnection,
    directory: Path,
    slot: Slot,
    dataset: str,
    path: str,
    select: str,
    columns: list[Column],
    encoding: str,
    where: str = "",
) -> list[WrittenFile]:
    file = WrittenFile(path, dataset, slot.period, not_data=1)
    file.accepted = write_csv(
        world,
        directory / path,
        _headed(select, columns, where),
        encoding=encoding,
        note=False,
        width=len(columns),
    )
    return _kept(directory, file)


def _write_plain_workbook(
    world: duckdb.DuckDBPyConnection,
    directory: Path,
    slot: Slot,
    dataset: str,
    path: str,
    select: str,
    columns: list[Column],
) -> list[WrittenFile]:
    rows = world.execute(select).fetchall()
    if not rows:
        return []
    title = f"{contracts()[dataset].title_zh}（合成数据 synthetic）"
    numbers = frozenset(i for i, column in enumerate(columns) if column.type in NUMBERS)
    sheet = Sheet(slot.period, [title], [c.header_zh for c in columns], rows, numbers=numbers)
    write_workbook(directory / path, [sheet])
    return _kept(directory, WrittenFile(path, dataset, slot.period, not_data=2, accepted=len(rows)))


def _write_rosters(
    world: duckdb.DuckDBPyConnection,
    plan: Plan,
    directory: Path,
    slot: Slot,
    stem: str,
    select: str,
    columns: list[Column],
) -> list[WrittenFile]:
    """The first classes as sheets of one workbook, the class id in the title row; the others as one csv."""
    at = [column.name for column in columns].index("class_id")
    bare = [column for column in columns if column.name != "class_id"]
    numbers = frozenset(i for i, column in enumerate(bare) if column.type in NUMBERS)
    classes = [
        row[0]
        for row in world.execute(
            f"SELECT class_id FROM ({select}) GROUP BY class_id ORDER BY class_id LIMIT {ROSTER_SHEETS}"
        ).fetchall()
    ]
    if not classes:
        return []
    listed = ", ".join(f"'{class_id}'" for class_id in classes)
    by_class: dict[str, list[tuple]] = {class_id: [] for class_id in classes}
    for row in world.execute(f"SELECT * FROM ({select}) WHERE class_id IN ({listed})").fetchall():
        by_class[row[at]].append(row[:at] + row[at + 1 :])
    sheets = [
        Sheet(
            class_id,
            ["职业技能培训学员花名册（合成数据 synthetic）", f"班期编号：{class_id}　　填报单位：就业服务中心"],
            [column.header_zh for column in bare],
            rows,
            numbers=numbers,
        )
        for class_id, rows in by_class.items()
    ]
    path = f"{stem}.xlsx"
    write_workbook(directory / path, sheets)
    file = WrittenFile(path, "enrollments", slot.period, not_data=3 * len(sheets))
    file.accepted = sum(len(rows) for rows in by_class.values())
    rest = f" WHERE class_id NOT IN ({listed})"
    others = _write_plain_csv(
        world, directory, slot, "enrollments", f"{stem}_续.csv", select, columns, "utf-8-sig", rest
    )
    return _kept(directory, file) + others
