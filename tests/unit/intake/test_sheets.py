"""What the sheet library does not tell is read beside it: error cells, hidden rows, dates of 1904, in xlsx, xls and ods."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from orchestration.intake import sheets
from orchestration.intake.sheets import SheetJob
from orchestration.intake.workbook import cell, number_text
from orchestration.settings import load_settings
from tests.unit.intake.bureau import Case, column

HEADER = ("统一社会信用代码", "机构名称", "机构类型", "所在区县", "纳入目录日期", "办学保证金")
LINE = ("52500103MJ00000013", "合成学校", "民办", "渝中区")


def write_xls(path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("目录")
    for place, text in enumerate(HEADER):
        sheet.write(0, place, text)
    for row, deposit in enumerate([1000.1, None, 12], 1):
        for place, text in enumerate(LINE[:2] + ("民办培训机构",) + LINE[3:]):
            sheet.write(row, place, text)
        sheet.write(row, 4, date(2019, 9, row), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
        if deposit is None:
            sheet.row(row).set_cell_error(5, "#REF!")
        else:
            sheet.write(row, 5, deposit)
    sheet.row(3).hidden = True
    book.save(str(path))


def write_ods(path: Path) -> None:
    book = OpenDocumentSpreadsheet()
    table = Table(name="目录")
    for values in (HEADER, (*LINE[:2], "民办培训机构", LINE[3], "2019-09-01", "1000.10")):
        row = TableRow()
        for value in values:
            item = TableCell(valuetype="string")
            item.addElement(P(text=value))
            row.addElement(item)
        table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(str(path))


def write_1904(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path), {"date_1904": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    for row in (1, 2):
        sheet.write_row(row, 0, (*LINE[:2], "民办培训机构", LINE[3]))
    # the same day as a plain number and as a date cell
    sheet.write(1, 4, 42249)
    sheet.write_datetime(2, 4, date(2019, 9, 3), book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()


def write_two_datasets(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "目录"
    book.active.append(HEADER)
    book.active.append((*LINE[:2], "民办培训机构", LINE[3], "2019-09-01", 5))
    other = book.create_sheet("回访")
    other.append(("班期编号", "匿名编号", "是否接通"))
    other.append(("YZ2020-0137", "R1", "是"))
    book.save(path)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    case = Case(tmp_path_factory.mktemp("sheets"))
    write_xls(case.folder("500103/201901") / "a.xls")
    write_ods(case.folder("500103/201902") / "a.ods")
    write_1904(case.folder("500103/201903") / "mac.xlsx")
    write_two_datasets(case.folder("500103/201904") / "two.xlsx")
    return case.read()


def test_xls_error_cells_hidden_rows_dates_and_numbers(case: Case) -> None:
    file, rows = case.file("a.xls"), case.rows("a.xls")
    assert column(rows, "deposit_yuan") == [Decimal("1000.10"), None, Decimal("12.00")]
    assert column(rows, "listed_on") == [date(2019, 9, 1), date(2019, 9, 2), date(2019, 9, 3)]
    assert "deposit_yuan:error_cell" in rows[1]["faults"]
    assert [n["rule_id"] for n in file.notices] == ["intake.hidden_rows"]


def test_ods_is_read(case: Case) -> None:
    (row,) = case.rows("a.ods")
    assert (row["listed_on"], row["deposit_yuan"]) == (date(2019, 9, 1), Decimal("1000.10"))


def test_dates_of_the_1904_system(case: Case) -> None:
    assert column(case.rows("mac.xlsx"), "listed_on") == [date(2019, 9, 3)] * 2


def test_one_workbook_may_hold_two_datasets(case: Case) -> None:
    found = {
        item.dataset: (item.rows_read, item.rows_not_data)
        for item in case.reading.readings
        if item.file_name == "two.xlsx"
    }
    assert found == {"institutions": (2, 1), "followups": (2, 1)}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (1200.0, "1200"),
        (1e14, "100000000000000"),
        (509901199001010017.0, "5.09901199001010E+17"),
        (1e-7, "0.0000001"),
    ],
)
def test_numbers_keep_fifteen_digits_without_float_noise(value: float, text: str) -> None:
    assert number_text(value) == text


@pytest.mark.parametrize(
    ("value", "found"),
    [(True, ("TRUE", "b")), ("  ", (None, " ")), (" x ", ("x", "t")), (date(2020, 1, 2), ("2020-01-02", "d"))],
)
def test_kinds_of_cells(value: object, found: tuple) -> None:
    assert cell(value) == found


def test_a_slow_machine_is_no_fault_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # a child that waits longer than its seconds of processor time without using any
    wait = "import sys, time; sys.stdin.readline(); sys.stdin.readline(); time.sleep(6.5)"
    answer = wait + "; print('{\"sheets\": []}', flush=True)"
    popen = subprocess.Popen
    monkeypatch.setattr(sheets.subprocess, "Popen", lambda _, **how: popen([sys.executable, "-c", answer], **how))
    jobs = [SheetJob(1, tmp_path / "a.xlsx", tmp_path / "a.parquet")]
    assert sheets.read_sheets(jobs, load_settings(tmp_path, sheet_seconds="1")) == {1: []}
