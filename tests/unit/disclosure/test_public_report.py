"""A public report as readers get it, in four formats: no small figure, no source file, no ID number, the same cells in each."""

from __future__ import annotations

import re
from dataclasses import replace

import duckdb
import pdfplumber
import pytest
from docx import Document
from openpyxl import load_workbook

from dashboards.disclosure import attack_register, masks, protect_report, public_rows
from dashboards.disclosure.policy import policy
from dashboards.release import Releases
from dashboards.reports import FORMATS, printed, write_report
from dashboards.reports.content import ReportError, read_report
from dashboards.reports.narrative import narrative
from dashboards.reports.tables import FORMS, KINDS
from dashboards.words import HIDDEN, Words
from tests.browser import release_home

UNIT, QUARTER = "500103", "2021Q2"
ID_NUMBER = "509901199001011237"
# training type by group: counts of the cross-tab, 0 where nobody is
CROSS = {
    "job_skills": {"enterprise_employee": 40, "unemployed": 7, "graduate": 23, "female": 31, "all": 70},
    "upskilling": {"enterprise_employee": 88, "unemployed": 12, "graduate": 3, "female": 44, "all": 103},
    "safety": {"enterprise_employee": 4, "unemployed": 1, "graduate": 1, "female": 2, "all": 6},
}


def write_home(home, release_id="r-1", small=7):
    """A release whose quarter has small figures, a cross-tab and a source file named after a person's ID."""
    directory = release_home.write_release(home, release_id)
    with duckdb.connect(str(directory / "warehouse.duckdb")) as connection:
        connection.execute("update marts.mart_row_account set file_name = ?", [f"张三{ID_NUMBER}.xlsx"])
        connection.execute(
            "update marts.mart_report_j1 set current_value = ? where code = 'person_times_paid' and period = ?",
            [small, QUARTER],
        )
        connection.execute(
            "create or replace table marts.mart_report_cross (reporting_unit varchar, period varchar, form varchar, "
            "row_member varchar, row_label varchar, column_member varchar, value double)"
        )
        cells = [(row, column, n) for row, columns in CROSS.items() for column, n in columns.items()]
        for column in CROSS["job_skills"]:
            cells.append(("all", column, sum(columns[column] for columns in CROSS.values())))
        marks = ", ".join(["(?, ?, 'J3', ?, null, ?, ?)"] * len(cells))
        values = [value for row, column, n in cells for value in (UNIT, QUARTER, row, column, n)]
        connection.execute(f"insert into marts.mart_report_cross values {marks}", values)
    return directory


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("public")
    write_home(home)
    return home


