"""The metadata of a report as text: which release, what each indicator means, which files the figures rest on."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.queries import units
from dashboards.reports.content import Report
from dashboards.reports.printed import Cell
from dashboards.words import number

DEFINITION = (
    "name", "indicator_code", "formula", "numerator", "denominator", "unit_of_measure", "clause", "convention",
)  # fmt: skip
SIDES = ("numerator", "denominator")
FILE = (
    "dataset", "period", "file_name", "submission_id", "rows_read", "rows_not_data", "rows_duplicate",
    "rows_quarantined", "rows_accepted", "rows_superseded",
)  # fmt: skip
DEFINITION_WIDTHS = (13, 17, 18, 11, 11, 6.5, 9.5, 14)
FILE_WIDTHS = (9, 6.5, 27, 16, 6.5, 6.5, 6.5, 7.5, 6.5, 8)


@dataclass(frozen=True)
class TextTable:
    """A plain table: one header row, rows of cells."""

    title: str
    # Each column's share of the width, in per cent.
    widths: tuple[float, ...]
    heads: list[str]
    rows: list[list[Cell]]
    note: str = ""


def facts(report: Report) -> list[tuple[str, str]]:
    """What the release is: name and value."""
    words, release = report.words, report.release
    passed, total = release.checks
    return [
        (words("metadata.release_id"), release.release_id),
        (words("metadata.data_date"), release.data_date),
        (words("metadata.as_of"), release.as_of),
        (words("metadata.code_version"), release.code_version),
        (words("metadata.checks"), words("metadata.checks_value", passed=passed, total=total)),
    ]


def definitions(report: Report) -> TextTable:
    """Every indicator's definition in the report's language, Chinese where there is no other."""
    words = report.words
    fields, widths = DEFINITION, DEFINITION_WIDTHS
    if not all(row.get(f"numerator_{words.language}") for row in report.definitions):
        # Both sides are told in Chinese alone; in another language the formula tells them.
        fields, widths = zip(*(pair for pair in zip(fields, widths, strict=True) if pair[0] not in SIDES), strict=True)
    heads = [words(f"metadata.{'code' if field == 'indicator_code' else field}") for field in fields]
    rows = []
    for row in report.definitions:
        shown = {**row, "name": words.either(row, "label")}
        shown["unit_of_measure"] = words.unit_of_measure(row["unit_of_measure"])
        shown["clause"] = words.known(f"clause.{row['clause']}", row["clause"] or "")
        shown["convention"] = words.known(f"convention.{row['convention']}", row["convention"] or "")
        texts = [words.either(row, field) or str(shown.get(field) or "") for field in fields]
        rows.append([Cell(text, "left") for text in texts])
    title = words("metadata.definitions")
    return TextTable(f"N4　{title}" if report.kind == "annual" else title, widths, heads, rows)


def files(report: Report) -> TextTable:
    """The files behind the report, with where their rows went."""
    words, rows = report.words, []
    if report.is_public:
        return TextTable(words("metadata.sources"), (100,), [], [[Cell(words("disclosure.no_files"), "left")]])
    fields, widths = FILE, FILE_WIDTHS
    if len({row["reporting_unit"] for row in report.files}) > 1:
        fields, widths = ("reporting_unit", *FILE), (7, *FILE_WIDTHS)
    named = units.names(report.release)
    for row in report.files:
        cells = []
        for field in fields:
            value = row[field]
            if field == "reporting_unit":
                value = words.known(f"unit.{value}" if words.language == "en" else "", named.get(value, value))
            if field.startswith("rows_"):
                cells.append(Cell(number(value), "right"))
            else:
                text = words.known(f"dataset.{value}", str(value)) if field == "dataset" else value
                cells.append(Cell(str(text or ""), "left"))
        rows.append(cells)
    heads = [words(f"{'report' if field == 'reporting_unit' else 'metadata'}.{field}") for field in fields]
    return TextTable(words("metadata.sources"), widths, heads, rows, words("metadata.note"))
