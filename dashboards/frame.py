"""The frame that every page stands in: the document with its scripts, and the first layout, which holds the page already.

Belongs here: what is there before any callback has been asked. Not here: what a page shows (`pages/`), its HTML
(`screen.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dash import Dash, dcc, html
from flask import g, has_request_context, request

from dashboards.pages import CHARTED, PAGES
from dashboards.words import Words

PLOTLY = "plotly-1-cartesian.min.js"
# What Dash brings along and no page uses: aids for browsers before 2017, and its old table.
UNUSED = re.compile(r'<script src="[^"]*/(?:deps/polyfill@|dash_table/)[^"]*"></script>')
INDEX = """<!DOCTYPE html>
<html lang="zh-Hans">
<head>
{metas}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="plotly" content="{plotly}">
<title>{title}</title>
{favicon}
{css}
{early}
</head>
<body>
{app_entry}
<footer>{config}{scripts}{renderer}</footer>
</body>
</html>"""


class Framed(Dash):
    """Dash with a document of our own."""

    def interpolate_index(self, **given: str) -> str:
        """The document: what the page will ask for first is asked for while the scripts are read."""
        prefix = self.config.requests_pathname_prefix
        file = Path(self.config.assets_folder) / PLOTLY
        plotly = f"{self.get_asset_url(PLOTLY)}?m={file.stat().st_mtime}"
        early = [
            f'<link rel="preload" as="fetch" crossorigin="anonymous" href="{prefix}{name}">'
            for name in ("_dash-layout", "_dash-dependencies")
        ]
        page = next((page for page in PAGES if page.PATH == request.path), None)
        # The card of a class has no chart.
        if page in CHARTED and "c" not in request.args:
            early.append(f'<script async id="plotly-script" src="{plotly}"></script>')
        scripts = UNUSED.sub("", given["scripts"])
        return INDEX.format(**given | {"scripts": scripts, "plotly": plotly, "early": "\n".join(early)})


def lay_out(words: Words, show: Callable[[Any, Any, Any], tuple]) -> html.Div:
    """The layout. `show` fills it for the address that the browser says it stands at; else the first callback does."""
    header, tabs, page, foot, title, content, opened, shown = _asked_from(show) or ([], [], [], [], "", [], False, None)
    return html.Div(
        [
            dcc.Location(id="address", refresh="callback-nav"),
            dcc.Store(id="shown", data=shown),
            dcc.Store(id="described"),
            dcc.Store(id="opened", data=opened),
            html.A(words("action.skip"), href="#page", className="skip", id="skip"),
            html.Header(html.Div(header, id="header"), className="bar"),
            html.Nav(html.Div(tabs, id="tabs"), className="tabs", id="pages", **{"aria-label": words("action.pages")}),
            html.Main(page, id="page", tabIndex="-1"),
            html.Div(html.Div(foot, id="foot"), className="foot"),
            html.Dialog(
                [
                    html.Div(
                        [
                            html.H2(title, id="drawer-title"),
                            html.Button("✕", className="close", type="button", **{"aria-label": "关闭 Close"}),
                        ],
                        className="head",
                    ),
                    html.Div(content, id="drawer-body"),
                ],
                id="drawer",
                **{"aria-labelledby": "drawer-title"},
            ),
        ]
    )


def _asked_from(show: Callable[[Any, Any, Any], tuple]) -> tuple | None:
    """The page at the address in the request's Referer; None where it says none of ours."""
    if not has_request_context() or not request.path.endswith("/_dash-layout") or g.get("reader") is None:
        return None
    try:
        address = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return None
    return show(address.path, address.query, None) if address.netloc == request.host else None
