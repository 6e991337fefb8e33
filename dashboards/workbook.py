"""A view as a workbook: what is seen on the page, its tables as cells, for those who go on working in Excel."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dashboards.reports.styles import FORMATS, Styles
from dashboards.view import Column, Request, Table, View
from dashboards.words import NOTHING


def view_workbook(request: Request, view: View) -> bytes:
    """One sheet per block and a first sheet with conclusion, release and data date."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    release, words = request.release, request.words
    if release.data_date:
        book.set_properties({"title": view.title, "created": datetime.fromisoformat(release.data_date)})
    styles = Styles(book, words.language)
    first = book.add_worksheet(words("report.metadata_sheet"))
    first.set_column(0, 0, 18)
    first.set_column(1, 1, 90)
    facts = [
        (words("workbook.view"), view.title),
        (words("metadata.release_id"), release.release_id),
        (words("metadata.data_date"), release.data_date),
        (words("metadata.as_of"), release.as_of),
        *((words("workbook.conclusion"), sentence) for sentence in view.conclusion),
        *((tile.label, f"{tile.value} {tile.unit}　{tile.detail}　{tile.state}".strip()) for tile in view.tiles),
        (words("report.notes"), view.note or NOTHING),
    ]
    for at, (name, value) in enumerate(facts):
        first.write_string(at, 0, name, styles["plain"])
        first.write_string(at, 1, value, styles["plain"])
    first.hide_gridlines(2)
    wanted = request.address.get("b")
    shown = [block for block in view.blocks if block.table is not None]
    shown = [block for block in shown if block.name == wanted] or shown
    for number, block in enumerate(shown, 1):
        _write(book.add_worksheet(_sheet_name(number, block.title)), block.title, block.table, styles)
    book.close()
    return stream.getvalue()


def _sheet_name(number: int, title: str) -> str:
    return f"{number} " + "".join(character for character in title if character not in "[]:*?/\\'")[:26]


def _write(sheet: Worksheet, title: str, table: Table, styles: Styles) -> None:
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, title, styles["section"])
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, 26 if not column.is_number else 16)
        sheet.write_string(1, index, column.label, styles["header"])
    for at, row in enumerate(table.rows, 2):
        total = bool(row.get(table.total))
        for index, column in enumerate(table.columns):
            value = row.get(column.field)
            if value is None or column.kind in ("text", "right", "state", "file"):
                style = styles.cell(text=True, total=total, last=at == len(table.rows) + 1)
                sheet.write_string(at, index, column.text(row), style)
            else:
                style = styles.cell(number=_format(column, row), total=total, last=at == len(table.rows) + 1)
                sheet.write_number(at, index, float(value), style)
    sheet.freeze_panes(2, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.hide_gridlines(2)


def _format(column: Column, row: dict) -> str:
    kind = str(row.get("unit_of_measure")) if column.kind == "own" else column.kind
    return FORMATS.get(kind, FORMATS["number"])
