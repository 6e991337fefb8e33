"""The what-if part of the page on allocation: sliders for shares, bounds and money, and what comes out.

Belongs here: the controls, their callback, and their state in the address (`w`). Not here: amounts (`queries/allocation.py`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update
from flask import g

from dashboards.address import Address, parse
from dashboards.components import folded
from dashboards.queries import allocation
from dashboards.release import NoRelease, Release, Releases, Row
from dashboards.view import Column, Table
from dashboards.words import Words

MOST_YUAN = 10**11
# part of last year's amount: least, most, step
BOUNDS = {"floor": (0, 1, 0.05), "cap": (1, 3, 0.1)}


@dataclass(frozen=True)
class Trial:
    """What is tried: weight of each factor, bounds as parts of last year's amount, money in whole yuan."""

    weights: dict[str, int]
    floor: Decimal
    cap: Decimal
    pool_yuan: int

    @property
    def text(self) -> str:
        """As the address has it."""
        parts = {**self.weights, "floor": self.floor, "cap": self.cap, "pool": self.pool_yuan}
        return "_".join(f"{name}-{value}" for name, value in parts.items())


def trial(address: Address, factors: list[Row], pool_yuan: Decimal) -> Trial:
    """What the address asks for; where it says nothing, as the scheme has it."""
    asked = dict(pair.split("-", 1) for pair in (address.get("w") or "").split("_") if "-" in pair)
    weights = {row["factor"]: min(100, int(Decimal(asked.get(row["factor"], str(row["share"]))))) for row in factors}
    if not sum(weights.values()):
        weights = {row["factor"]: int(row["share"]) for row in factors}
    first = factors[0] if factors else {}
    floor = Decimal(asked.get("floor", str(first.get("floor_ratio") or 0)))
    cap = Decimal(asked.get("cap", str(first.get("cap_ratio") or BOUNDS["cap"][1])))
    pool = min(int(Decimal(asked.get("pool", str(int(pool_yuan))))), MOST_YUAN)
    return Trial(weights, min(floor, Decimal(1)), max(Decimal(1), min(cap, Decimal(3))), pool)


def panel(release: Release, pot: Row, address: Address, words: Words) -> list:
    """The sliders with what comes out as the address stands."""
    factors = allocation.factors(release, pot["pot_key"])
    tried = trial(address, factors, pot["pool_yuan"])
    controls = [
        _slider({"try": name}, words(f"allocation.factor.{name}"), value, 0, 100, 5)
        for name, value in tried.weights.items()
    ]
    controls += [
        _slider({"bound": name}, words(f"allocation.{name}"), float(getattr(tried, name)), *BOUNDS[name])
        for name in BOUNDS
    ]
    money = dcc.Input(id="try-pool", type="number", value=tried.pool_yuan, min=1, max=MOST_YUAN, step=1, debounce=True)
    return [
        html.Section(
            [
                html.H2(words("allocation.try.title"), id="what-if-title"),
                html.P(words("allocation.try.how"), className="note"),
                html.Div(
                    [*controls, html.Div([html.Label(words("allocation.pool"), htmlFor="try-pool"), money])],
                    className="sliders",
                ),
                html.Div(result(release, pot, tried, words), id="try-result", **{"aria-live": "polite"}),
                dcc.Store(id="try-pot", data=pot["pot_key"]),
                dcc.Store(id="try-state"),
            ],
            className="block",
            **{"aria-labelledby": "what-if-title"},
        )
    ]


def _slider(name: dict[str, str], label: str, value: float, least: float, most: float, step: float) -> html.Div:
    # the browser's own slider: it has a name for a screen reader and answers to the arrow keys
    slider = dcc.Input(id=name, type="range", value=value, min=least, max=most, step=step)
    return html.Div([html.Label(label, htmlFor=json.dumps(name, separators=(",", ":"))), slider])


def table(rows: list[Row], words: Words) -> Table:
    """What comes out beside the proposal, the total last."""
    for row in rows:
        row["held_label"] = words.known(f"allocation.held.{row['held_at']}")
        row["recipient_name"] = words("report.total") if row["is_total"] else row["recipient_name"]
    columns = [
        Column("recipient_name", words("column.recipient")),
        Column("proposed_yuan", words("column.proposed_yuan"), "yuan"),
        Column("tried_yuan", words("allocation.tried"), "yuan"),
        Column("change_yuan", words("allocation.change"), "yuan"),
        Column("held_label", words("column.bounds")),
    ]
    return Table(columns, rows)


