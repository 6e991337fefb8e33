"""One report, four formats, the same numbers: all four are read back and compared cell by cell with the rows of the marts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import duckdb
import pdfplumber
import pytest
from docx import Document
from openpyxl import load_workbook

from dashboards.release import Releases
from dashboards.reports import FORMATS, printed, write_report
from dashboards.reports.content import read_report
from dashboards.reports.narrative import narrative
from dashboards.words import Words

REPORTS = [("quarterly", "2021Q2"), ("annual", "2021"), ("targets", "2021Q2"), ("targets", "202106"), ("funds", "2021Q2")]
FORMS = {
    "quarterly": ["J1", "J2", "J3", "J4", "J5", "J5-2", "J6", "J7"],
    "annual": ["J1", "J2", "J3", "J4", "J5", "J5-2", "J6", "N1", "N2", "N3", "N5"],
    "targets": ["C2", "C1"],
    "funds": ["D1", "J5", "J5-2", "F1"],
}


@pytest.fixture(scope="module")
def year_home(release_home, tmp_path_factory):
    """A home whose year has every form."""
    home = tmp_path_factory.mktemp("year")
    directory = release_home.write_release(home, "r-0001")
    with duckdb.connect(str(directory / "warehouse.duckdb")) as connection:
        for mart in ("mart_report_j1", "mart_report_j2"):
            connection.execute(
                f"insert into marts.{mart} select * replace ('2021' as period) from marts.{mart} where period = '2021Q2'"
            )
    return home


@pytest.fixture(scope="module", params=REPORTS, ids="-".join)
def made(request, year_home, tmp_path_factory):
    """The report and its files by format."""
    kind, period = request.param
    paths = write_report(year_home, kind, period, "500103", list(FORMATS), tmp_path_factory.mktemp("reports"))
    report = read_report(Releases(year_home).get(), kind, period, "500103", Words("zh"))
    assert [form.code for form, _ in report.forms] == FORMS[kind]
    return report, dict(zip(FORMATS, paths, strict=True))


def lines(report):
    """Every printed line as text, by form."""
    return {
        form.code: [[cell.text for cell in cells] for _, cells in printed.body(form, rows, report.words)]
        for form, rows in report.forms
    }


def numbers_of(made):
    return sum(bool(re.fullmatch(r"[+-]?[\d,]+(\.\d+)?%?", cell)) for form in made.values() for row in form for cell in row)


class Tables(HTMLParser):
    """Rows of the tables of a page, as lists of text, by the id of the heading before them."""

    def __init__(self):
        super().__init__()
        self.forms: dict[str, list[list[str]]] = {}
        self._code, self._inside, self._body = "", False, False

    def handle_starttag(self, tag, attributes):
        named = dict(attributes).get("id") or ""
        if tag == "h2":
            self._code = named.removeprefix("form-")
        if tag == "tbody":
            self._body = True
        if tag == "tr" and self._body:
            self.forms.setdefault(self._code, []).append([])
        self._inside = self._body and tag in ("td", "th")
        if self._inside:
            self.forms[self._code][-1].append("")

    def handle_endtag(self, tag):
        self._body = self._body and tag != "tbody"
        self._inside = self._inside and tag not in ("td", "th")

    def handle_data(self, data):
        if self._inside:
            self.forms[self._code][-1][-1] += data


def test_the_page_holds_every_line_in_order(made):
    report, files = made
    page = Tables()
    page.feed(files["html"].read_text(encoding="utf-8"))
    expected = lines(report)
    assert {code: page.forms[code] for code in expected} == expected
    assert numbers_of(expected) > 15


def test_the_document_holds_every_line_in_order(made):
    report, files = made
    rows = [[cell.text for cell in row.cells] for table in Document(str(files["docx"])).tables for row in table.rows]
    for code, expected in lines(report).items():
        start = rows.index(expected[0])
        assert rows[start : start + len(expected)] == expected, code


def test_the_pdf_holds_every_line_in_order(made):
    report, files = made
    with pdfplumber.open(files["pdf"]) as book:
        drawn = [row for page in book.pages[1:] for table in page.extract_tables() for row in table]
    rows = [[_joined(cell) for cell in row] for row in drawn]
    for code, expected in lines(report).items():
        expected = [[_joined(cell) for cell in row] for row in expected]
        start = rows.index(expected[0])
        # a table that goes on overleaf repeats its header
        found = [row for row in rows[start : start + len(expected) + 6] if row in expected]
        assert found == expected, code


def _joined(cell):
    """A cell as drawn: wrapped anywhere."""
    return re.sub(r"\s", "", cell or "")


def test_the_workbook_holds_every_value_unrounded_in_order(made):
    report, files = made
    book, compared = load_workbook(files["xlsx"], data_only=True), 0
    for form, rows in report.forms:
        sheet = next(sheet for sheet in book.worksheets if sheet.title.split(" ")[0] == form.code)
        marks = printed.marks(form, report.words)
        head = next(row[0].row for row in sheet.iter_rows() if [cell.value for cell in row][: len(marks)] == marks)
        for at, (row, texts) in enumerate(zip(rows, lines(report)[form.code], strict=True), head + 1):
            for place, (column, text) in enumerate(zip(form.columns, texts, strict=True), 1):
                value, shown = row.get(column.field), sheet.cell(at, place).value
                if column.is_text or value is None:
                    assert str(shown or "") == text, (form.code, column.field)
                else:
                    assert shown == pytest.approx(float(value), rel=1e-15), (form.code, column.field)
                    compared += 1
    assert compared > 15


def test_the_text_is_the_same_in_every_format(made):
    report, files = made
    told = [_joined(section.text) for section in narrative(report)]
    assert told
    with pdfplumber.open(files["pdf"]) as book:
        pages = [page.extract_text() for page in book.pages[:3]]
    book = load_workbook(files["xlsx"])
    texts = {
        "html": re.sub("<[^>]+>", "", files["html"].read_text(encoding="utf-8")),
        "docx": "".join(paragraph.text for paragraph in Document(str(files["docx"])).paragraphs),
        # page numbers stand between pages
        "pdf": "".join(re.sub(r"— ?\d+ ?—", "", page) for page in pages),
        "xlsx": "".join(str(cell.value or "") for row in book["综述"].iter_rows() for cell in row),
    }
    for name, text in texts.items():
        assert [section for section in told if section not in _joined(text)] == [], name
