"""The report as a Word document: the same forms, A4 landscape, fonts of the office set for Chinese and Latin.

Belongs here: layout in Word's terms. Not here: what is printed (`printed.py`, `metadata.py`).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell

from dashboards.reports import metadata, printed
from dashboards.reports.content import Report

ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
# (Chinese, Latin) fonts of the styles; GB/T 9704-2012 for body and headings.
FONTS = {"Normal": ("仿宋_GB2312", "Times New Roman"), "Title": ("方正小标宋简体", "Times New Roman"),
         "Heading 1": ("黑体", "Arial"), "Heading 2": ("黑体", "Arial")}  # fmt: skip
# Room between the margins, in millimetres, and how the metadata tables share it, by number of columns.
WIDTH = 261
SHARES = {2: [1, 4], 8: [20, 18, 26, 18, 16, 9, 22, 18], 10: [10, 9, 22, 24, 8, 9, 8, 8, 8, 10]}
SIZES = {"Normal": 10.5, "Title": 22, "Heading 1": 16, "Heading 2": 12}


def write_docx(report: Report, path: Path) -> Path:
    """Write the document; the same report gives the same document."""
    words, checks = report.words, printed.check_lines(report)
    book = Document()
    _set_up(book, report)
    title = words("report.book_title", title=report.title, period=words.period(report.period), unit=report.unit_name)
    _paragraph(book, title, "Title", "center")
    for number, (form, rows) in enumerate(report.forms):
        heading = _paragraph(book, f"{form.code}　{words(form.text_key('title'))}", "Heading 1", "center")
        heading.paragraph_format.page_break_before = number > 0
        _head(book, printed.head_lines(form, report))
        _form(book, report, form, rows)
        _paragraph(book, printed.signatures(words)).paragraph_format.space_before = Pt(8)
        for place, note in enumerate(printed.notes(form, words)):
            lead = f"{words('report.notes')}：" if place == 0 else "　　　"
            _paragraph(book, lead + note, size=9)
        for text, holds in checks[form.code]:
            shown = words("report.holds" if holds else "report.differs")
            _paragraph(book, f"{words('report.relations')}：{text}　{'✓' if holds else '✗'} {shown}", size=9)
    _paragraph(book, words("metadata.title"), "Heading 1", "center").paragraph_format.page_break_before = True
    _plain(book, metadata.TextTable(words("metadata.release"), [], [
        [printed.Cell(name, "left"), printed.Cell(value, "left")] for name, value in metadata.facts(report)
    ]))  # fmt: skip
    _plain(book, metadata.definitions(report))
    _plain(book, metadata.files(report))
    _paragraph(book, words("metadata.note"), size=9)
    book.save(str(path))
    return path


def _set_up(book: Word, report: Report) -> None:
    section = book.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(20),
        Mm(18),
        Mm(18),
        Mm(18),
    )
    for name, (chinese, latin) in FONTS.items():
        style = book.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = latin, Pt(SIZES[name]), RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        # Word takes Chinese from eastAsia alone, and a theme font would win over it.
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        fonts.set(qn("w:eastAsia"), chinese)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
        style.paragraph_format.line_spacing = 1.0
    # Without it punctuation is drawn in its Traditional place.
    for language in book.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    # The template's title has a blue rule under it.
    border = book.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        book.styles["Title"].element.pPr.remove(border)
    about, release = book.core_properties, report.release
    about.title, about.comments, about.author = report.title, release.release_id, ""
    about.created = about.modified = datetime.fromisoformat(release.data_date or "2000-01-01")
    foot = section.footer.paragraphs[0]
    foot.text = f"{release.release_id}　　— "
    _page_number(foot)
    foot.add_run(" —")


def _page_number(paragraph) -> None:  # noqa: ANN001
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _paragraph(book: Word, text: str, style: str = "Normal", align: str = "left", size: float | None = None):  # noqa: ANN202
    paragraph = book.add_paragraph(style=style)
    paragraph.alignment = ALIGN[align]
    run = paragraph.add_run(text)
    if size:
        run.font.size = Pt(size)
    return paragraph


def _head(book: Word, lines: list[tuple[str, str]]) -> None:
    table = book.add_table(rows=0, cols=2)
    for left, right in lines:
        cells = table.add_row().cells
        _fill(cells[0], left, "left")
        _fill(cells[1], right, "left")
    _widths(table, [175, 86])


def _form(book: Word, report: Report, form, rows) -> None:  # noqa: ANN001
    words = report.words
    table = book.add_table(rows=3, cols=len(form.columns))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    for at, heads in enumerate(printed.headers(form, report)):
        for head in heads:
            cell = table.cell(at, head.column)
            if head.columns > 1 or head.rows > 1:
                cell = cell.merge(table.cell(at + head.rows - 1, head.column + head.columns - 1))
            _fill(cell, head.text, "center", bold=True)
    for index, mark in enumerate(printed.marks(form, words)):
        _fill(table.cell(2, index), mark, "center", size=9)
    for row in table.rows[:3]:
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(repeat)
    for total, cells in printed.body(form, rows, words):
        written = table.add_row().cells
        for cell, one in zip(written, cells, strict=True):
            _fill(cell, one.text, one.align, bold=total)
    whole = sum(column.width for column in form.columns)
    _widths(table, [WIDTH * column.width / whole for column in form.columns])


def _plain(book: Word, table: metadata.TextTable) -> None:
    _paragraph(book, table.title, "Heading 2")
    rows = ([[printed.Cell(head, "center") for head in table.heads]] if table.heads else []) + table.rows
    if not rows:
        return
    written = book.add_table(rows=0, cols=len(rows[0]))
    written.style = "Table Grid"
    for number, row in enumerate(rows):
        for cell, one in zip(written.add_row().cells, row, strict=True):
            _fill(cell, one.text, one.align, size=8.5, bold=bool(table.heads) and number == 0)
    shares = SHARES.get(len(rows[0]), [1] * len(rows[0]))
    _widths(written, [WIDTH * share / sum(shares) for share in shares])


def _fill(cell: _Cell, text: str, align: str, *, bold: bool = False, size: float | None = None) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = ALIGN[align]
    run = paragraph.add_run(text)
    run.bold = bold
    if size:
        run.font.size = Pt(size)


def _widths(table: Table, widths: list[float]) -> None:
    """Widths in millimetres, on the grid and on the cells: Word reads the one, other programs the other."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        at = 0
        for cell in row._tr.tc_lst:
            cell.width = Mm(sum(widths[at : at + cell.grid_span]))
            at += cell.grid_span