def outcome(release: Release, pot: Row, tried: Trial) -> list[Row]:
    """Rows of a trial."""
    return allocation.what_if(release, pot["pot_key"], tried.weights, tried.floor, tried.cap, tried.pool_yuan * 100)


def result(release: Release, pot: Row, tried: Trial, words: Words) -> list:
    """The table of a trial, or why it cannot be given out."""
    rows = outcome(release, pot, tried)
    refusal = next((row["refusal"] for row in rows if row["refusal"]), None)
    if refusal:
        return [html.P(words(f"allocation.refused.{refusal}"), className="bad")]
    whole = sum(tried.weights.values())
    shares = words("narrative.comma").join(
        [f"{words(f'allocation.factor.{name}')} {100 * weight / whole:.1f}%" for name, weight in tried.weights.items()]
        + [f"{words(f'allocation.{name}')} {float(getattr(tried, name)):.0%}" for name in BOUNDS]
    )
    shown = table(rows, words)
    heads = [html.Th(column.label, scope="col", className="n" if column.is_number else "") for column in shown.columns]
    body = [
        html.Tr(
            [_cell(column, row, is_first=place == 0) for place, column in enumerate(shown.columns)],
            className="total" if row["is_total"] else "",
        )
        for row in shown.rows
    ]
    head = html.Thead(html.Tr(heads))
    region = {"role": "region", "aria-label": words("allocation.try.title")}
    whole = html.Div(html.Table([head, html.Tbody(body)], className="rows"), className="scroll", tabIndex="0", **region)
    return folded([html.P(shares, className="note"), whole])


def _cell(column: Column, row: Row, is_first: bool) -> html.Th | html.Td:
    if is_first:
        return html.Th(column.text(row), scope="row")
    return html.Td(column.text(row), className="n" if column.is_number else "")


def add_sliders(app: Dash, releases: Releases, lang: str) -> None:
    """Add the callback of the sliders, and the one that keeps the address at what is shown."""

    @app.callback(
        Output("try-result", "children"),
        Output("try-state", "data"),
        Input({"try": ALL}, "value"),
        Input({"bound": ALL}, "value"),
        Input("try-pool", "value"),
        State({"try": ALL}, "id"),
        State("try-pot", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def move(weights: Any, bounds: Any, pool: Any, names: Any, pot_key: Any, search: Any) -> tuple:
        address = parse("/allocation", search, lang)
        words = Words(address.lang)
        try:
            release = releases.get(address.get("v"), g.reader.scope)
        except NoRelease:
            return no_update, no_update
        if not g.reader.scope.opens("allocation") or not release.has("mart_allocation_part"):
            return no_update, no_update
        pot = next((row for row in allocation.pots(release) if row["pot_key"] == pot_key), None)
        tried = _asked(weights, bounds, pool, names)
        if pot is None or tried is None:
            return no_update, no_update
        return result(release, pot, tried, words), tried.text

    app.clientside_callback(
        ClientsideFunction("allocation", "keep"),
        Output("try-state", "storage_type"),
        Input("try-state", "data"),
        prevent_initial_call=True,
    )


def _asked(weights: Any, bounds: Any, pool: Any, names: Any) -> Trial | None:
    """What the browser sent as a trial; None where it is none."""
    try:
        chosen = {str(name["try"]): int(weight) for name, weight in zip(names, weights, strict=True)}
        floor, cap = (Decimal(str(round(float(bound), 2))) for bound in bounds)
        money = int(pool)
        good = set(chosen) <= set(allocation.FACTORS) and all(0 <= weight <= 100 for weight in chosen.values())
        good = good and sum(chosen.values()) > 0 and 0 <= floor <= 1 <= cap <= 3 and 0 < money <= MOST_YUAN
    except (TypeError, ValueError, KeyError, ArithmeticError):
        # A number that is none (NaN) cannot be compared either.
        return None
    return Trial(chosen, floor, cap, money) if good else None
