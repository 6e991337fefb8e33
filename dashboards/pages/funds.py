"""资金使用: each fund from opening to closing, how much of it was spent, and what does not add up.

Not here: SQL (`queries/funds.py`), figures (`charts/funds.py`).
"""

from __future__ import annotations

from dashboards.charts.axis import money
from dashboards.charts.funds import SERIES, fund_bars
from dashboards.charts.style import palette
from dashboards.pages import flow
from dashboards.queries import funds, indicators, units
from dashboards.release import Row
from dashboards.view import Block, Choice, Column, Request, Table, Tile, View
from dashboards.words import Words, number

PATH = "/funds"
NAME = "funds"
NEEDS = ("mart_fund_position",)
IN_TABS = True
AMOUNTS = (
    "opening_yuan",
    "income_yuan",
    "returned_yuan",
    "outlay_yuan",
    "closing_yuan",
    "quota_yuan",
    "unexplained_yuan",
)
TILES = ("execution_rate", "fund_spend", "unit_cost_yuan", "advance_outstanding_yuan")


def view(request: Request) -> View:
    """The page for the address's unit (`u`) and year (`y`), by default the newest year."""
    words, release = request.words, request.release
    known, unit = funds.units_with_funds(release), unit_of(request)
    rows = [_worded(row, words) for row in funds.positions(release, unit)]
    years = sorted({row["period"] for row in rows})
    year = request.address.get("y") if request.address.get("y") in years else (years[-1] if years else "")
    now = [row for row in rows if row["period"] == year]
    values = indicators.whole(release, unit, year)
    name = units.name(release, unit, words)
    names = {amount: words(f"funds.column.{amount}") for amount in SERIES}
    blocks = flow.blocks(request, unit, year)
    if now:
        largest = max(row[amount] or 0 for row in now for amount in SERIES)
        figure = fund_bars(now, names, palette(request.is_dark), money(words, float(largest)))
        title = words("funds.position.title", period=words.period(year))
        blocks.append(Block("position", title, _table(now, words, with_period=False), figure, words("funds.caption")))
    if len(years) > 1:
        blocks.append(Block("years", words("funds.years.title"), _table(rows, words)))
    quarters = [_worded(row, words) for row in funds.quarters(release, unit, year)] if year else []
    if quarters:
        blocks.append(
            Block("quarters", words("funds.quarters.title", period=words.period(year)), _table(quarters, words))
        )
    legs = _legs(request, unit, year)
    if legs:
        blocks.append(Block("reconciliation", words("funds.reconciliation.title"), _legs_table(legs, words)))
    return View(
        title=words("funds.title", unit=name),
        conclusion=[
            *_conclusion(request, name, year, now, values),
            *_waiting(request, unit),
            *_unexplained(legs, words),
        ],
        tiles=[_tile(values[code], request) for code in TILES if code in values and values[code]["value"] is not None],
        blocks=blocks,
        choices=_choices(request, known, unit, years, year),
        note=words("funds.note"),
    )


def unit_of(request: Request) -> str:
    """The unit that the page speaks of: the address's, or the first of its own."""
    known = funds.units_with_funds(request.release)
    asked = request.address.get("u")
    return asked if asked in known else units.first(request.release, known)


def _worded(row: Row, words: Words) -> Row:
    state = "missed" if row["unexplained_yuan"] else "met"
    return {
        **row,
        "label": words.member("fund_source", row["fund_source"]),
        "period_label": words.period(row["period"]),
        "state": state,
        "state_label": words("funds.balanced" if state == "met" else "funds.unexplained"),
    }


def _legs(request: Request, unit: str, year: str) -> list[Row]:
    """Legs, worded; of an older release that does not say what is left unexplained, that cell stays blank."""
    words, rows = request.words, funds.reconciliation(request.release, unit, year)
    rows = [{"unexplained_yuan": None, **row} for row in rows]
    for row in rows:
        row["leg_label"] = words.known(f"leg.{row['leg']}", row["leg"])
        if row["unexplained_yuan"] is not None:
            row["state"] = "missed" if row["unexplained_yuan"] else "met"
            row["state_label"] = words("funds.open_leg" if row["unexplained_yuan"] else "funds.balanced")
    return rows


