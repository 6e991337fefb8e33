"""公开数据: what everybody may see, after disclosure control; the only page with figures that the public has.

Not here: any figure that has not passed `dashboards/public.py`.
"""

from __future__ import annotations

from dashboards.public import cells
from dashboards.queries import sources, units
from dashboards.queries.public import periods
from dashboards.release import Row
from dashboards.reports.content import ReportError
from dashboards.view import Block, Choice, Column, Request, Table, View
from dashboards.words import HIDDEN, number

PATH = "/public"
NAME = "public"
NEEDS = ("mart_indicator_definition", "dim_unit", "dim_period")
IN_TABS = True


def view(request: Request) -> View:
    """Protected figures of the unit (`u`) and period (`p`) in the address, by default the first unit's newest year."""
    words, release, address = request.words, request.release, request.address
    known, listed = sorted(units.names(release)), periods(release)
    unit = address.get("u") if address.get("u") in known else units.first(release, known)
    period = address.get("p") if address.get("p") in listed else (listed[0] if listed else "")
    name = units.name(release, unit, words)
    title = words("public.title", unit=name, period=words.period(period) if period else "")
    choices = []
    if len(known) > 1:
        options = [(units.name(release, one, words), address.with_(u=one)) for one in known]
        choices.append(Choice(words("targets.choose_unit"), options, name))
    if len(listed) > 1:
        options = [(words.period(one), address.with_(p=one)) for one in listed]
        choices.append(Choice(words("metadata.period"), options, words.period(period)))
    try:
        rows = cells(request.home, release.release_id, unit, period) if request.home and period else []
    except ReportError as error:
        told = error.zh if words.language == "zh" else error.en
        return View(title=title, conclusion=[told], choices=choices)
    meant = {row["indicator_code"]: row for row in sources.definitions(release)}
    rows = [_worded(row, meant.get(row["indicator_code"], {}), request) for row in rows]
    # In the order of print, as everywhere.
    rows.sort(key=lambda row: meant.get(row["indicator_code"], {}).get("sort_no") or 999)
    columns = [
        Column("label", words("metadata.name"), indicator="indicator_code"),
        Column("shown", words("targets.column.actual"), "right"),
        Column("unit_label", words("metadata.unit_of_measure")),
    ]
    return View(
        title=title,
        conclusion=[words("public.sentence")],
        blocks=[Block("figures", title, Table(columns, [row for row in rows if row["label"]]))],
        choices=choices,
        note=words("public.note"),
    )


def _worded(row: Row, definition: Row, request: Request) -> Row:
    measure = row["unit_of_measure"]
    value = row["value"]
    return {
        **row,
        "label": request.words.either(definition, "label"),
        "shown": HIDDEN if value == HIDDEN else number(value, measure),
        "unit_label": request.words.unit_of_measure(measure) if measure != "ratio" else "",
    }
