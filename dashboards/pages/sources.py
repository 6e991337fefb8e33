"""来源文件: the rows behind a figure by file and sheet, and the files of a unit and period with their row account.

Not here: SQL (`queries/behind.py`, `queries/sources.py`), any person.
"""

from __future__ import annotations

from dashboards.queries import behind, indicators, sources, units
from dashboards.release import Row
from dashboards.view import Block, Choice, Column, Request, Table, View
from dashboards.words import number

PATH = "/sources"
NAME = "sources"
NEEDS = ("mart_row_account",)
IN_TABS = False
COUNTS = ("rows_read", "rows_not_data", "rows_duplicate", "rows_quarantined", "rows_accepted", "rows_superseded")


def view(request: Request) -> View:
    """Files of the address's unit (`u`) and period (`p`), each with where its rows went."""
    words, release = request.words, request.release
    known = sources.units_with_files(release)
    unit = request.address.get("u") or units.first(release, known)
    years = sources.years_with_files(release, unit)
    every = f"{years[0]}-{years[-1]}" if years else ""
    period = request.address.get("p") or every
    rows = sources.files(release, unit, period) if period else []
    for row in rows:
        row["dataset_label"] = words.known(f"dataset.{row['dataset']}", row["dataset"])
        row["period_label"] = words.period(row["period"])
    columns = [
        Column("dataset_label", words("metadata.dataset")),
        Column("period_label", words("metadata.period")),
        Column("file_name", words("metadata.file_name")),
        *(Column(name, words(f"metadata.{name}"), "count") for name in COUNTS),
        Column("submission_id", words("metadata.submission_id")),
    ]
    name = units.name(release, unit, words)
    choices = []
    if len(years) > 1:
        options = [(words("sources.all_years"), request.address.with_(p=None))]
        options += [(words.period(year), request.address.with_(p=year)) for year in years]
        chosen = words("sources.all_years") if period == every else words.period(period)
        choices.append(Choice(words("metadata.period"), options, chosen))
    return View(
        title=words("sources.title", unit=name),
        conclusion=[words("metadata.note")],
        blocks=[*_behind(request, unit, period), Block("files", words("sources.files"), Table(columns, rows))],
        choices=choices,
        note=words("sources.note"),
    )


def _behind(request: Request, unit: str, period: str) -> list[Block]:
    """The rows behind the figure that the reader came from (`k`), side by side with what they come to."""
    words, release, blocks = request.words, request.release, []
    indicator = request.address.get("k") or ""
    meant = sources.definition(release, indicator)
    published = indicators.whole(release, unit, period).get(indicator)
    if meant is None or published is None:
        return []
    for side in behind.sides(release, indicator):
        found = behind.places(release, side, unit, period)
        if found is None:
            continue
        total, rows = found
        columns = [
            Column("file_name", words("metadata.file_name")),
            Column("sheet", words("quality.sheet")),
            Column("row_count", words("sources.rows"), "count"),
            Column("first_row", words("drill.first_row"), "count"),
            Column("last_row", words("drill.last_row"), "count"),
            Column("submission_id", words("metadata.submission_id")),
        ]
        told = words(
            "sources.comes_to",
            rows=number(total["row_count"]),
            value=number(total["comes_to"], _measure(total["comes_to"])),
            published=number(_published(published, side), _measure(_published(published, side))),
        )
        title = words("sources.behind", indicator=words.either(meant, "label"), side=words(f"metadata.{side['side']}"))
        blocks.append(Block(f"behind_{side['side']}", title, Table(columns, rows), description=told))
    return blocks


def _published(figure: Row, side: Row) -> object:
    """The side as published; a figure that is no quotient, such as a median, has its value alone."""
    value = figure[side["side"]]
    return figure["value"] if value is None and side["side"] == "numerator" else value


def _measure(value: object) -> str:
    """Whole numbers without decimals, anything else with two."""
    return "count" if value is None or float(value) == int(value) else "yuan"
