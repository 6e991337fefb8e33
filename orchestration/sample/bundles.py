"""Shapes of a drop that hold more than one table a file: sign-in sheets, a workbook of two datasets, archives.

Not here: which rows a dataset has (render), how one table is written (files).
"""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import duckdb

from orchestration.sample.files import CREATED, Sheet, WrittenFile, write_workbook

# in the mixed, dirty sample: the quarter whose first classes send sign-in sheets, the one whose two registers share a
# workbook, and the datasets and quarters that come in an archive
WIDE_QUARTER, WIDE_CLASSES = 3, 3
TOGETHER, TOGETHER_QUARTER = ("inspections", "publications"), 3
ARCHIVED = {("certifications", 9), ("publications", 5)}
PRESENT, ABSENT = ("√", "√", "迟到", "√", "6", "●", "早退"), ("×", "", "请假", "○", "旷课")
_FIRST_ROW = 3


def wide_classes(world: duckdb.DuckDBPyConnection, source: str) -> list[str]:
    """Classes of a quarter's attendance that a sign-in sheet tells in full: one mode, no two trainees signing as one."""
    rows = world.execute(
        f"""SELECT class_id FROM ({source}) GROUP BY class_id
        HAVING bool_and(delivery_mode = 'offline' AND lessons = 6)
          AND count(DISTINCT signed_in_at) > 2 * count(DISTINCT attended_on)
        ORDER BY class_id LIMIT {WIDE_CLASSES}"""
    ).fetchall()
    return [row[0] for row in rows]


def write_wide(
    world: duckdb.DuckDBPyConnection, source: str, classes: list[str], directory: Path, path: str, period: str
) -> WrittenFile:
    """A workbook with a sheet per class and a column per day; the first unmarked cell of each sheet holds a mark of nobody's."""
    file = WrittenFile(path, "attendance", period)
    sheets = []
    for class_id in classes:
        found = world.execute(
            f"SELECT person_id, attended_on FROM ({source}) WHERE class_id = ? ORDER BY ALL", [class_id]
        ).fetchall()
        rows, fault = _grid(found)
        days = sorted({day for _, day in found})
        title = f"班期编号：{class_id}　{days[0].year}年签到表　每天6课时　线下（合成数据 synthetic）"
        headers = ["序号", "身份证号", *(f"{day.month}月{day.day}日" for day in days)]
        sheets.append(Sheet(class_id, [title], headers, rows, [["备注：√出勤　×缺勤"]]))
        file.accepted += len(found)
        file.quarantined += fault is not None
        file.not_data += _FIRST_ROW + len(rows) * len(days) - len(found) - (fault is not None)
        if fault is not None:
            file.faults.append({"sheet": class_id, "row_no": _FIRST_ROW + fault, "column": "lessons", "kind": "mark"})
    write_workbook(directory / path, sheets)
    return file


def _grid(found: list[tuple[str, dt.date]]) -> tuple[list[tuple], int | None]:
    """Rows of marks, and the index of the row with the mark that means nothing; None where nobody missed a day."""
    persons, days, present = sorted({p for p, _ in found}), sorted({d for _, d in found}), set(found)
    rows: list[tuple] = []
    fault = None
    for number, person in enumerate(persons):
        marks = []
        for place, day in enumerate(days):
            is_present = (person, day) in present
            mark = (PRESENT if is_present else ABSENT)[(number + place) % (len(PRESENT) if is_present else len(ABSENT))]
            if not is_present and fault is None:
                fault, mark = number, "？"
            marks.append(mark)
        rows.append((str(number + 1), person, *marks))
    return rows, fault


def archive(directory: Path, file: WrittenFile) -> WrittenFile:
    """The file put into a zip archive of its own, the name in GB18030 as Chinese Windows writes it; it stands there alone."""
    path = directory / file.path
    place = Path(file.path)
    target = path.with_name(f"{path.stem}_报送.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        info = _GbkName(f"报送材料/{place.name}", CREATED.timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED
        package.writestr(info, path.read_bytes())
    path.unlink()
    file.path = str(place.with_name(target.stem) / "报送材料" / place.name)
    return file


class _GbkName(zipfile.ZipInfo):
    """A member whose name is written in GB18030 without the UTF-8 flag."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the name the library calls
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800
