"""来源文件: the files whose rows are behind the figures of a unit and period, with their row account."""

from __future__ import annotations

from dashboards.queries import sources, units
from dashboards.view import Block, Choice, Column, Request, Table, View

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
        blocks=[Block("files", words("sources.files"), Table(columns, rows))],
        choices=choices,
        note=words("sources.note"),
    )
