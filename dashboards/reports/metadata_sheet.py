"""The metadata sheet of the workbook: the report's metadata, three blocks one under the other."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from dashboards.reports import metadata
from dashboards.reports.content import Report
from dashboards.reports.styles import Styles

WIDTHS = (20, 18, 26, 21, 14, 10, 17, 14, 10, 10)


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
