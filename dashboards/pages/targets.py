"""目标进度: targets against actuals, for the plan's years and their whole.

Belongs here: which rows make which sentence, tile, chart and table. Not here: SQL (`queries/targets.py`), figures.
"""

from __future__ import annotations

from dataclasses import replace

from dashboards.charts.bullet import bullet
from dashboards.charts.burn_up import burn_up
from dashboards.charts.style import palette
from dashboards.queries import sources, targets, units
from dashboards.release import Row
from dashboards.view import Block, Choice, Column, Request, Table, Tile, View
from dashboards.words import Words, number

PATH = "/targets"
NAME = "targets"
NEEDS = ("mart_target_progress",)
IN_TABS = True
# The plan's own headline; a unit without it is led by its first target.
HEADLINE = "person_times"


def view(request: Request) -> View:
    """The page for the address's unit, or the first unit that has a target."""
    words, release = request.words, request.release
    known = targets_units(request)
    unit = request.address.get("u") if request.address.get("u") in known else units.first(release, known)
    name = units.name(release, unit, words)
    meant = {row["indicator_code"]: row for row in sources.definitions(release)}
    rows = [_worded(row, meant, request) for row in targets.progress(release, unit)]
    whole = [row for row in rows if not row["breakdown"]]
    headline = [row for row in whole if row["indicator_code"] == HEADLINE]
    others = [row for row in whole if row["indicator_code"] != HEADLINE]
    blocks = []
    if headline:
        blocks.append(_bullets("headline", headline, request))
        blocks += _course(request, unit)
        blocks += _units(request, headline, meant)
    if others:
        blocks.append(_bullets("others", others, request))
    broken_down = [row for row in rows if row["breakdown"]]
    if broken_down:
        blocks.append(
            Block("breakdown", words("targets.breakdown.title"), _table(broken_down, words), description=_by(words))
        )
    changed = [_worded(row, meant, request) for row in targets.versions(release, unit)]
    if changed:
        blocks.append(Block("versions", words("targets.versions.title"), _versions(changed, words)))
    return View(
        title=words("targets.title", unit=name),
        conclusion=_conclusion(request, name, headline, others),
        tiles=[_tile(row, words) for row in _leading(headline, others)[:4]],
        blocks=blocks,
        choices=_choices(request, known, unit),
        note=words("targets.note"),
    )


def targets_units(request: Request) -> list[str]:
    """Units that may be chosen."""
    return units.with_targets(request.release)


def _worded(row: Row, meant: dict[str, Row], request: Request) -> Row:
    """A row with what people call its parts beside; every figure stays the mart's."""
    release, words = request.release, request.words
    definition = meant.get(row["indicator_code"], {})
    unit_of_measure = str(definition.get("unit_of_measure") or "count")
    comparator = str(row.get("comparator") or "ge")
    state = targets.target_state(row)
    target = number(row["target_value"], unit_of_measure)
    return {
        **row,
        "unit_of_measure": unit_of_measure,
        "sort_no": definition.get("sort_no") or 999,
        "indicator_label": words.either(definition, "label") or row["indicator_code"],
        "period_label": words.period(str(row["period"])),
        "breakdown_label": units.breakdown(release, row.get("breakdown"), words),
        "target_label": words(f"comparator.{comparator}", value=target),
        "unit_label": words.unit_of_measure(unit_of_measure) if unit_of_measure != "ratio" else "",
        "basis": " ".join(str(row[name]) for name in ("clause", "document_no") if row.get(name)),
        "state": state,
        "state_label": words(f"state.{state}"),
    }


def _leading(headline: list[Row], others: list[Row]) -> list[Row]:
    """The whole span first, then one tile for each other target."""
    spans = [row for row in headline if "-" in row["period"]] or headline[-1:]
    # Of a target set year by year the newest year speaks; a span comes last in the rows and so wins over its years.
    newest = {row["indicator_code"]: row for row in others}
    return [*spans[:1], *sorted(newest.values(), key=lambda row: row["sort_no"])]


