"""The child process that opens sheets: `python -m orchestration.intake.workbook`, one JSON line in, one out per file.

It limits its own memory and processor time, so that a hostile file costs only itself. Cells leave it as raw Parquet
(file_no, sheet_no, row_no, cells, kinds; kinds is one letter per cell: t text, n number, d date, b truth, e error, space
blank; then ~ where the row is struck through). Not here: starting, timing and restarting the child (`sheets.py`), and what
a cell means.
"""

from __future__ import annotations

import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from orchestration.intake import archive, sheet_facts
from orchestration.intake.formats import sniff
from orchestration.intake.reasons import Refusal

BATCH_ROWS = 20_000
MAX_SHEETS = 500


def number_text(value: float) -> str:
    """A number as Excel shows it in full: 15 significant digits, no float noise; over 15 digits with an exponent.

    The exponent tells that digits are lost: Excel keeps fifteen.
    """
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    if abs(value) >= 1e15:
        return f"{value:.14E}"
    short = f"{value:.15g}"
    if "e" in short:
        short = f"{Decimal(short):f}"
    return short


def cell(value: object) -> tuple[str | None, str]:
    """Text and kind of one cell as calamine gives it."""
    if isinstance(value, str):
        value = value.strip()
        return (value, "t") if value else (None, " ")
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), "b"
    if isinstance(value, int):
        return number_text(float(value)) if abs(value) >= 10**15 else str(value), "n"
    if isinstance(value, float):
        return number_text(value), "n"
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.strftime("%Y-%m-%d" if midnight else "%Y-%m-%d %H:%M:%S"), "d"
    if isinstance(value, date | time):
        return value.isoformat(), "d"
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}", "d"
    return None, " "


class RawWriter:
    """Writes the rows of one file's sheets to one Parquet file."""

    def __init__(self, target: Path, file_no: int) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._pa, self.target, self.file_no, self.cells = pa, str(target), file_no, 0
        self.schema = pa.schema(
            [
                ("file_no", pa.int32()),
                ("sheet_no", pa.int32()),
                ("row_no", pa.int32()),
                ("cells", pa.list_(pa.string())),
                ("kinds", pa.string()),
            ]
        )
        self._writer = pq.ParquetWriter(target, self.schema, compression="snappy")

    def sheet(self, sheet_no: int, rows: Iterator[tuple[list[str | None], str]], max_cells: int) -> tuple[int, int]:
        """Write one sheet; (number of its last non-blank row, widest row). Refusal over `max_cells` cells in the file."""
        numbers, texts, kinds, last, width = [], [], [], 0, 0
        pending: list[tuple[list[str | None], str]] = []
        for row_no, (values, marks) in enumerate(rows, 1):
            self.cells += len(values)
            if self.cells > max_cells:
                raise Refusal("intake.limit", "单元格数", "cells")
            pending.append((values, marks))
            # blank rows are kept only when something follows them
            if not marks.strip():
                continue
            width = max(width, len(marks.rstrip(" ~")))
            numbers.extend(range(last + 1, row_no + 1))
            texts.extend(values for values, _ in pending)
            kinds.extend(marks for _, marks in pending)
            pending, last = [], row_no
            if len(numbers) >= BATCH_ROWS:
                self._flush(sheet_no, numbers, texts, kinds)
                numbers, texts, kinds = [], [], []
        self._flush(sheet_no, numbers, texts, kinds)
        return last, width

    def _flush(self, sheet_no: int, numbers: list[int], texts: list, kinds: list[str]) -> None:
        pa = self._pa
        if numbers:
            count = len(numbers)
            columns = [
                pa.array([self.file_no] * count, pa.int32()),
                pa.array([sheet_no] * count, pa.int32()),
                pa.array(numbers, pa.int32()),
                pa.array(texts, pa.list_(pa.string())),
                pa.array(kinds, pa.string()),
            ]
            self._writer.write_table(pa.Table.from_arrays(columns, schema=self.schema))

    def close(self) -> None:
        """Finish the Parquet file."""
        self._writer.close()


