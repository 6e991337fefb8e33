"""The report as a Word document: text pages as GB/T 9704-2012 asks, then the forms on A4 across.

Belongs here: the order of the document and its tables. Not here: page set-up and styles (`document_style.py`), what is
printed (`printed.py`, `narrative.py`, `metadata.py`).
"""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row

from dashboards.release import Row
from dashboards.reports import metadata, printed
from dashboards.reports.content import Report
from dashboards.reports.document_style import ALIGN, begin_across, paragraph, set_up
from dashboards.reports.form import Form
from dashboards.reports.narrative import narrative

# Room between the margins, in millimetres.
WIDTH = 261
# The longest bar of a chart, in full blocks, and how many lines a chart shows.
BAR, BARS = 40, 24
# Rows that stay with the foot of their table.
LAST = 3


def write_docx(report: Report, path: Path) -> Path:
    """Write the document; the same report gives the same document."""
    words, checks = report.words, printed.check_lines(report)
    book = Document()
    set_up(book, report)
    _text(book, report)
    begin_across(book)
    for number, (form, rows) in enumerate(report.forms):
        heading = paragraph(book, f"{form.code}　{words(form.text_key('title'))}", "Heading 1", "center")
        heading.paragraph_format.page_break_before = number > 0
        _head(book, printed.head_lines(form, report))
        _form(book, report, form, rows)
        _foot(book, report, form, checks[form.code])
        _chart(book, report, form, rows)
    paragraph(book, words("metadata.title"), "Heading 1", "center").paragraph_format.page_break_before = True
    _plain(book, metadata.TextTable(words("metadata.release"), (20, 80), [], [
        [printed.Cell(name, "left"), printed.Cell(value, "left")] for name, value in metadata.facts(report)
    ]))  # fmt: skip
    _plain(book, metadata.definitions(report))
    _plain(book, metadata.files(report))
    book.save(str(path))
    return path


def _foot(book: Word, report: Report, form: Form, checks: list[tuple[str, bool]]) -> None:
    """Signatures, notes and checks on one page, that of the last rows."""
    words = report.words
    added = [paragraph(book, printed.signatures(words))]
    added[0].paragraph_format.space_before = Pt(8)
    for place, note in enumerate(printed.notes(form, words)):
        lead = f"{words('report.notes')}：" if place == 0 else "　　　"
        added.append(paragraph(book, lead + note, size=9))
    for text, holds in checks:
        shown = words("report.holds" if holds else "report.differs")
        added.append(paragraph(book, f"{words('report.relations')}：{text}　{'✓' if holds else '✗'} {shown}", size=9))
    for one in added[:-1]:
        one.paragraph_format.keep_with_next = True


def _text(book: Word, report: Report) -> None:
    words, release = report.words, report.release
    paragraph(book, report.title, "Title", "center")
    paragraph(book, report.subtitle, align="center", size=16)
    state = f"{words('report.version')} {release.release_id}　{words('report.data_date')} {release.data_date}"
    paragraph(
        book, f"{state}　{words('report.status')}：{report.status}", align="center"
    ).paragraph_format.space_after = Pt(12)
    for section in narrative(report):
        paragraph(book, section.heading, "Heading 2").paragraph_format.keep_with_next = True
        for line in section.text.split("\n"):
            paragraph(book, line, "Body Text")


