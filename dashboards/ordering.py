"""The part of the report centre that orders a report and shows how far it is.

Belongs here: the button, its callback, the table of runs. Not here: the orders themselves (`runs.py`), which report the
address names (`pages/reports.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dash import Dash, Input, Output, State, ctx, dcc, html
from flask import g

from dashboards import runs
from dashboards.address import Address, parse
from dashboards.door import refused
from dashboards.release import NoRelease, Release, Releases
from dashboards.reports import FORMATS
from dashboards.words import Words

SECONDS = 1.5


def panel(words: Words) -> list:
    """The button and the place of the runs; asked again while one is under way."""
    return [
        html.Section(
            [
                html.H2(words("reports.run.title"), id="runs-title"),
                html.P(words("reports.run.how"), className="note"),
                html.Button(words("reports.run.ask"), id="run-ask", className="button", n_clicks=0),
                html.Div(id="runs", **{"aria-live": "polite"}),
                dcc.Interval(id="runs-again", interval=int(SECONDS * 1000)),
            ],
            className="block",
            **{"aria-labelledby": "runs-title"},
        )
    ]


def add_ordering(app: Dash, home: Path, releases: Releases, lang: str, start: runs.Starter | None) -> None:
    """Add the callback of the button; without a starter orders are refused with a text."""

    @app.callback(
        Output("runs", "children"),
        Output("runs-again", "disabled"),
        Input("run-ask", "n_clicks"),
        Input("runs-again", "n_intervals"),
        State("address", "search"),
    )
    def progress(clicks: Any, again: Any, search: Any) -> tuple:
        address = parse("/reports", search, lang)
        words, scope, fault = Words(address.lang), g.reader.scope, ""
        if ctx.triggered_id == "run-ask" and isinstance(clicks, int) and clicks > 0:
            fault = _order(home, releases, address, start)
        found = runs.listed(home, scope)
        parts: list = [html.P(words(fault), className="bad")] if fault else []
        parts.append(_table(found, words) if found else html.P(words("reports.run.none"), className="note"))
        return parts, not any(run["state"] in runs.UNDER_WAY for run in found)


def _order(home: Path, releases: Releases, address: Address, start: runs.Starter | None) -> str:
    """Order the report that the address names; the text that says why not, empty where it was."""
    from dashboards.pages.reports import chosen

    scope = g.reader.scope
    unit = address.get("u")
    if not scope.opens("reports") or (unit is not None and not scope.covers(unit)):
        refused(home, "report")
        return "refused.page"
    if start is None:
        return "reports.run.no_starter"
    try:
        release: Release = releases.get(address.get("v"), scope)
    except NoRelease:
        return "message.no_release"
    kind, unit, period = chosen(release, address)
    if not period:
        return "reports.run.nothing"
    return runs.order(
        home, start, kind=kind, period=period, unit=unit, formats=list(FORMATS), lang=address.lang,
        release_id=release.release_id, role=scope.role,
    )[1]  # fmt: skip


def _table(found: list[runs.Run], words: Words) -> html.Div:
    heads = ("report", "period", "unit", "release", "asked", "state", "files")
    head = html.Thead(html.Tr([html.Th(words(f"reports.run.{name}"), scope="col") for name in heads]))
    body = [html.Tr(_cells(run, words)) for run in found]
    return html.Div(
        html.Table([head, html.Tbody(body)], className="rows"),
        className="scroll", tabIndex="0", role="region", **{"aria-label": words("reports.run.title")},
    )  # fmt: skip


def _cells(run: runs.Run, words: Words) -> list:
    state: list = [words(f"reports.run.state_{run['state']}", done=run["done"], total=run["total"])]
    if run["state"] in runs.UNDER_WAY:
        state.append(html.Progress(value=str(run["done"]), max=str(run["total"]), **{"aria-label": state[0]}))
    if run["state"] == "failed":
        state.append(html.Span(str(run.get(f"message_{words.language}") or ""), className="note"))
    files = [
        html.Div(
            [
                html.A(one["name"], href=f"/run/{run['id']}/{one['name']}", download=""),
                " ",
                html.Code(one["sha256"][:12], title=one["sha256"]),
            ]
        )
        for one in run["files"]
    ]
    tone = {"done": "good", "failed": "bad", "broken": "bad"}.get(run["state"], "")
    return [
        html.Th(words(f"report.{run['kind']}"), scope="row"),
        html.Td(words.period(run["period"]), className="s"),
        html.Td(run["unit"]),
        html.Td(run["release_id"]),
        html.Td(run["asked_at"][:16].replace("T", " "), className="s"),
        html.Td(state, className=tone),
        html.Td(files),
    ]