@pytest.fixture(scope="module")
def files(home, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out")
    paths = write_report(home, "quarterly", QUARTER, UNIT, list(FORMATS), folder, public=True)
    return dict(zip(FORMATS, paths, strict=True))


@pytest.fixture(scope="module")
def report(home, files):
    return protect_report(read_report(Releases(home).get(), "quarterly", QUARTER, UNIT, Words("zh")), home)


def texts(files) -> dict[str, str]:
    """Everything a reader can read of each format."""
    book = load_workbook(files["xlsx"])
    sheets = [
        str(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    word = Document(str(files["docx"]))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    with pdfplumber.open(files["pdf"]) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    return {
        "xlsx": "\n".join(sheets),
        "docx": "\n".join([*cells, *(paragraph.text for paragraph in word.paragraphs)]),
        "pdf": "\n".join(pages),
        "html": files["html"].read_text(encoding="utf-8"),
    }


def test_small_figures_are_marked_and_the_rest_is_rounded(report):
    rows = {row["member_label"]: row for row in report.rows("J3")}
    safety, skills = rows["安全技能培训"], rows["就业技能培训"]
    assert safety["cell_all"] == safety["cell_female"] == skills["cell_unemployed"] == HIDDEN
    assert rows["合计"]["cell_all"] == 180  # 179 in truth: not the sum of what is left
    assert [row["current_value"] for row in report.rows("J1") if row["code"] == "person_times_paid"] == [HIDDEN]
    for form, lines in report.forms:
        for row in lines:
            for column in form.columns:
                value = row.get(column.field)
                if column.kind == "number" and isinstance(value, (int, float)) and column.field != "target_value":
                    assert value % 5 == 0 and value >= 10, (form.code, column.field, value)
                if column.kind == "yuan" and value not in (None, HIDDEN):
                    assert value % 100 == 0


def test_rates_are_those_of_the_rounded_figures(report):
    row = next(row for row in report.rows("J1") if row["code"] == "person_times")
    assert row["change_ratio"] == pytest.approx(row["current_value"] / row["previous_year_value"] - 1)


def test_every_format_prints_the_protected_cells_and_no_other(files, report):
    lines = [
        [cell.text for cell in line]
        for form, rows in report.forms
        for _, line in printed.body(form, rows, report.words)
    ]
    word = Document(str(files["docx"]))
    tables = [[cell.text for cell in row.cells] for table in word.tables for row in table.rows]
    assert [line for line in lines if line not in tables] == []
    book = load_workbook(files["xlsx"])
    sheet = next(sheet for sheet in book.worksheets if sheet.title.startswith("J3"))
    values = [cell.value for row in sheet.iter_rows() for cell in row]
    shown = {value for value in values if isinstance(value, (int, float))}
    counts = {n for columns in CROSS.values() for n in columns.values()}
    assert not shown & (counts - {40, 70}) and values.count(HIDDEN) > 6


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_holds_an_id_number_a_name_or_a_source_file(files, name):
    text = texts(files)[name]
    assert ID_NUMBER not in text and "张三" not in text and ".xlsx" not in text
    assert "不公开：不足 10 人" in text.replace("\n", "") or "不公开：不足10人" in text.replace("\n", "").replace(
        " ", ""
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("kind", "period"), [("annual", "2021"), ("targets", "2020"), ("funds", QUARTER)])
def test_every_kind_of_report_has_a_public_edition(home, tmp_path, kind, period, lang):
    [path] = write_report(home, kind, period, UNIT, ["html"], tmp_path, lang=lang, public=True)
    page = path.read_text(encoding="utf-8")
    assert ("不公开：不足 10 人" if lang == "zh" else "not published: fewer than 10 persons") in page
    assert ID_NUMBER not in page and "None" not in page


def test_the_file_says_that_it_is_the_public_one(files):
    assert files["pdf"].name == "quarterly_500103_2021Q2_zh_public.pdf"


def test_lines_stand_in_an_order_that_tells_nothing(report):
    labels = [row["member_label"] for row in report.rows("J3")]
    assert labels[:-1] == sorted(labels[:-1]) and labels[-1] == "合计"


def test_a_later_release_shows_unchanged_figures_the_same_way(home, report, tmp_path):
    write_home(tmp_path, "r-1")
    protect_report(read_report(Releases(tmp_path).get(), "quarterly", QUARTER, UNIT, Words("zh")), tmp_path)
    write_home(tmp_path, "r-2", small=12)
    later = protect_report(read_report(Releases(tmp_path).get(), "quarterly", QUARTER, UNIT, Words("zh")), tmp_path)
    assert later.rows("J3") == report.rows("J3")
    assert [row["current_value"] for row in later.rows("J1") if row["code"] == "person_times_paid"] == [10]
    hidden, found = attack_register(Releases(tmp_path).get(), tmp_path)
    assert hidden > 6 and found == []


def test_a_form_that_nobody_declared_is_closed(home, monkeypatch):
    monkeypatch.delitem(policy().given["forms"], "J2")
    report = read_report(Releases(home).get(), "quarterly", QUARTER, UNIT, Words("zh"))
    from dashboards.disclosure import _read

    reading, printers = _read(report)
    at = next(number for number, (form, _) in enumerate(report.forms) if form.code == "J2")
    row = {name: one(lambda key: "count") for name, one in printers[at][0].items()}
    assert row["current_value"] == "count" and row["unit_name"] == "渝中区"
    assert {row[name] for name in ("pass_rate", "completion_ratio", "subsidy_yuan")} == {HIDDEN}


@pytest.mark.parametrize("kind", ["quarterly", "annual", "targets", "funds"])
def test_every_number_of_a_statistical_report_is_declared(kind):
    for code in KINDS[kind]:
        for column in FORMS[code].columns:
            field = column.field.replace("cell_*", "cell_x")
            is_inner = field in policy().form(code).get("inner", ())
            assert column.is_text or is_inner or policy().column(code, field), (
                f"{code} {field} would be hidden: data/disclosure.yml"
            )


def test_what_is_expected_is_for_the_office_and_a_month_is_not_published(home, tmp_path):
    write_home(tmp_path)
    read = read_report(Releases(tmp_path).get(), "targets", "2021", UNIT, Words("zh"))
    assert "forecast_value" in {column.field for form, _ in read.forms for column in form.columns}
    shown = protect_report(read, tmp_path)
    assert not {"forecast_value", "forecast_range"} & {
        column.field for form, _ in shown.forms for column in form.columns
    }
    assert not any("forecast_value" in row for _, rows in shown.forms for row in rows)
    assert "预计" not in "".join(section.text for section in narrative(shown))
    with pytest.raises(ReportError) as refusal:
        write_report(tmp_path, "targets", "202106", UNIT, ["html"], tmp_path / "out", public=True)
    assert "月度表 202106" in refusal.value.zh and not list((tmp_path / "out").glob("*"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_review_has_no_public_edition_and_says_why(home, language):
    report = read_report(Releases(home).get(), "targets", "2021", UNIT, Words(language))
    with pytest.raises(ReportError) as refusal:
        protect_report(replace(report, kind="review"), home)
    assert "--public" in refusal.value.zh and "不出公开版" in refusal.value.zh and "exact figures" in refusal.value.en


def test_a_damaged_register_is_told_in_chinese_with_what_to_do(tmp_path):
    write_home(tmp_path)
    (tmp_path / "publications").mkdir()
    (tmp_path / "publications" / "old.json").write_text("", encoding="utf-8")
    with pytest.raises(ReportError) as refusal:
        write_report(tmp_path, "quarterly", QUARTER, UNIT, ["html"], tmp_path / "out", public=True)
    assert "old.json" in refusal.value.zh and "skillhouse restore" in refusal.value.zh
    assert not list((tmp_path / "out").glob("*"))


def test_pages_for_everybody_ask_for_protected_rows(home):
    rows = public_rows(Releases(home).get(), home, UNIT, "2021", "institution_id")
    certified = [row for row in rows if row["indicator_code"] == "certificate_rate"]
    assert all(row["value"] == pytest.approx(0.8) and row["numerator"] == 80 for row in certified) and certified
    assert all(
        row["value"] == HIDDEN or row["value"] % 5 == 0 for row in rows if row["indicator_code"] == "person_times"
    )


def test_text_is_masked_whatever_brought_it_there():
    assert masks.masked_text(f"证件{ID_NUMBER}，电话13912345678") == "证件****，电话****"
    assert masks.masked_text("１３９１２３４５６７８") == "****" and masks.masked_text("0123456789abcdef" * 2) == "****"
    assert masks.masked_text("2021Q2，20211231-afa002d9dc，6-18-02-04") == "2021Q2，20211231-afa002d9dc，6-18-02-04"
    assert masks.masked_name("张三丰") == "张*" and masks.masked_name(" ") == ""
    assert re.fullmatch(r"[^0-9]*", masks.masked_name("李四"))
