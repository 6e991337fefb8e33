"""绩效与资金分配: scores, the proposed allocation with its parts and reasons, decisions, and what other weights would do.

Belongs here: which rows make which sentence, tile, chart and table. Not here: SQL (`queries/allocation.py`), the sliders.
"""

from __future__ import annotations

from dashboards.charts.allocation import FIELDS, amount_bars
from dashboards.charts.axis import money
from dashboards.charts.style import palette
from dashboards.queries import allocation, units
from dashboards.release import Row
from dashboards.reports.review_forms import SCORES
from dashboards.sliders import outcome, panel, table, trial
from dashboards.view import Block, Choice, Column, Request, Table, Tile, View
from dashboards.words import Words, number

PATH = "/allocation"
NAME = "allocation"
NEEDS = ("mart_allocation", "mart_allocation_part", "mart_allocation_formula")
IN_TABS = True
# Rows of the tables behind the proposal that are drawn at once.
FIRST = 15
SCORED = (
    "task_score",
    "quality_score",
    "effect_score",
    "money_score",
    "satisfaction_score",
    "conduct_score",
    "total_score",
)


def view(request: Request) -> View:
    """The page for the address's unit (`u`) and year (`y`), by default the newest year of the first pot."""
    words, release, address = request.words, request.release, request.address
    pots = allocation.pots(release)
    if not pots:
        return View(title=words("allocation.title", unit="", year=""), conclusion=[words("allocation.none")])
    mine = [pot for pot in pots if address.get("u") == pot["allocator_unit"]] or pots
    mine = [
        pot
        for pot in mine
        if (pot["allocator_unit"], pot["recipient_kind"]) == (mine[0]["allocator_unit"], mine[0]["recipient_kind"])
    ]
    pot = next((one for one in mine if address.get("y") == str(one["year"])), mine[0])
    name, year = units.name(release, pot["allocator_unit"], words), str(pot["year"])
    rows = [_worded(row, words) for row in allocation.proposal(release, pot["pot_key"])]
    total = {**allocation.total(release, pot["pot_key"]), "recipient_name": words("report.total"), "is_total": True}
    colours = palette(request.is_dark)
    names = {field: words(f"column.{field}") for field in FIELDS}
    largest = float(max((row[field] or 0 for row in rows for field in FIELDS), default=0))
    figure = amount_bars(rows, names, colours, money(words, largest)) if not pot["refusal"] else None
    blocks = [
        Block(
            "proposal",
            words("allocation.proposal.title", year=year),
            _table([*rows, total], words),
            figure,
            words("allocation.caption"),
        )
    ]
    if address.get("w") and not pot["refusal"]:
        tried = trial(address, allocation.factors(release, pot["pot_key"]), pot["pool_yuan"])
        blocks.append(Block("try", words("allocation.try.title"), table(outcome(release, pot, tried), words)))
    blocks += _scores(request, pot)
    blocks.append(Block("reasons", words("allocation.reasons.title"), _reasons(rows, words)))
    return View(
        title=words("allocation.title", unit=name, year=year),
        conclusion=_conclusion(name, year, pot, rows, words),
        tiles=_tiles(pot, rows, total, words),
        blocks=blocks,
        choices=_choices(request, pots, mine, pot, name),
        note=words("allocation.note"),
        parts=panel(release, pot, address, words) if not pot["refusal"] else (),
    )


def _worded(row: Row, words: Words) -> Row:
    return {
        **row,
        "held_label": words.known(f"allocation.held.{row['held_at']}"),
        "grade_label": words.either(row, "grade"),
        "told": row["reason"] if words.language == "zh" else row["reason_en"],
    }


def _table(rows: list[Row], words: Words) -> Table:
    money = (
        "last_year_yuan",
        "base_yuan",
        "task_yuan",
        "performance_yuan",
        "difficulty_yuan",
        "input_yuan",
        "adjustment_yuan",
        "proposed_yuan",
    )
    used = [field for field in money if field != "input_yuan" or any(row.get(field) for row in rows)]
    columns = [Column("recipient_name", words("column.recipient")), Column("grade_label", words("column.grade_label"))]
    columns += [Column(field, words(f"column.{field}"), "yuan") for field in used]
    columns.append(Column("held_label", words("column.bounds")))
    if any(row.get("decided_yuan") is not None for row in rows):
        columns.append(Column("decided_yuan", words("column.decided_yuan"), "yuan"))
    return Table(columns, rows, words("allocation.table_caption"))


def _reasons(rows: list[Row], words: Words) -> Table:
    return Table(
        [Column("recipient_name", words("column.recipient")), Column("told", words("allocation.reason"))],
        rows,
        first=FIRST,
    )


def _scores(request: Request, pot: Row) -> list[Block]:
    words, release = request.words, request.release
    if not release.has("mart_review", "mart_allocation_measure"):
        return []
    rows = release.rows(SCORES, [pot["allocator_unit"], str(pot["year"] - 1)])
    rows = [
        {**row, "grade_label": words.either(row, "grade")}
        for row in rows
        if row["subject_kind"] == pot["recipient_kind"]
    ]
    used = [field for field in SCORED if any(row[field] is not None for row in rows)]
    columns = [Column("institution_name", words("column.reviewed"))]
    columns += [Column(field, words(f"column.{field}"), "yuan") for field in used]
    columns += [Column("rank", words("column.rank"), "count"), Column("grade_label", words("column.grade_label"))]
    return (
        [Block("scores", words("allocation.scores.title", year=pot["year"] - 1), Table(columns, rows, first=FIRST))]
        if rows
        else []
    )


def _conclusion(name: str, year: str, pot: Row, rows: list[Row], words: Words) -> list[str]:
    if pot["refusal"]:
        return [words(f"allocation.refused.{pot['refusal']}")]
    amount = number(pot["pool_yuan"], "yuan")
    held = {kind: sum(row["held_at"] == kind for row in rows) for kind in ("floor", "cap")}
    told = [words("allocation.sentence", unit=name, year=year, amount=amount, count=len(rows), **held)]
    if any(row["decided_yuan"] is not None for row in rows):
        told.append(words("allocation.decided"))
    return told


def _tiles(pot: Row, rows: list[Row], total: Row, words: Words) -> list[Tile]:
    tiles = [Tile(words("allocation.pool"), number(pot["pool_yuan"], "yuan"), words.unit_of_measure("yuan"))]
    tiles.append(
        Tile(words("allocation.last_total"), number(total["last_year_yuan"], "yuan"), words.unit_of_measure("yuan"))
    )
    tiles.append(Tile(words("allocation.recipients"), number(len(rows))))
    return tiles


def _choices(request: Request, pots: list[Row], mine: list[Row], pot: Row, name: str) -> list[Choice]:
    words, address, found = request.words, request.address.with_(w=None), []
    givers = list(dict.fromkeys(one["allocator_unit"] for one in pots))
    if len(givers) > 1:
        options = [(units.name(request.release, code, words), address.with_(u=code, y=None)) for code in givers]
        found.append(Choice(words("targets.choose_unit"), options, name))
    if len(mine) > 1:
        options = [(words.period(str(one["year"])), address.with_(y=str(one["year"]))) for one in mine]
        found.append(Choice(words("metadata.period"), options, words.period(str(pot["year"]))))
    return found
