"""The workbook read back: every number is a row of a mart, laid out for A4 and alive where it checks itself."""

from __future__ import annotations

from decimal import Decimal

import pytest
from openpyxl import load_workbook

from dashboards.release import NoRelease, Releases
from dashboards.reports import write_report
from dashboards.reports.content import ReportError
from dashboards.reports.tables import FORMS

HEAD_ROWS = 9


@pytest.fixture(scope="module")
def path(home, tmp_path_factory):
    return write_report(home, "quarterly", "2021Q2", "500103", ["xlsx"], tmp_path_factory.mktemp("reports"))[0]


@pytest.fixture(scope="module")
def book(path):
    return load_workbook(path)


@pytest.mark.parametrize(("code", "sheet"), [("J1", "J1 培训综合情况"), ("J2", "J2 区县目标完成情况")])
def test_every_cell_equals_its_row_of_the_mart(home, book, code, sheet):
    form = FORMS[code]
    rows = (
        Releases(home)
        .get()
        .rows(
            f"select * from marts.{form.mart} where reporting_unit = '500103' and period = '2021Q2' order by line_no",
        )
    )
    compared = 0
    for offset, row in enumerate(rows):
        for index, column in enumerate(form.columns):
            if column.is_text:
                continue
            cell = book[sheet].cell(HEAD_ROWS + 1 + offset, index + 1).value
            expected = row[column.field]
            assert cell == ("—" if expected is None else pytest.approx(float(expected), rel=1e-15))
            compared += 1
    assert compared == len(rows) * sum(1 for column in form.columns if not column.is_text)
    assert rows


def test_headers_have_levels_and_columns_are_numbered(book):
    sheet = book["J1 培训综合情况"]
    assert [cell.value for cell in sheet[7]][3:] == ["完成情况", None, "与上年比较", None, "年度目标", None]
    assert [cell.value for cell in sheet[8]][3:] == ["本季", "累计", "上年同期", "同比", "目标", "完成率"]
    assert [cell.value for cell in sheet[9]] == ["甲", "乙", "丙", "1", "2", "3", "4", "5", "6"]
    assert {"D7:E7", "F7:G7", "H7:I7", "A7:A8"} <= {str(area) for area in sheet.merged_cells.ranges}


def test_head_names_unit_period_form_release_and_data_date(book):
    sheet = book["J1 培训综合情况"]
    head = " ".join(str(cell.value) for row in sheet["A1:I6"] for cell in row if cell.value)
    for text in ("培训综合情况", "渝中区（500103）", "2021年第二季度", "表号：J1", "r-0002", "2021-12-31", "草稿"):
        assert text in head


def test_prints_on_a4_landscape_with_repeated_header_and_frozen_panes(book):
    for sheet in (book["J1 培训综合情况"], book["J2 区县目标完成情况"]):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$7:$9"
        assert sheet.freeze_panes in ("D10", "C10")


def test_number_formats_follow_the_unit_of_measure(book):
    sheet = book["J1 培训综合情况"]
    formats = {row[1].value: row[3].number_format for row in sheet.iter_rows(min_row=10, max_row=16)}
    assert formats["person_times"].startswith("#,##0_0;")
    assert formats["certificate_rate"].startswith("0.0%")
    assert formats["subsidy_paid_yuan"].startswith("#,##0.00")


def test_checks_are_formulas_with_their_answer_beside(path, book):
    shown = load_workbook(path, data_only=True)
    formulas = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    formulas += 1
                    assert cell.value.startswith("=IF(")
                    assert shown[sheet.title][cell.coordinate].value == "✓ 相符"
    assert formulas == 14


def test_a_check_that_fails_says_so(release_home, tmp_path):
    directory = release_home.write_release(tmp_path, "r")
    import duckdb

    with duckdb.connect(str(directory / "warehouse.duckdb")) as connection:
        connection.execute("update marts.mart_report_j2 set current_value = current_value + 1 where unit_code is null")
    path = write_report(tmp_path, "quarterly", "2021Q2", "500103", ["xlsx"], tmp_path)[0]
    sheet = load_workbook(path, data_only=True)["J2 区县目标完成情况"]
    assert "✗ 不符" in [cell.value for row in sheet.iter_rows() for cell in row]


def test_each_form_has_its_chart_on_a_sheet_of_its_own(book):
    assert [sheet.title for sheet in book.chartsheets] == ["J1 图", "J2 图", "J3 图", "J5 图"]


def test_metadata_names_release_definitions_and_files_whose_rows_add_up(home, book):
    rows = [[cell.value for cell in row] for name in ("元数据", "来源文件") for row in book[name].iter_rows()]
    flat = [value for row in rows for value in row]
    for text in ("r-0002", "2021-12-31", "通过 212 项，共 214 项", "补贴性职业技能培训人次", "claims_2021Q2.xlsx"):
        assert text in flat
    assert "claims_2021Q3.xlsx" not in flat, "a file after the period is not behind it"
    files = [row for row in rows if len(row) == 10 and isinstance(row[4], int)]
    assert files and all(read == data + twice + aside + kept for *_, read, data, twice, aside, kept, _ in files)


def test_text_that_looks_like_a_formula_stays_text(release_home, tmp_path):
    directory = release_home.write_release(tmp_path, "r")
    import duckdb

    with duckdb.connect(str(directory / "warehouse.duckdb")) as connection:
        connection.execute("update marts.mart_row_account set file_name = '=HYPERLINK(\"http://x\")'")
    path = write_report(tmp_path, "quarterly", "2021Q2", "500103", ["xlsx"], tmp_path)[0]
    cells = [cell for row in load_workbook(path)["来源文件"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if str(cell.value).startswith("=HYPERLINK")} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_the_same_release_gives_the_same_bytes(home, tmp_path, path):
    again = write_report(home, "quarterly", "2021Q2", "500103", ["xlsx"], tmp_path)[0]
    assert again.read_bytes() == path.read_bytes()


def test_english_and_an_older_release(home, tmp_path):
    path = write_report(home, "quarterly", "2021Q2", "500103", ["xlsx"], tmp_path, lang="en", release="r-0001")[0]
    book = load_workbook(path)
    assert book.sheetnames[:2] == ["Summary", "J1 Training overview"]
    assert "r-0001" in str(book.worksheets[1]["A5"].value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("weekly", "2021Q2", "500103", ["xlsx"]), "没有“weekly”这种报表"),
        (("quarterly", "2021", "500103", ["xlsx"]), "季报写作 2021Q2"),
        (("quarterly", "2031Q2", "500103", ["xlsx"]), "没有 500103 2031Q2"),
        (("quarterly", "2021Q2", "500103", ["ods"]), "没有“ods”这种格式"),
    ],
)
def test_what_cannot_be_written_is_said_with_what_to_do(home, tmp_path, arguments, message):
    with pytest.raises(ReportError, match=message) as caught:
        write_report(home, *arguments, tmp_path)
    assert caught.value.en
    assert not list(tmp_path.iterdir())


def test_no_release_no_report(tmp_path):
    with pytest.raises(NoRelease):
        write_report(tmp_path, "quarterly", "2021Q2", "500103", ["xlsx"], tmp_path)


def test_money_reaches_the_cell_to_the_fen(book):
    sheet = book["J2 区县目标完成情况"]
    assert Decimal(str(sheet["J10"].value)) == Decimal("4743600.5")
