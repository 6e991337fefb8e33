"""Showing who a person is: asked for by an auditor, with a reason and a case, and remembered before it is shown.

Belongs here: the form, the judgement of what was typed, the order (judge, write to the log, open the vault).
Not here: the vault (`vault.py`), the log (`release/audit.py`).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from dash import Dash, Input, Output, State, dcc, html, no_update
from flask import g

from dashboards import audit, vault
from dashboards.access import RESERVED
from dashboards.address import parse
from dashboards.door import refused
from dashboards.queries import person
from dashboards.release import NoRelease, Releases
from dashboards.words import Words

CASE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff〔〕()（）\[\]_/.-]{4,40}")
REASON = re.compile(r"[^\x00-\x1f]{6,200}")
# A log of reveals must not itself say who was revealed.
NUMBER = re.compile(r"\d{8,}")


def form(words: Words, person_key: str) -> list:
    """The form below a person's archive."""
    fields = [
        html.P([html.Label(words(f"person.{name}"), htmlFor=f"reveal-{name}"), _input(name)])
        for name in ("reason", "case")
    ]
    button = html.Button(words("person.reveal"), id="reveal-ask", className="button", n_clicks=0)
    return [
        html.Section(
            [
                html.H2(words("person.reveal_title"), id="reveal-title"),
                html.P(words("person.reveal_how"), className="note"),
                *fields,
                button,
                # What is revealed is announced to a screen reader, and is nowhere else than here.
                html.Div(id="revealed", role="status", **{"aria-live": "polite"}),
            ],
            className="block form",
            **{"aria-labelledby": "reveal-title"},
        )
    ]


def _input(name: str) -> dcc.Input:
    return dcc.Input(id=f"reveal-{name}", type="text", autoComplete="off", maxLength=200, value="")


def add_reveal(app: Dash, home: Path, releases: Releases, lang: str) -> None:
    """Add the callback of the form."""

    @app.callback(
        Output("revealed", "children"),
        Input("reveal-ask", "n_clicks"),
        State("reveal-reason", "value"),
        State("reveal-case", "value"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def reveal(clicks: Any, reason: Any, case: Any, search: Any) -> Any:
        if not isinstance(clicks, int) or clicks < 1:
            return no_update
        address = parse("/person", search, lang)
        words, key = Words(address.lang), address.get("k") or ""
        if g.reader.scope.role != RESERVED["person"]:
            refused(home, "reveal")
            return html.P(words("refused.page"))
        fault = _fault(reason, case)
        if fault:
            return html.P(words(fault), className="bad")
        try:
            release = releases.get(address.get("v"), g.reader.scope)
        except NoRelease as error:
            return html.P(error.zh if words.language == "zh" else error.en)
        places = person.places(release, key) if vault.PERSON.fullmatch(key) else []
        if not places:
            refused(home, "reveal")
            return html.P(words("person.none"))
        try:
            audit.append(
                home, audit.REVEALS, reader=g.reader.name, role=g.reader.scope.role, reason=reason.strip(),
                case=case.strip(), person_key=key, release=release.release_id,
            )  # fmt: skip
        except OSError:
            # What cannot be remembered is not shown.
            return html.P(words("person.not_logged"), className="bad")
        try:
            rows = vault.person(home, key, places)
        except vault.VaultClosed as error:
            return html.P(error.zh if words.language == "zh" else error.en, className="bad")
        return _shown(rows, words)


def _fault(reason: Any, case: Any) -> str:
    """The text that says what is wrong with what was typed; empty where nothing is."""
    if not isinstance(reason, str) or not REASON.fullmatch(reason.strip()):
        return "person.fault.reason"
    if not isinstance(case, str) or not CASE.fullmatch(case.strip()):
        return "person.fault.case"
    return "person.fault.number" if NUMBER.search(reason) or re.search(r"\d{11,}", case) else ""


def _shown(rows: list[dict[str, Any]], words: Words) -> Any:
    facts = []
    for name in ("person_name", "person_id", "phone"):
        values = sorted({str(row[name]) for row in rows if row.get(name)})
        facts += [html.Dt(words(f"person.{name}")), html.Dd("；".join(values) or "—")]
    return [html.P(words("person.revealed"), className="note"), html.Dl(facts, className="facts")]
