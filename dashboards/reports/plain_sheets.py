"""The sheets of the workbook that hold no form: text, metadata, source files. Not here: forms and charts (`xlsx.py`)."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from dashboards.reports import metadata
from dashboards.reports.content import Report
from dashboards.reports.narrative import narrative
from dashboards.reports.styles import Styles

# Letters of the text's columns together, and how many of them a Chinese character takes. One column wider than the page
# would be cut by programs that fit whole columns to it.
TEXT_COLUMNS, TEXT_WIDTH, WIDE = 8, 88, 2
SHEET_WIDTH = 160


def write_text(sheet: Worksheet, report: Report, styles: Styles) -> None:
    """Title, state and sections, one paragraph a row, A4 upright."""
    words, release = report.words, report.release
    last = TEXT_COLUMNS - 1
    sheet.set_column(0, last, TEXT_WIDTH / TEXT_COLUMNS)
    sheet.set_row(0, 40)
    sheet.merge_range(0, 0, 0, last, report.book_title, styles["title"])
    state = f"{words('report.version')} {release.release_id}　{words('report.data_date')} {release.data_date}"
    sheet.merge_range(1, 0, 1, last, f"{state}　{words('report.status')}：{report.status}", styles["under"])
    at = 3
    for section in narrative(report):
        sheet.set_row(at, 26)
        sheet.merge_range(at, 0, at, last, section.heading, styles["text_heading"])
        sheet.set_row(at + 1, 22 * sum(lines(line, TEXT_WIDTH * 10.5 / 14) for line in section.text.split("\n")))
        lead = "　　" if words.language == "zh" else ""
        text = "\n".join(lead + line for line in section.text.split("\n"))
        sheet.merge_range(at + 1, 0, at + 1, last, text, styles["text"])
        at += 2
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C— &P —")
    sheet.hide_gridlines(2)


def write_metadata(sheet: Worksheet, report: Report, styles: Styles) -> None:
    """What the release is and what each indicator means."""
    table = metadata.definitions(report)
    _columns(sheet, table)
    at = _section(sheet, 0, report.words("metadata.release"), styles)
    for name, value in metadata.facts(report):
        sheet.set_row(at, 18)
        sheet.write_string(at, 0, name, styles["plain"])
        sheet.write_string(at, 1, value, styles["plain"])
        at += 1
    _table(sheet, at + 1, table, styles)
    sheet.repeat_rows(at + 2)
    _print(sheet, report)


def write_sources(sheet: Worksheet, report: Report, styles: Styles) -> None:
    """The files behind the report, with where their rows went."""
    table = metadata.files(report)
    _columns(sheet, table)
    at = _table(sheet, 0, table, styles)
    if table.note:
        sheet.write_string(at, 0, table.note, styles["note_line"])
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    _print(sheet, report)


def _columns(sheet: Worksheet, table: metadata.TextTable) -> None:
    for index, width in enumerate(_letters(table)):
        sheet.set_column(index, index, width)


def _letters(table: metadata.TextTable) -> list[float]:
    """Each column's width in letters."""
    return [SHEET_WIDTH * share / sum(table.widths) for share in table.widths]


def _print(sheet: Worksheet, report: Report) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{report.release.release_id}&R{report.words('report.page')}")
    sheet.hide_gridlines(2)


def lines(text: str, width: float) -> int:
    """How many lines a text takes in a column: not every program works out the height of a wrapped row itself."""
    length = sum(WIDE if ord(letter) > 0x2E80 else 1 for letter in text)
    return 1 + int(length // width)


def _section(sheet: Worksheet, at: int, title: str, styles: Styles) -> int:
    sheet.set_row(at, 24)
    sheet.write_string(at, 0, title, styles["section"])
    return at + 1


def _table(sheet: Worksheet, at: int, table: metadata.TextTable, styles: Styles) -> int:
    at = _section(sheet, at, table.title, styles)
    for index, head in enumerate(table.heads):
        sheet.write_string(at, index, head, styles["header"])
    widths = _letters(table)
    for row in table.rows:
        at += 1
        sheet.set_row(at, 16 * max(lines(cell.text, 0.9 * width) for cell, width in zip(row, widths, strict=True)))
        for index, cell in enumerate(row):
            # Counts stay numbers, so that a reader can add them up.
            if cell.align == "right":
                sheet.write_number(at, index, int(cell.text.replace(",", "")), styles["plain_number"])
            else:
                sheet.write_string(at, index, cell.text, styles["plain"])
    return at + 1