def _tile(row: Row, words: Words) -> Tile:
    return Tile(
        label=f"{row['indicator_label']} · {row['period_label']}",
        value=number(row["actual_value"], row["unit_of_measure"]),
        unit=row["unit_label"],
        detail=words("targets.tile", target=row["target_label"], completion=number(row["completion_ratio"], "ratio")),
        state=row["state_label"],
        is_good={"met": True, "missed": False}.get(row["state"]),
        indicator=row["indicator_code"],
    )


def _conclusion(request: Request, name: str, headline: list[Row], others: list[Row]) -> list[str]:
    words, sentences = request.words, []
    for row in _leading(headline, []):
        key = "targets.sentence.met" if row["state"] == "met" else "targets.sentence.short"
        if row["actual_value"] is None:
            key = "targets.sentence.no_data"
        sentences.append(
            words(
                key,
                date=request.release.data_date,
                unit=name,
                period=row["period_label"],
                indicator=row["indicator_label"],
                actual=number(row["actual_value"], row["unit_of_measure"]),
                measure=row["unit_label"],
                target=row["target_label"],
                completion=number(row["completion_ratio"], "ratio"),
                time=number(row["time_progress_ratio"], "ratio"),
                shortfall=number(row["shortfall"], row["unit_of_measure"]),
            )
        )
    parts = [
        words(
            "targets.sentence.part",
            indicator=row["indicator_label"],
            actual=number(row["actual_value"], row["unit_of_measure"]),
            measure=row["unit_label"],
            target=row["target_label"],
            state=row["state_label"],
        )
        for row in _leading([], others)[:4]
    ]
    if parts:
        sentences.append(words("targets.sentence.join").join(parts) + words("targets.sentence.stop"))
    return sentences


def _bullets(name: str, rows: list[Row], request: Request) -> Block:
    words = request.words
    drawn = [row for row in rows if row["completion_ratio"] is not None]
    for row in drawn:
        row["label"] = _bullet_label(name, row)
        row["text"] = words(
            "targets.bullet_text",
            actual=number(row["actual_value"], row["unit_of_measure"]),
            target=number(row["target_value"], row["unit_of_measure"]),
            completion=number(row["completion_ratio"], "ratio"),
        )
    names = {key: words(f"targets.legend.{key}") for key in ("target", "actual", "time", "forecast", "band")}
    return Block(
        name,
        words(f"targets.{name}.title") if name != "units" else "",
        _table(rows, words),
        bullet(drawn, names, palette(request.is_dark)) if drawn else None,
        caption=words("targets.bullet_caption") + _forecast_caption(rows, words),
    )


def _bullet_label(name: str, row: Row) -> str:
    if name == "headline":
        return row["period_label"]
    return row["unit_name"] if name == "units" else f"{row['indicator_label']} {row['period_label']}"


def _forecast_caption(rows: list[Row], words: Words) -> str:
    """What a forecast on the chart rests on, and how far off it was in earlier years."""
    tried = [row for row in rows if row.get("forecast_value") is not None]
    if not tried:
        return ""
    errors = [row["back_test_error_ratio"] for row in tried if row.get("back_test_error_ratio") is not None]
    told = (
        words("targets.forecast.tried", error=number(max(errors), "ratio"))
        if errors
        else words("targets.forecast.untried")
    )
    # A year that is over can still gain what its files have not told yet.
    is_over = any((row.get("time_progress_ratio") or 0) >= 1 for row in tried)
    return told + (words("targets.forecast.over") if is_over else "")


