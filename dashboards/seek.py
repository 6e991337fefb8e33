"""The box that finds a unit or an institution by a part of its name, and goes there.

Not here: what the reader may find (the release's scope says it).
"""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, dcc, html, no_update
from flask import g

from dashboards.address import parse
from dashboards.queries import places
from dashboards.release import NoRelease, Releases
from dashboards.words import Words

LONGEST = 60


def seek(words: Words) -> html.Div:
    """The box in the header."""
    return html.Div(
        [
            html.Label(words("seek.placeholder"), htmlFor="seek", className="unseen"),
            dcc.Input(
                id="seek", type="search", placeholder=words("seek.placeholder"), maxLength=LONGEST, autoComplete="off"
            ),
            html.Span(id="sought", role="status"),
        ],
        className="seek",
        role="search",
    )


def add_seek(app: Dash, releases: Releases, lang: str) -> None:
    """Add the callback of the box."""

    @app.callback(
        Output("address", "href"),
        Output("sought", "children"),
        Input("seek", "n_submit"),
        State("seek", "value"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def go(submitted: Any, text: Any, search: Any) -> tuple:
        address = parse("/drill", search, lang)
        words = Words(address.lang)
        if not submitted or not isinstance(text, str) or not text.strip() or not g.reader.scope.opens("drill"):
            return no_update, ""
        try:
            release = releases.get(address.get("v"), g.reader.scope)
        except NoRelease:
            return no_update, words("seek.none")
        found = places.find(release, text.strip()[:LONGEST])
        if found is None:
            return no_update, words("seek.none")
        target = address.to("/drill", u=found["reporting_unit"], k=found["institution_id"])
        return str(target), ""
