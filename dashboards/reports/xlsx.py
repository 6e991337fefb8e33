"""The report as a workbook: the text, one sheet per form, each form's chart on a sheet of its own, metadata and source files.

Belongs here: layout in Excel's terms. Not here: what is printed (`content.py`, `tables.py`).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboards.release import Row
from dashboards.reports import printed
from dashboards.reports.checks import Placed, checks_of
from dashboards.reports.content import Report
from dashboards.reports.form import Column, Form, is_total
from dashboards.reports.plain_sheets import lines, write_metadata, write_sources, write_text
from dashboards.reports.styles import Styles, number_format
from dashboards.words import HIDDEN, NOTHING

A4 = 9
# Lines of a chart that stand side by side as columns.
COLUMNS = 3
# Printable width and height of A4 across and the repeated header, in points; what share of a page goes into those before it.
PAPER, SPILL, REPEATED = (755, 494), 0.25, 74
# Columns that hold sentences.
SENTENCES = ("reason", "remark", "deviation")


def write_xlsx(report: Report, path: Path) -> Path:
    """Write the workbook; the same report gives the same bytes."""
    # Text that looks like a formula or an address stays text: file names come from outside.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), options)
    stamp = datetime.fromisoformat(report.release.data_date) if report.release.data_date else datetime(2000, 1, 1)
    words = report.words
    book.set_properties({"title": report.title, "comments": report.release.release_id, "created": stamp})
    book.set_calc_mode("auto")
    styles = Styles(book, words.language)
    placed: dict[str, Placed] = {}
    write_text(book.add_worksheet(words("report.text_sheet")), report, styles)
    for form, rows in report.forms:
        sheet = book.add_worksheet(f"{form.code} {words(form.text_key('title'))}"[:31])
        placed[form.code] = _write_form(sheet, report, form, rows, styles, placed)
        if form.chart:
            _write_chart(book, report, placed[form.code])
    write_metadata(book.add_worksheet(words("report.metadata_sheet")), report, styles)
    write_sources(book.add_worksheet(words("metadata.sources")), report, styles)
    book.close()
    return path


def _write_form(
    sheet: Worksheet, report: Report, form: Form, rows: list[Row], styles: Styles, others: dict[str, Placed]
) -> Placed:
    last = len(form.columns) - 1
    for index, column in enumerate(form.columns):
        sheet.set_column(index, index, column.width)
    header = _write_head(sheet, report, form, styles, last)
    first = _write_header(sheet, report, form, styles, header)
    placed = Placed(form, rows, sheet.get_name(), first)
    for index, column in enumerate(form.columns):
        placed.letters[column.field] = xl_col_to_name(index)
    heights = [20 * _lines_of(form, row) for row in rows]
    for offset, row in enumerate(rows):
        sheet.set_row(first + offset, heights[offset])
        for index, column in enumerate(form.columns):
            _write_cell(sheet, first + offset, index, column, row, report, styles, offset == len(rows) - 1)
    end = _write_foot(sheet, report, placed, others | {form.code: placed}, styles, first + len(rows), last)
    heights += [36, 26, 20, *[18] * (end - 1 - len(rows))]
    leading = next(index for index, column in enumerate(form.columns) if not column.is_text)
    sheet.freeze_panes(first, leading)
    sheet.repeat_rows(header, first - 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, _pages(form, heights))
    sheet.print_area(0, 0, end, last)
    sheet.set_footer(f"&L{form.code}  {report.release.release_id}&R{report.words('report.page')}")
    sheet.hide_gridlines(2)
    return placed


def _pages(form: Form, heights: list[float]) -> int:
    """Pages of the sheet: 0 for as many as it takes, fewer where only notes would stand on the last one."""
    width = sum(column.width * 5.25 + 3.75 for column in form.columns)
    page = PAPER[1] / min(1, PAPER[0] / width)
    taken = sum(heights) / page if sum(heights) <= page else 1 + (sum(heights) - page) / (page - REPEATED)
    whole = int(taken)
    return whole if whole and taken - whole < SPILL else 0


def _lines_of(form: Form, row: Row) -> int:
    """Lines of a row: a sentence is wrapped, since letters small enough for one line could not be read."""
    return max((lines(str(row.get(c.field) or ""), c.width) for c in form.columns if c.field in SENTENCES), default=1)


def _write_head(sheet: Worksheet, report: Report, form: Form, styles: Styles, last: int) -> int:
    sheet.set_row(0, 36)
    sheet.merge_range(0, 0, 0, last, report.words(form.text_key("title")), styles["title"])
    middle = _middle(form)
    lines = printed.head_lines(form, report)
    for offset, (left, right) in enumerate(lines, 1):
        sheet.set_row(offset, 18)
        if middle > 1:
            sheet.merge_range(offset, 0, offset, middle - 1, left, styles["head"])
        else:
            sheet.write_string(offset, 0, left, styles["head"])
        if middle < last:
            sheet.merge_range(offset, middle, offset, last, right, styles["head_right"])
        else:
            sheet.write_string(offset, last, right, styles["head_right"])
    return len(lines) + 1


def _middle(form: Form) -> int:
    """The column at which the right half of the head begins: about three fifths of the sheet's width."""
    whole, seen = sum(column.width for column in form.columns), 0.0
    for index, column in enumerate(form.columns):
        if index >= 2 and seen >= 0.58 * whole:
            return min(index, len(form.columns) - 2)
        seen += column.width
    return max(2, len(form.columns) - 2)


