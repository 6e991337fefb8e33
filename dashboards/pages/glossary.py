"""指标口径: every indicator's definition as the release carries it."""

from __future__ import annotations

from dashboards.queries import sources
from dashboards.view import Block, Column, Request, Table, View

PATH = "/glossary"
NAME = "glossary"
NEEDS = ("mart_indicator_definition",)
IN_TABS = True


def view(request: Request) -> View:
    """One table; each name opens its definition with the way to the source files."""
    words = request.words
    rows = sources.definitions(request.release)
    for row in rows:
        row["label"] = words.either(row, "label")
        row["formula"] = words.either(row, "formula")
        for name in ("maturity", "convention", "clause"):
            row[name] = words.known(f"{name}.{row[name]}", row[name])
        row["unit_label"] = words.unit_of_measure(row["unit_of_measure"])
    columns = [
        Column("label", words("metadata.name"), indicator="indicator_code"),
        Column("indicator_code", words("metadata.code")),
        Column("formula", words("metadata.formula")),
        Column("unit_label", words("metadata.unit_of_measure")),
        Column("clause", words("metadata.clause")),
        Column("convention", words("metadata.convention")),
        Column("maturity", words("metadata.maturity")),
    ]
    return View(
        title=words("glossary.title"),
        conclusion=[words("glossary.sentence", count=len(rows))],
        blocks=[Block("definitions", words("metadata.definitions"), Table(columns, rows))],
    )
