"""The sheets of the workbook that hold no form: the text that goes with the report, and its metadata."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from dashboards.reports import metadata
from dashboards.reports.content import Report
from dashboards.reports.narrative import narrative
from dashboards.reports.styles import Styles

# Letters of the text's column, and how many of them a Chinese character takes.
TEXT_WIDTH, WIDE = 96, 2
WIDTHS = (20, 18, 26, 21, 14, 10, 17, 14, 10, 10)


def write_text(sheet: Worksheet, report: Report, styles: Styles) -> None:
    """Title, state and sections, one paragraph a row, A4 upright."""
    words, release = report.words, report.release
    sheet.set_column(0, 0, TEXT_WIDTH)
    sheet.set_row(0, 40)
    sheet.write_string(0, 0, report.book_title, styles["title"])
    state = f"{words('report.version')} {release.release_id}　{words('report.data_date')} {release.data_date}"
    sheet.write_string(1, 0, f"{state}　{words('report.status')}：{report.status}", styles["under"])
    at = 3
    for section in narrative(report):
        sheet.set_row(at, 26)
        sheet.write_string(at, 0, section.heading, styles["text_heading"])
        length = sum(WIDE if ord(letter) > 0x2E80 else 1 for letter in section.text)
        sheet.set_row(at + 1, 24 * (1 + length * 14 / 10.5 // TEXT_WIDTH))
        sheet.write_string(at + 1, 0, f"　　{section.text}" if words.language == "zh" else section.text, styles["text"])
        at += 2
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C— &P —")
    sheet.hide_gridlines(2)


def write_metadata(sheet: Worksheet, report: Report, styles: Styles) -> None:
    """Blocks under each other, so that the sheet prints on A4 landscape without hidden columns."""
    words = report.words
    for index, width in enumerate(WIDTHS):
        sheet.set_column(index, index, width)
    at = _section(sheet, 0, words("metadata.release"), styles)
    for name, value in metadata.facts(report):
        sheet.write_string(at, 0, name, styles["plain"])
        sheet.write_string(at, 1, value, styles["plain"])
        at += 1
    at = _table(sheet, at + 1, metadata.definitions(report), styles)
    at = _table(sheet, at + 1, metadata.files(report), styles)
    sheet.write_string(at, 0, words("metadata.note"), styles["note_line"])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{report.release.release_id}&R{words('report.page')}")
    sheet.hide_gridlines(2)


def _section(sheet: Worksheet, at: int, title: str, styles: Styles) -> int:
    sheet.set_row(at, 24)
    sheet.write_string(at, 0, title, styles["section"])
    return at + 1


def _table(sheet: Worksheet, at: int, table: metadata.TextTable, styles: Styles) -> int:
    at = _section(sheet, at, table.title, styles)
    for index, head in enumerate(table.heads):
        sheet.write_string(at, index, head, styles["header"])
    for row in table.rows:
        at += 1
        for index, cell in enumerate(row):
            # Counts stay numbers, so that a reader can add them up.
            if cell.align == "right":
                sheet.write_number(at, index, int(cell.text.replace(",", "")), styles["plain_number"])
            else:
                sheet.write_string(at, index, cell.text, styles["plain"])
    return at + 1
