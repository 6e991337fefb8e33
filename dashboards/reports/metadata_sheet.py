"""The metadata sheet: which release, as at when, what each indicator means, which files the figures rest on."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from dashboards.reports.content import Report
from dashboards.reports.styles import Styles

DEFINITION = (
    "name", "indicator_code", "formula", "numerator", "denominator", "unit_of_measure", "clause", "convention",
)  # fmt: skip
FILE = (
    "dataset", "period", "file_name", "submission_id", "rows_read", "rows_not_data", "rows_duplicate",
    "rows_quarantined", "rows_accepted", "rows_superseded",
)  # fmt: skip
WIDTHS = (20, 18, 26, 21, 14, 10, 17, 14, 10, 10)


def write_metadata(sheet: Worksheet, report: Report, styles: Styles) -> None:
    """Three blocks, one under the other, so that the sheet prints on A4 landscape without hidden columns."""
    words, release = report.words, report.release
    for index, width in enumerate(WIDTHS):
        sheet.set_column(index, index, width)
    passed, total = release.checks
    facts = (
        ("release_id", release.release_id),
        ("data_date", release.data_date),
        ("as_of", release.as_of),
        ("code_version", release.code_version),
        ("checks", words("metadata.checks_value", passed=passed, total=total)),
    )
    at = _section(sheet, 0, words("metadata.release"), styles)
    for key, value in facts:
        sheet.write_string(at, 0, words(f"metadata.{key}"), styles["plain"])
        sheet.write_string(at, 1, str(value), styles["plain"])
        at += 1
    at = _section(sheet, at + 1, words("metadata.definitions"), styles)
    heads = ["code" if field == "indicator_code" else field for field in DEFINITION]
    _heads(sheet, at, [words(f"metadata.{head}") for head in heads], styles)
    for row in report.definitions:
        at += 1
        shown = {
            **row,
            "name": words.either(row, "label"),
            "unit_of_measure": words.unit_of_measure(row["unit_of_measure"]),
        }
        for index, field in enumerate(DEFINITION):
            value = shown.get(f"{field}_{words.language}") or shown.get(f"{field}_zh") or shown.get(field)
            sheet.write_string(at, index, str(value or ""), styles["plain"])
    at = _section(sheet, at + 2, words("metadata.sources"), styles)
    sheet.write_string(at, 0, words("metadata.note"), styles["note_line"])
    _heads(sheet, at + 1, [words(f"metadata.{field}") for field in FILE], styles)
    at += 1
    for row in report.files:
        at += 1
        for index, field in enumerate(FILE):
            if field.startswith("rows_"):
                sheet.write_number(at, index, int(row[field] or 0), styles["plain_number"])
            else:
                value = words.known(f"dataset.{row[field]}", row[field]) if field == "dataset" else row[field]
                sheet.write_string(at, index, str(value or ""), styles["plain"])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{release.release_id}&R{words('report.page')}")
    sheet.hide_gridlines(2)


def _section(sheet: Worksheet, at: int, title: str, styles: Styles) -> int:
    sheet.set_row(at, 24)
    sheet.write_string(at, 0, title, styles["section"])
    return at + 1


def _heads(sheet: Worksheet, at: int, texts: list[str], styles: Styles) -> None:
    for index, text in enumerate(texts):
        sheet.write_string(at, index, text, styles["header"])
