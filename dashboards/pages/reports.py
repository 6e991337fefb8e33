"""报表中心: the reports that the release can print, each a link to the file."""

from __future__ import annotations

from dashboards.queries import reports, units
from dashboards.reports import FORMATS
from dashboards.view import Block, Choice, Column, Request, Table, View

PATH = "/reports"
NAME = "reports"
NEEDS = ("mart_report_j1",)
IN_TABS = True


def view(request: Request) -> View:
    """Annual and quarterly reports by unit and period, in every format."""
    words, release, address = request.words, request.release, request.address
    rows = reports.printable(release)
    known = sorted({row["reporting_unit"] for row in rows})
    chosen = address.get("u") if address.get("u") in known else None
    rows = [row for row in rows if chosen in (None, row["reporting_unit"])]
    for row in rows:
        kind = "quarterly" if "Q" in row["period"] else "annual"
        row |= {
            "unit_name": units.name(release, row["reporting_unit"], words),
            "period_label": words.period(row["period"]),
            "kind_label": words(f"report.{kind}"),
        }
        for name in FORMATS:
            query = f"u={row['reporting_unit']}&p={row['period']}&lang={words.language}&v={release.release_id}"
            row[name] = words(f"format.{name}")
            row[f"{name}_file"] = f"/report/{kind}.{name}?{query}"
    columns = [
        Column("kind_label", words("reports.kind")),
        Column("unit_name", words("report.reporting_unit")),
        Column("period_label", words("report.period")),
        *(Column(name, words(f"format.{name}"), "file") for name in FORMATS),
    ]
    choices = []
    if len(known) > 1:
        options = [(words("reports.all_units"), address.with_(u=None))]
        options += [(units.name(release, code, words), address.with_(u=code)) for code in known]
        name = units.name(release, chosen, words) if chosen else words("reports.all_units")
        choices.append(Choice(words("targets.choose_unit"), options, name))
    return View(
        title=words("reports.title"),
        conclusion=[words("reports.sentence", release=release.release_id, date=release.data_date)],
        blocks=[Block("files", words("reports.files"), Table(columns, rows))],
        choices=choices,
        note=words("reports.note"),
    )
