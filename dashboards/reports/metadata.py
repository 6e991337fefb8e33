"""The metadata of a report as text: which release, what each indicator means, which files the figures rest on."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.reports.content import Report
from dashboards.reports.printed import Cell
from dashboards.words import number

DEFINITION = (
    "name", "indicator_code", "formula", "numerator", "denominator", "unit_of_measure", "clause", "convention",
)  # fmt: skip
FILE = (
    "dataset", "period", "file_name", "submission_id", "rows_read", "rows_not_data", "rows_duplicate",
    "rows_quarantined", "rows_accepted", "rows_superseded",
)  # fmt: skip


@dataclass(frozen=True)
class TextTable:
    """A plain table: one header row, rows of cells."""

    title: str
    heads: list[str]
    rows: list[list[Cell]]


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
    heads = [words(f"metadata.{'code' if field == 'indicator_code' else field}") for field in DEFINITION]
    rows = []
    for row in report.definitions:
        shown = {**row, "name": words.either(row, "label")}
        shown["unit_of_measure"] = words.unit_of_measure(row["unit_of_measure"])
        shown["convention"] = words.known(f"convention.{row['convention']}", row["convention"] or "")
        texts = [words.either(row, field) or str(shown.get(field) or "") for field in DEFINITION]
        rows.append([Cell(text, "left") for text in texts])
    return TextTable(words("metadata.definitions"), heads, rows)


def files(report: Report) -> TextTable:
    """The files behind the report, with where their rows went."""
    words, rows = report.words, []
    for row in report.files:
        cells = []
        for field in FILE:
            value = row[field]
            if field.startswith("rows_"):
                cells.append(Cell(number(value), "right"))
            else:
                text = words.known(f"dataset.{value}", str(value)) if field == "dataset" else value
                cells.append(Cell(str(text or ""), "left"))
        rows.append(cells)
    return TextTable(words("metadata.sources"), [words(f"metadata.{field}") for field in FILE], rows)