def _unexplained(legs: list[Row], words: Words) -> list[str]:
    """The pairs of sums that differ by what nothing explains, the largest difference named."""
    open_legs = sorted((leg for leg in legs if leg["unexplained_yuan"]), key=lambda leg: -abs(leg["unexplained_yuan"]))
    if not open_legs:
        return []
    amount = number(open_legs[0]["unexplained_yuan"], "yuan", signed=True)
    return [words("funds.sentence.legs", count=len(open_legs), leg=open_legs[0]["leg_label"], amount=amount)]


def _tile(row: Row, request: Request) -> Tile:
    from dashboards.queries import sources

    words, measure = request.words, row["unit_of_measure"]
    meant = sources.definition(request.release, row["indicator_code"]) or {}
    return Tile(
        label=words.either(meant, "label") or row["indicator_code"],
        value=number(row["value"], measure),
        unit="" if measure == "ratio" else words.unit_of_measure(measure),
        indicator=row["indicator_code"],
    )


def _conclusion(request: Request, name: str, year: str, now: list[Row], values: dict[str, Row]) -> list[str]:
    words, sentences = request.words, []
    execution, spent = values.get("execution_rate"), values.get("fund_spend")
    if execution and execution["value"] is not None:
        sentences.append(
            words(
                "funds.sentence.execution",
                unit=name,
                period=words.period(year),
                execution=number(execution["value"], "ratio"),
                spent=number(spent["value"], "yuan") if spent else "—",
            )
        )
    for row in now:
        if row["unexplained_yuan"]:
            amount = number(row["unexplained_yuan"], "yuan", signed=True)
            sentences.append(words("funds.sentence.unexplained", fund=row["label"], amount=amount))
    if now and not any(row["unexplained_yuan"] for row in now):
        sentences.append(words("funds.sentence.balanced"))
    return sentences


def _waiting(request: Request, unit: str) -> list[str]:
    """What waits to be paid, and for how long the oldest of it has waited."""
    rows = [row for row in flow.waiting(request, unit) if row["claims"]]
    if not rows:
        return []
    oldest = rows[-1]
    return [
        request.words(
            "funds.sentence.waiting",
            age=oldest["label"],
            claims=number(oldest["claims"]),
            amount=number(oldest["waiting_yuan"], "yuan"),
        )
    ]


def _table(rows: list[Row], words: Words, with_period: bool = True) -> Table:
    columns = [Column("label", words("funds.column.fund"))]
    if with_period:
        columns.append(Column("period_label", words("metadata.period")))
    columns += [Column(amount, words(f"funds.column.{amount}"), "yuan") for amount in AMOUNTS]
    columns.insert(-2, Column("execution_ratio", words("funds.column.execution_ratio"), "ratio"))
    columns.append(Column("state_label", words("funds.column.state"), "state"))
    return Table(columns, rows, words("funds.table_caption"))


def _legs_table(rows: list[Row], words: Words) -> Table:
    amounts = ("left_yuan", "right_yuan", "difference_yuan", "explained_yuan", "unexplained_yuan")
    columns = [Column("leg_label", words("funds.column.leg"))]
    columns += [Column(name, words(f"funds.column.{name}"), "yuan") for name in amounts]
    columns.append(Column("state_label", words("funds.column.state"), "state"))
    return Table(columns, rows, words("funds.reconciliation.caption"))


def _choices(request: Request, known: list[str], unit: str, years: list[str], year: str) -> list[Choice]:
    words, choices = request.words, []
    if len(known) > 1:
        options = [(units.name(request.release, code, words), request.address.with_(u=code)) for code in known]
        choices.append(Choice(words("targets.choose_unit"), options, units.name(request.release, unit, words)))
    if len(years) > 1:
        options = [(words.period(one), request.address.with_(y=one)) for one in years]
        choices.append(Choice(words("metadata.period"), options, words.period(year)))
    return choices