def _units(request: Request, headline: list[Row], meant: dict[str, Row]) -> list[Block]:
    """The headline of every unit, the furthest behind first, where there are several."""
    words, leading = request.words, _leading(headline, [])
    if not leading:
        return []
    found = targets.by_unit(request.release, HEADLINE, leading[0]["period"])
    if len(found) < 2:
        return []
    rows = [
        {**_worded(row, meant, request), "unit_name": units.name(request.release, row["reporting_unit"], words),
         "unit_address": request.address.with_(u=row["reporting_unit"])}
        for row in found
    ]  # fmt: skip
    block = _bullets("units", rows, request)
    columns = [Column("unit_name", words("targets.choose_unit"), link="unit_address"), *block.table.columns[1:]]
    title = words("targets.units.title", period=leading[0]["period_label"])
    return [replace(block, title=title, table=replace(block.table, columns=columns))]


def _table(rows: list[Row], words: Words) -> Table:
    columns = [
        Column("indicator_label", words("targets.column.indicator"), indicator="indicator_code"),
        Column("period_label", words("targets.column.period")),
        Column("target_label", words("targets.column.target"), "right"),
        Column("actual_value", words("targets.column.actual"), "own"),
        Column("unit_label", words("targets.column.measure")),
        Column("completion_ratio", words("targets.column.completion"), "ratio"),
        Column("time_progress_ratio", words("targets.column.time"), "ratio"),
        Column("state_label", words("targets.column.state"), "state"),
        Column("shortfall", words("targets.column.shortfall"), "own"),
        *_forecast_columns(rows, words),
        Column("basis", words("targets.column.clause")),
    ]
    if any(row["breakdown"] for row in rows):
        columns.insert(1, Column("breakdown_label", words("targets.column.breakdown")))
    # Targets of groups stand in a table without a chart.
    return Table(columns, rows, "" if rows and rows[0]["breakdown"] else words("targets.table_caption"))


def _forecast_columns(rows: list[Row], words: Words) -> list[Column]:
    if not any(row.get("forecast_value") is not None and not row["breakdown"] for row in rows):
        return []
    names = ("forecast_value", "lower_value", "upper_value")
    return [Column(name, words(f"targets.column.{name}"), "own") for name in names]


def _versions(rows: list[Row], words: Words) -> Table:
    columns = [
        Column("indicator_label", words("targets.column.indicator"), indicator="indicator_code"),
        Column("period_label", words("targets.column.period")),
        Column("breakdown_label", words("targets.column.breakdown")),
        Column("plan_version", words("targets.column.version"), "count"),
        Column("target_label", words("targets.column.target"), "right"),
        Column("document_no", words("targets.column.document")),
    ]
    return Table(columns, rows)


def _by(words: Words) -> str:
    return words("targets.breakdown.description")


def _course(request: Request, unit: str) -> list[Block]:
    """The burn-up over the years of the plan's span, where the release has quarters of it."""
    words, release = request.words, request.release
    rows = targets.course(release, unit, HEADLINE)
    actual = [row for row in rows if row["running_value"] is not None]
    if not actual:
        return []
    plan = [row for row in rows if row["running_target"] is not None]
    for row in actual:
        row["label"] = words.period(row["period"])
        row["indicator_code"] = HEADLINE
    names = {key: words(f"targets.legend.{key}") for key in ("actual", "plan", "data_date", "axis")}
    columns = [
        Column("label", words("targets.column.quarter"), indicator="indicator_code"),
        Column("value", words("targets.column.in_quarter"), "count"),
        Column("running_value", words("targets.column.running"), "count"),
        Column("running_target", words("targets.column.running_target"), "count"),
    ]
    figure = burn_up(actual, plan, names, palette(request.is_dark), release.data_date)
    return [
        Block("course", words("targets.course.title"), Table(columns, actual, words("targets.table_caption")), figure,
              words("targets.course.caption"))
    ]  # fmt: skip


def _choices(request: Request, known: list[str], unit: str) -> list[Choice]:
    if len(known) < 2:
        return []
    options = [(units.name(request.release, code, request.words), request.address.with_(u=code)) for code in known]
    return [Choice(request.words("targets.choose_unit"), options, units.name(request.release, unit, request.words))]
