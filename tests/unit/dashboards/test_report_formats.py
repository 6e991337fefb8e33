"""What each format owes its readers beside the numbers: a PDF that can be kept, fonts, headers, words of the period."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pdfplumber
import pytest
from docx import Document

from dashboards.reports import FORMATS, printed, write_report
from dashboards.words import Words


@pytest.fixture(scope="module")
def files(home, tmp_path_factory):
    paths = write_report(home, "quarterly", "2021Q2", "500103", list(FORMATS), tmp_path_factory.mktemp("reports"))
    return dict(zip(FORMATS, paths, strict=True))


class Cells(HTMLParser):
    """Table rows of a page, as lists of text."""

    def __init__(self):
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = False

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        self._inside = tag in ("td", "th")
        if self._inside:
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        self._inside = self._inside and tag not in ("td", "th")

    def handle_data(self, data):
        if self._inside:
            self.rows[-1][-1] += data


def test_pdf_is_tagged_and_embeds_its_fonts(files):
    with pdfplumber.open(files["pdf"]) as book:
        assert "MarkInfo" in book.doc.catalog and book.doc.catalog["Lang"] == b"zh-Hans"
        fonts = {character["fontname"] for page in book.pages for character in page.chars}
        assert book.metadata["Title"] == "职业技能培训统计季报（2021年第二季度，渝中区）"
        upright = [page.width < page.height for page in book.pages]
        assert upright[0] and not any(upright[2:]), "the text stands upright, the forms across"
    assert all(re.match(r"[A-Z]{6}\+", font) for font in fonts), "each font is an embedded subset"
    assert any("CJK" in font for font in fonts)


def test_no_format_fetches_or_runs_anything(files):
    page = files["html"].read_text(encoding="utf-8")
    assert "<script" not in page and "http://" not in page and "https://" not in page and "url(" not in page


def test_a_file_name_cannot_become_markup(release_home, tmp_path):
    import duckdb

    directory = release_home.write_release(tmp_path, "r")
    with duckdb.connect(str(directory / "warehouse.duckdb")) as connection:
        connection.execute("update marts.mart_row_account set file_name = '<img src=x onerror=alert(1)>.xlsx'")
    page = write_report(tmp_path, "quarterly", "2021Q2", "500103", ["html"], tmp_path)[0].read_text(encoding="utf-8")
    assert "<img" not in page and "&lt;img" in page


def test_word_sets_chinese_fonts_and_language(files):
    book = Document(str(files["docx"]))
    normal = book.styles["Normal"].element.xml
    assert 'w:eastAsia="仿宋_GB2312"' in normal and "eastAsiaTheme" not in normal
    assert 'w:eastAsia="zh-CN"' in book.styles.element.xml
    text, forms = book.sections
    margins = (text.top_margin, text.right_margin, text.bottom_margin, text.left_margin)
    assert [round(margin.mm) for margin in margins] == [37, 26, 35, 28], "GB/T 9704"
    assert text.page_width < text.page_height and forms.page_width > forms.page_height
    assert book.core_properties.comments == "r-0002"


def test_an_annual_report_says_year_where_a_quarterly_says_quarter(release_home, tmp_path):
    import duckdb

    directory = release_home.write_release(tmp_path, "r")
    with duckdb.connect(str(directory / "warehouse.duckdb")) as connection:
        for form in ("mart_report_j1", "mart_report_j2"):
            connection.execute(f"update marts.{form} set period = '2021' where period = '2021Q2'")
    page = write_report(tmp_path, "annual", "2021", "500103", ["html"], tmp_path)[0].read_text(encoding="utf-8")
    assert "职业技能培训统计年报（2021年，渝中区）" in page and ">本年<" in page and ">本季<" not in page


def test_a_plan_prints_the_targets_of_its_years_and_of_spans_over_them(home, tmp_path):
    page = write_report(home, "targets", "2020", "500103", ["html"], tmp_path)[0].read_text(encoding="utf-8")
    cells = Cells()
    cells.feed(page)
    printed_rows = [row for row in cells.rows if row and row[0] == "补贴性职业技能培训人次" and len(row) == 14]
    assert [row[2] for row in printed_rows] == ["2020年", "2019—2021年"]
    told = "人次|20,100|20,515|102.1%|100.0%|0|✓ 达到|—||—|YZ2019-2b"
    assert printed_rows[0][3:] == told.split("|")


def test_funds_are_printed_for_a_quarter(home, tmp_path):
    write_report(home, "funds", "2021Q2", "500103", ["xlsx"], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["funds_500103_2021Q2_zh.xlsx"]


def test_columns_that_name_are_lettered_and_columns_that_count_are_numbered():
    from dashboards.reports.tables import FORMS as forms

    assert printed.marks(forms["C1"], Words("zh")) == [*"甲乙丙丁", *"12345", "戊", "6", "己", "7", "庚"]


def test_english_forms_name_the_total_and_the_levels_in_english(home, tmp_path):
    page = write_report(home, "quarterly", "2021Q2", "500000", ["html"], tmp_path, lang="en")[0].read_text(
        encoding="utf-8"
    )
    assert ">Total<" in page and ">合计<" not in page
    assert Words("en").member("skill_level", "3") == "Level 3" and Words("zh").member("skill_level", "3") == "高级工"
    assert Words("en").member("skill_level", "none") == "No level"
