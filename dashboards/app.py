"""The pages as one Dash application over the releases of a home.

Belongs here: which pages there are, the one callback that turns an address into a page, and the server.
Not here: what a page shows (`pages/`), what it looks like (`screen.py`).
"""

from __future__ import annotations

import sys
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock, Thread
from types import ModuleType
from typing import Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update
from flask import Response, abort
from flask import request as asked

from dashboards import screen
from dashboards.address import Address, parse
from dashboards.drawer import drawer
from dashboards.pages import PAGES
from dashboards.release import NoRelease, Releases
from dashboards.reports import FORMATS, WRITERS
from dashboards.reports.content import ReportError, read_report
from dashboards.security import LOOPBACK, protect
from dashboards.view import Request, View
from dashboards.words import Words
from dashboards.workbook import view_workbook

INDEX = """<!DOCTYPE html>
<html lang="zh-Hans">
<head>
{%metas%}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{%title%}</title>
{%favicon%}
{%css%}
</head>
<body>
{%app_entry%}
<footer>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>"""
OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}


KEPT_VIEWS = 128


class Views:
    """Filled pages, kept by release and address: a release never changes, so neither does a page of it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple, View] = OrderedDict()
        self._lock = Lock()

    def get(self, page: ModuleType, request: Request) -> View:
        """The page's view; the open definition is no part of it."""
        request = replace(request, address=request.address.with_(**{"def": None}))
        asked_for = (str(request.release.directory), page.NAME, str(request.address), request.words.language)
        with self._lock:
            if asked_for in self._kept:
                self._kept.move_to_end(asked_for)
                return self._kept[asked_for]
        view = page.view(request)
        with self._lock:
            self._kept[asked_for] = view
            while len(self._kept) > KEPT_VIEWS:
                self._kept.popitem(last=False)
        return view


def create_app(home: Path | str, lang: str = "zh", hosts: tuple[str, ...] | None = None) -> Dash:
    """The application over one home; `lang` where the address names none, `hosts` the names it answers to."""
    releases = Releases(Path(home))
    app = Dash(
        "dashboards",
        title=Words(lang)("app.title"),
        update_title=None,
        serve_locally=True,
        compress=True,
        suppress_callback_exceptions=True,
        enable_mcp=False,
        assets_folder=str(Path(__file__).parent / "assets"),
    )
    app.index_string = INDEX
    app.layout = _layout(Words(lang))
    views = Views()
    _callbacks(app, releases, views, lang)
    _exports(app, releases, views, lang)
    protect(app.server, app.csp_hashes(), hosts)
    return app


def serve(home: Path | str, host: str = "127.0.0.1", port: int = 8050, lang: str = "zh") -> None:
    """Serve until stopped. Off the loopback address it says that anyone on the network can read the pages."""
    from waitress import serve as run

    words = Words(lang)
    local = host in LOOPBACK
    app = create_app(home, lang, hosts=LOOPBACK if local else None)
    print(words("serve.at", url=f"http://{host}:{port}/"), file=sys.stderr)
    print(words("serve.local" if local else "serve.open"), file=sys.stderr, flush=True)
    # The first figure loads most of plotly: not while the first reader waits.
    Thread(target=app.server.test_client().get, args=("/export/overview.xlsx",), daemon=True).start()
    run(app.server, host=host, port=port, threads=8, ident=None)


def _layout(words: Words) -> dmc.MantineProvider:
    return dmc.MantineProvider(
        id="provider",
        forceColorScheme="light",
        theme={"primaryShade": {"light": 9, "dark": 4}, "fontFamily": "inherit"},
        children=[
            dcc.Location(id="address", refresh="callback-nav"),
            dcc.Store(id="shown"),
            dcc.Store(id="described"),
            html.A(words("action.skip"), href="#page", className="skip", id="skip"),
            html.Header(html.Div(id="header"), className="bar"),
            html.Nav(html.Div(id="tabs"), className="tabs", id="pages", **{"aria-label": words("action.pages")}),
            html.Main(id="page", tabIndex="-1"),
            html.Div(html.Div(id="foot"), className="foot"),
            dmc.Drawer(
                id="drawer", position="right", size="md", padding="lg", closeButtonProps={"aria-label": "关闭 Close"}
            ),
        ],
    )