def _sheet_rows(sheet, facts: sheet_facts.SheetFacts) -> Iterator[tuple[list[str | None], str]]:
    fills, struck = facts.fills, facts.struck.rows()
    held: dict[int, tuple[str | None, str]] = {}
    for row_no, values in enumerate(sheet.to_python(skip_empty_area=False), 1):
        pairs = [cell(value) for value in values]
        for column in facts.errors.get(row_no, ()):
            pairs.extend([(None, " ")] * (column - len(pairs)))
            pairs[column - 1] = ("#ERROR", "e")
        # a vertical merge holds for each of its rows; amounts are not repeated
        for column, first, last in fills.get(row_no, ()):
            if row_no == first:
                held[column] = pairs[column - 1]
            elif column in held and row_no <= last and held[column][1] in "td" and pairs[column - 1][1] == " ":
                if any(kind != " " for _, kind in pairs):
                    pairs[column - 1] = held[column]
        yield [text for text, _ in pairs], "".join(kind for _, kind in pairs) + ("~" if row_no in struck else "")


def read_workbook(path: Path, writer: RawWriter, limits: dict) -> list[dict]:
    """Read all visible sheets of an xlsx, xls or ods file; facts per sheet, hidden ones by name only."""
    import python_calamine

    try:
        facts = sheet_facts.facts(path)
        with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
            metadata = book.sheets_metadata
            if len(metadata) > MAX_SHEETS:
                raise Refusal("intake.limit", "工作表数", "sheets")
            sheets = []
            for index, meta in enumerate(metadata):
                fact = facts.get(index, sheet_facts.SheetFacts())
                entry = {
                    "sheet_no": index,
                    "name": meta.name,
                    "hidden": not str(meta.visible).endswith(".Visible"),
                    "rows": 0,
                }
                sheets.append(entry)
                if entry["hidden"] or "WorkSheet" not in str(meta.typ):
                    entry["hidden"] = True
                    continue
                sheet = book.get_sheet_by_index(index)
                if (sheet.total_height + 1) * (sheet.total_width + 1) > limits["cells"]:
                    raise Refusal("intake.limit", "单元格数", "cells")
                fact.add_merges(sheet.merged_cell_ranges or [])
                entry["rows"], entry["cols"] = writer.sheet(index, _sheet_rows(sheet, fact), limits["cells"])
                entry["hidden_rows"], entry["date_1904"] = fact.hidden_rows, fact.is_1904
                entry["struck_rows"] = len(fact.struck.rows())
        return sheets
    except python_calamine.PasswordError as error:
        raise Refusal("intake.password") from error
    except python_calamine.CalamineError as error:
        # calamine names a protected workbook only in its message
        raise Refusal("intake.password" if "assword" in str(error) else "intake.unreadable") from error


def read_one(job: dict) -> dict:
    """Read one file as the job line says; the answer line."""
    path, kind = Path(job["path"]), sniff(Path(job["path"]))
    writer = RawWriter(Path(job["out"]), job["file_no"])
    try:
        if kind == "zip":
            with zipfile.ZipFile(path) as package:
                archive.check_directory(package, job["limits"]["unzipped_bytes"])
                if any(name.lower().endswith("vbaproject.bin") for name in package.namelist()):
                    raise Refusal("intake.macro")
        if kind == "html":
            from orchestration.intake.html_tables import read_html

            sheets = read_html(path, writer, job["limits"])
        elif kind == "parquet":
            from orchestration.intake.columnar import read_parquet

            sheets = read_parquet(path, writer, job["limits"])
        else:
            sheets = read_workbook(path, writer, job["limits"])
        return {"file_no": job["file_no"], "sheets": sheets}
    except Refusal as refusal:
        return {"file_no": job["file_no"], "refusal": [refusal.rule, refusal.detail, refusal.detail_en]}
    except MemoryError:
        return {"file_no": job["file_no"], "refusal": ["intake.limit", "内存", "memory"]}
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        EOFError,
        KeyError,
        IndexError,
        NotImplementedError,
        RecursionError,
    ):
        return {"file_no": job["file_no"], "refusal": ["intake.unreadable", "", ""]}
    finally:
        writer.close()


def main() -> None:
    """Answer jobs until standard input ends. The first line sets the limits of the process."""
    limits = json.loads(sys.stdin.readline())
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"], limits["memory_bytes"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin:
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + limits["seconds"] + 1
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
        print(json.dumps(read_one(json.loads(line)), ensure_ascii=True), flush=True)


if __name__ == "__main__":
    main()