def _chart(book: Word, report: Report, form: Form, rows: list[Row]) -> None:
    """The form's chart as a table of bars: Word draws it without a picture, and a reader of text hears its numbers."""
    groups = printed.bars(form, rows)[:BARS]
    if not groups:
        return
    title = paragraph(book, printed.chart_title(form, report), "Heading 3", "center")
    title.paragraph_format.space_before, title.paragraph_format.keep_with_next = Pt(10), True
    key = paragraph(book, "", align="center", size=9)
    for name, colour in printed.series(form, report):
        key.add_run("■ ").font.color.rgb = RGBColor.from_string(colour[1:])
        key.add_run(f"{name}　").font.size = Pt(9)
    key.paragraph_format.keep_with_next = True
    table = book.add_table(rows=0, cols=2)
    for group in groups:
        left, right = table.add_row().cells
        _fill(left, group[0].label, "right", size=9)
        for number, bar in enumerate(group):
            line = right.paragraphs[0] if number == 0 else right.add_paragraph()
            drawn = line.add_run("█" * round(BAR * bar.share))
            drawn.font.color.rgb, drawn.font.size = RGBColor.from_string(bar.colour[1:]), Pt(8)
            line.add_run(f" {bar.text}").font.size = Pt(8)
            # The chart stands on one page.
            left.paragraphs[0].paragraph_format.keep_with_next = line.paragraph_format.keep_with_next = (
                group is not groups[-1]
            )
            line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(0)
    _widths(table, [70, WIDTH - 70])


def _head(book: Word, lines: list[tuple[str, str]]) -> None:
    table = book.add_table(rows=0, cols=2)
    for left, right in lines:
        cells = table.add_row().cells
        _fill(cells[0], left, "left")
        _fill(cells[1], right, "left")
    _widths(table, [175, 86])
    # Word takes two tables that touch for one, and then repeats no header.
    paragraph(book, "", size=2)


def _form(book: Word, report: Report, form: Form, rows: list[Row]) -> None:
    words, size = report.words, printed.letters(form, rows, report.words, WIDTH, form.letters)
    levels = [heads for heads in printed.headers(form, report) if heads]
    table = book.add_table(rows=len(levels) + 1, cols=len(form.columns))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    _narrow(table)
    for at, heads in enumerate(levels):
        for head in heads:
            cell = table.cell(at, head.column)
            if head.columns > 1 or head.rows > 1:
                cell = cell.merge(table.cell(at + head.rows - 1, head.column + head.columns - 1))
            _fill(cell, head.text, "center", bold=True, size=size - 0.5)
    for index, mark in enumerate(printed.marks(form, words)):
        _fill(table.cell(len(levels), index), mark, "center", size=8)
    _repeat(table, len(levels) + 1)
    for number, (total, cells) in enumerate(printed.body(form, rows, words), 1):
        row = table.add_row()
        _whole(row)
        for cell, one in zip(row.cells, cells, strict=True):
            _fill(cell, one.text, one.align, bold=total, size=size)
            # The foot never stands on a page without rows.
            cell.paragraphs[0].paragraph_format.keep_with_next = number > len(rows) - LAST or None
    whole = sum(column.width for column in form.columns)
    _widths(table, [WIDTH * column.width / whole for column in form.columns])


def _plain(book: Word, table: metadata.TextTable) -> None:
    paragraph(book, table.title, "Heading 3").paragraph_format.keep_with_next = True
    if table.note:
        paragraph(book, table.note, size=9).paragraph_format.keep_with_next = True
    rows = ([[printed.Cell(head, "center") for head in table.heads]] if table.heads else []) + table.rows
    if not rows:
        return
    written = book.add_table(rows=0, cols=len(rows[0]))
    written.style = "Table Grid"
    for number, row in enumerate(rows):
        line = written.add_row()
        _whole(line)
        for cell, one in zip(line.cells, row, strict=True):
            _fill(cell, one.text, one.align, size=8.5, bold=bool(table.heads) and number == 0)
    if table.heads:
        _repeat(written, 1)
    _widths(written, [WIDTH * share / sum(table.widths) for share in table.widths])


def _whole(row: _Row) -> None:
    """A row never stands on two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _narrow(table: Table) -> None:
    """Cells that keep 0.7 mm at each side: amounts need the room."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "40")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def _repeat(table: Table, rows: int) -> None:
    """Repeat the first rows on each page that the table runs over."""
    for row in table.rows[:rows]:
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(repeat)


def _fill(cell: _Cell, text: str, align: str, *, bold: bool = False, size: float | None = None) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = ALIGN[align]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1)
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