def _write_header(sheet: Worksheet, report: Report, form: Form, styles: Styles, top: int) -> int:
    levels = [heads for heads in printed.headers(form, report) if heads]
    for offset, height in enumerate((*((22, 34)[-len(levels) :]), 18)):
        sheet.set_row(top + offset, height)
    for at, heads in enumerate(levels, top):
        for head in heads:
            if head.columns == head.rows == 1:
                sheet.write_string(at, head.column, head.text, styles["header"])
            else:
                bottom, right = at + head.rows - 1, head.column + head.columns - 1
                sheet.merge_range(at, head.column, bottom, right, head.text, styles["header"])
    for index, mark in enumerate(printed.marks(form, report.words)):
        sheet.write_string(top + len(levels), index, mark, styles["marks"])
    return top + len(levels) + 1


def _write_cell(
    sheet: Worksheet, at: int, index: int, column: Column, row: Row, report: Report, styles: Styles, is_last: bool
) -> None:
    total = is_total(row)
    value: Any = row.get(column.field)
    if column.is_text:
        if column.field == "unit_of_measure":
            value = report.words.unit_of_measure(value)
        centred = column.field in (*printed.CENTRED, "unit_of_measure")
        shown = "" if value is None or (total and column.field == "line_no") else str(value)
        style = styles.cell(text=True, centred=centred, wrapped=column.field in SENTENCES, total=total, last=is_last)
        sheet.write_string(at, index, shown, style)
    elif value is None or value == HIDDEN:
        sheet.write_string(at, index, value or NOTHING, styles.cell(centred=True, total=total, last=is_last))
    else:
        style = styles.cell(number=number_format(column, row), total=total, last=is_last)
        sheet.write_number(at, index, float(value), style)


def _write_foot(
    sheet: Worksheet, report: Report, placed: Placed, others: dict[str, Placed], styles: Styles, at: int, last: int
) -> int:
    words = report.words
    sheet.set_row(at, 26)
    sheet.merge_range(at, 0, at, last, printed.signatures(words), styles["foot"])
    at += 1
    for place, note in enumerate(printed.notes(placed.form, words)):
        lead = f"{words('report.notes')}：" if place == 0 else "　　　"
        sheet.set_row(at, 18)
        sheet.merge_range(at, 0, at, last, lead + note, styles["note"])
        at += 1
    for check in checks_of(placed, others, words):
        shown = (words("report.holds"), words("report.differs"))
        formula = f'=IF({check.condition},"✓ {shown[0]}","✗ {shown[1]}")'
        sheet.set_row(at, 18)
        sheet.merge_range(at, 0, at, last - 2, f"{words('report.relations')}：{check.text}", styles["note"])
        sheet.merge_range(at, last - 1, at, last, "", styles["check"])
        sheet.write_formula(at, last - 1, formula, styles["check"], f"✓ {shown[0]}" if check.holds else f"✗ {shown[1]}")
        sheet.conditional_format(
            at, last - 1, at, last, {"type": "text", "criteria": "begins with", "value": "✗", "format": styles["fails"]}
        )
        at += 1
    return at - 1


def _write_chart(book: Workbook, report: Report, placed: Placed) -> None:
    form, words = placed.form, report.words
    drawn = printed.drawn(form, placed.rows)
    if not drawn:
        return
    name = words("report.chart_sheet")
    sheet = book.add_chartsheet(f"{form.code} {name}")
    # Many or long names stand beside bars, not under columns, where they would run into one another.
    across = len(drawn) > COLUMNS
    chart = book.add_chart({"type": "bar" if across else "column"})
    named = {column.field: column for column in form.columns}
    unit = "yuan" if named[form.chart[0][0]].kind == "yuan" else "person_times"
    for field, colour in form.chart:
        cells = ",".join(placed.cell(index, field, elsewhere=True) for index in drawn)
        labels = ",".join(placed.cell(index, form.chart_label, elsewhere=True) for index in drawn)
        chart.add_series(
            {
                "name": printed.label(named[field], report),
                "values": f"=({cells})" if len(drawn) > 1 else f"={cells}",
                "categories": f"=({labels})" if len(drawn) > 1 else f"={labels}",
                "fill": {"color": colour},
                "gap": 80,
                "data_labels": {"value": True, "num_format": "#,##0", "font": {"size": 11}},
            }
        )
    chart.set_title(
        {"name": printed.chart_title(form, report), "name_font": {"size": 16, "bold": True}, "overlay": False}
    )
    values = {
        "num_format": "#,##0",
        "min": 0,
        "name": words.unit_of_measure(unit),
        "major_gridlines": {"visible": True, "line": {"color": "#E2E8F0"}},
    }
    names = {"num_font": {"size": 11}, "major_gridlines": {"visible": False}}
    if across:
        # the first line on top, the numbers below as always
        chart.set_y_axis(names | {"reverse": True})
        chart.set_x_axis(values | {"label_position": "high"})
    else:
        chart.set_x_axis(names)
        chart.set_y_axis(values)
    chart.set_legend({"position": "bottom"})
    sheet.set_chart(chart)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_footer(f"&L{report.release.release_id}&R{words('report.data_date')} {report.release.data_date}")