def _callbacks(app: Dash, releases: Releases, views: Views, lang: str) -> None:
    @app.callback(
        Output("header", "children"),
        Output("tabs", "children"),
        Output("page", "children"),
        Output("foot", "children"),
        Output("drawer", "title"),
        Output("drawer", "children"),
        Output("drawer", "opened"),
        Output("provider", "forceColorScheme"),
        Output("shown", "data"),
        Input("address", "pathname"),
        Input("address", "search"),
        State("shown", "data"),
    )
    def show(path: Any, search: Any, shown: Any) -> tuple:
        address = parse(path, search, lang)
        words = Words(address.lang)
        try:
            request = Request(releases.get(address.get("v")), address, words)
        except NoRelease as error:
            text = error.zh if words.language == "zh" else error.en
            page = screen.message(words("message.no_release"), text)
            return [], [], page, "", "", [], False, address.theme, _described(address, words("app.title"), "")
        indicator = address.get("def")
        title, content = drawer(request, indicator)
        # Opening or closing the drawer must not redraw the page behind it.
        same = str(address.with_(**{"def": None})) + "@" + request.release.release_id
        if isinstance(shown, dict) and shown.get("same") == same:
            rest = (no_update,) * 4
            return *rest, title, content, bool(indicator), no_update, no_update
        page = _page_of(address.path)
        if page is None or not _fits(page, request):
            text = words("message.no_page" if page is None else "message.no_mart")
            parts, name = screen.message(words("message.nothing"), text), words("message.nothing")
        else:
            view = views.get(page, request)
            parts, name = screen.page(request, view), view.title
        return (
            screen.header(request),
            screen.tabs(request, [(page.PATH, page.NAME) for page in PAGES if page.IN_TABS and _fits(page, request)]),
            parts,
            words("foot.text", code=request.release.code_version, as_of=request.release.as_of),
            title,
            content,
            bool(indicator),
            address.theme,
            _described(address, f"{name} · {words('app.title')}", same),
        )

    app.clientside_callback(
        ClientsideFunction("skillhouse", "describe"), Output("described", "data"), Input("shown", "data")
    )
    app.clientside_callback(
        ClientsideFunction("skillhouse", "close"),
        Output("address", "search"),
        Input("drawer", "opened"),
        State("address", "search"),
        prevent_initial_call=True,
    )


def _described(address: Address, title: str, same: str) -> dict[str, str]:
    language = "zh-Hans" if address.lang == "zh" else "en"
    return {"lang": language, "size": address.size, "theme": address.theme, "title": title, "same": same}


def _page_of(path: str) -> ModuleType | None:
    return next((page for page in PAGES if page.PATH == path), None)


def _fits(page: ModuleType, request: Request) -> bool:
    """Whether the release holds what the page needs."""
    return request.release.has(*page.NEEDS)


def _exports(app: Dash, releases: Releases, views: Views, lang: str) -> None:
    """Files: the workbook of a page as it stands, and the reports. Both come from the release the address names."""

    def requested(path: str) -> Request:
        address = parse(path, asked.query_string.decode("ascii", "replace"), lang)
        try:
            return Request(releases.get(address.get("v")), address, Words(address.lang))
        except NoRelease:
            abort(404)

    def file(content: bytes, name: str) -> Response:
        response = Response(content, mimetype=TYPES[name.rsplit(".", 1)[1]])
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    @app.server.get("/export/<name>.xlsx")
    def export(name: str) -> Response:
        page = next((page for page in PAGES if page.NAME == name), None)
        if page is None:
            abort(404)
        request = requested(page.PATH)
        if not _fits(page, request):
            abort(404)
        return file(view_workbook(request, views.get(page, request)), f"{name}_{request.release.release_id}.xlsx")

    @app.server.get("/report/<kind>.<form>")
    def report(kind: str, form: str) -> Response:
        if form not in FORMATS:
            abort(404)
        request = requested("/reports")
        period, unit = request.address.get("p") or "", request.address.get("u") or ""
        try:
            content = read_report(request.release, kind, period, unit, request.words)
        except ReportError:
            abort(404)
        with TemporaryDirectory(prefix="report-") as folder:
            path = WRITERS[form](content, Path(folder) / f"{content.file_stem}.{form}")
            return file(path.read_bytes(), path.name)
