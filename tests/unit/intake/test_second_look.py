"""Cells that look like values and are none, values that do not look like ones, and names that must not be told.

Capitals, formulas never computed, thousands parted wrongly, wide sheets without a month, files named after a trainee.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.unit.intake.bureau import CLAIM, ROSTER, Case, claim, id_number, roster

AMOUNTS = {
    "壹仟伍佰元整": "1500.00",
    "人民币壹万贰仟叁佰肆拾伍元陆角柒分": "12345.67",
    "拾伍万元整": "150000.00",
    "叁亿零伍万元整": "300050000.00",
    "一千零五元零三分": "1005.03",
    "壹仟伍佰": "1500.00",
    "负壹佰元": "-100.00",
    "1,234,567.80元": "1234567.80",
    "1,5000": None,
    "15,00": None,
    "约15000": None,
    "元": None,
}
WIDE = ("班期编号", "身份证号", "姓名", "1日", "2日")
PERSON = id_number()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    case = Case(tmp_path_factory.mktemp("second"))
    case.text("金额.csv", CLAIM, *(claim(f"SL{n:03d}", f'"{text}"') for n, text in enumerate(AMOUNTS)))
    book = openpyxl.Workbook()
    book.active.append(CLAIM)
    book.active.append(claim("GS001", "=1000+500"))
    book.active.append(claim("GS002", 1500))
    book.save(case.folder() / "公式.xlsx")
    day = ("YZ2020-0137", PERSON, "甲某", "√", "√")
    case.text("无月.csv", WIDE, day)
    case.text("无月.csv", ("签到表 每天6课时",), WIDE, day, place="500103/202003")
    case.text("有月.csv", ("2020年3月签到表 每天6课时 线下",), WIDE, day)
    case.text("王小明.csv", ROSTER, roster(PERSON, 姓名="王小明"), roster(id_number(sequence=3), 姓名="渝中"))
    case.text("2020年渝中区名单.csv", ROSTER, roster(id_number(sequence=5), 姓名="渝中"))
    book = openpyxl.Workbook()
    book.active.title = "李某某"
    book.active.append(ROSTER)
    book.active.append(roster(id_number(sequence=7), 姓名="李某某"))
    book.save(case.folder() / "一班.xlsx")
    return case.read()


def test_amounts_in_capitals_are_exact_and_doubtful_ones_are_bad(case: Case) -> None:
    found = [row["claimed_yuan"] for row in case.rows("金额.csv")]
    assert found == [Decimal(v) if v else None for v in AMOUNTS.values()]
    faults = [row["faults"] for row in case.rows("金额.csv")]
    assert [bool(f) for f in faults] == [v is None for v in AMOUNTS.values()]


def test_a_formula_that_was_never_computed_is_a_bad_value(case: Case) -> None:
    first, second = case.rows("公式.xlsx")
    assert (first["claimed_yuan"], first["faults"]) == (None, ["claimed_yuan:error_cell"])
    assert (second["claimed_yuan"], second["faults"]) == (1500, [])


def test_wide_days_without_a_month_are_refused_even_in_a_folder_of_one(case: Case) -> None:
    refused = [f for f in case.reading.readings if f.file_name == "无月.csv"]
    assert [f.reasons[0]["rule_id"] for f in refused] == ["intake.month_unknown"] * 2
    assert [str(row["attended_on"]) for row in case.rows("有月.csv")] == ["2020-03-01", "2020-03-02"]


def test_files_and_sheets_named_after_a_person_of_theirs_are_masked(case: Case) -> None:
    names = {f.file_name for f in case.reading.readings}
    assert "***.csv" in names and "王小明.csv" not in names
    assert all("王小明" not in f.display_path for f in case.reading.readings)
    assert {row["file_name"] for row in case.rows("***.csv")} == {"***.csv"}
    assert {row["sheet"] for row in case.rows("一班.xlsx")} == {"***"}


def test_a_place_that_holds_the_letters_of_a_name_stays_readable(case: Case) -> None:
    assert case.file("2020年渝中区名单.csv").rows_read == 2


def test_the_feedback_knows_a_masked_sheet_and_a_page(tmp_path: Path) -> None:
    from expectations.original import sheets_of

    page = tmp_path / "page"
    page.write_text("<html><table><tr><td>甲</td></tr><tr><td>乙</td></tr></table></html>", encoding="utf-8")
    (sheet,) = sheets_of(page, {"": {2}, None: {2}}, limit=10)
    assert sheet.rows == [(1, ["甲"]), (2, ["乙"])]
    book = openpyxl.Workbook()
    book.active.title = "李某某"
    book.active.append(("x",))
    book.save(tmp_path / "book.xlsx")
    assert [s.name for s in sheets_of(tmp_path / "book.xlsx", {"***": {1}}, limit=10)] == ["***"]
