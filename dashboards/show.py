"""What turns an address into a page, for the reader who asks: the first layout and one callback.

Not here: what a page shows (`pages/`), what it looks like (`screen.py`), who the reader is (`door.py`).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, no_update
from flask import g

from dashboards import screen
from dashboards.access import Scope
from dashboards.address import Address, parse
from dashboards.door import refused
from dashboards.drawer import drawer
from dashboards.pages import PAGES
from dashboards.question import tell
from dashboards.release import NoRelease, Releases
from dashboards.view import Request, View
from dashboards.words import Words

KEPT_VIEWS = 256
Show = Callable[[Any, Any, Any], tuple]


@dataclass(frozen=True)
class Shown:
    """A page as the browser gets it: header, tabs, the page's own part, foot, and its title."""

    header: list
    tabs: list
    page: list
    foot: list
    title: str


class Views:
    """Filled pages and what the browser gets of them: a release never changes, so neither does a page of it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple, Any] = OrderedDict()
        self._under_way: dict[tuple, Lock] = {}
        self._lock = Lock()

    def get(self, page: ModuleType, request: Request) -> View:
        """The page's view; the open definition is no part of it."""
        request = replace(request, address=request.address.with_(**{"def": None}))
        asked_for = (
            str(request.release.directory), request.scope, page.NAME, str(request.address), request.words.language,
            state(page, request.home),
        )  # fmt: skip
        return self.kept(asked_for, lambda: page.view(request))

    def kept(self, asked_for: tuple, make: Callable[[], Any]) -> Any:
        """What was made for this question; made once, however many ask at the same time. None is not kept."""
        with self._lock:
            if asked_for in self._kept:
                self._kept.move_to_end(asked_for)
                return self._kept[asked_for]
            mine = self._under_way.setdefault(asked_for, Lock())
        with mine:
            with self._lock:
                if asked_for in self._kept:
                    return self._kept[asked_for]
            try:
                made = make()
                with self._lock:
                    self._kept[asked_for] = made
                    while len(self._kept) > KEPT_VIEWS:
                        self._kept.popitem(last=False)
            finally:
                with self._lock:
                    self._under_way.pop(asked_for, None)
        return made


def state(page: ModuleType, home: Path | None) -> tuple:
    """When that changed which the page shows beside the release: it names the places in the home as `LIVES_ON`."""
    places = [place for pattern in getattr(page, "LIVES_ON", ()) for place in (home.glob(pattern) if home else ())]
    return tuple((str(place), place.stat().st_mtime_ns) for place in sorted(places))


def page_named(name: str) -> ModuleType | None:
    """The page of this name."""
    return next((page for page in PAGES if page.NAME == name), None)


def fits(page: ModuleType, request: Request) -> bool:
    """Whether the release, as this reader sees it, holds what the page needs."""
    return request.release.has(*page.NEEDS)


def add_callbacks(app: Dash, home: Path, releases: Releases, views: Views, lang: str) -> Show:
    """Add the callback of pages and those that the browser runs itself; gives the first, for the layout."""

    @app.callback(
        Output("header", "children"),
        Output("tabs", "children"),
        Output("page", "children"),
        Output("foot", "children"),
        Output("drawer-title", "children"),
        Output("drawer-body", "children"),
        Output("opened", "data"),
        Output("shown", "data"),
        Input("address", "pathname"),
        Input("address", "search"),
        State("shown", "data"),
    )
    def show(path: Any, search: Any, shown: Any) -> tuple:
        address = parse(path, search, lang)
        words, scope = Words(address.lang), g.reader.scope
        try:
            return filled(address, words, scope, shown)
        except NoRelease as error:
            text = error.zh if words.language == "zh" else error.en
            page = screen.message(words("message.no_release"), text)
            return [], [], page, "", "", [], False, _described(address, words("app.title"), "")

    def filled(address: Address, words: Words, scope: Scope, shown: Any) -> tuple:
        """Header, tabs, page, foot, drawer and look; NoRelease where the release is not there or cannot be read."""
        request = Request(releases.get(address.get("v"), scope), address, words, home)
        indicator = address.get("def")
        title, content = drawer(request, indicator)
        # Opening or closing the drawer must not redraw the page behind it.
        plain = address.with_(**{"def": None})
        same = f"{plain}@{request.release.release_id}"
        if isinstance(shown, dict) and shown.get("same") == same:
            return *(no_update,) * 4, title, content, bool(indicator), no_update
        made = shown_page(replace(request, address=plain), views, home)
        described = _described(address, f"{made.title} · {words('app.title')}", same)
        return made.header, made.tabs, made.page, made.foot, title, content, bool(indicator), described

    app.clientside_callback(
        ClientsideFunction("skillhouse", "describe"), Output("described", "data"), Input("shown", "data")
    )
    app.clientside_callback(
        ClientsideFunction("skillhouse", "open"), Output("opened", "storage_type"), Input("opened", "data")
    )
    return show


def shown_page(request: Request, views: Views, home: Path) -> Shown:
    """The page of an address with its surroundings; what was shown and refused nobody is kept."""
    scope, address, release = request.scope, request.address, request.release
    page = next((page for page in PAGES if page.PATH == address.path), None)
    if address.path == "/" and not scope.opens("overview"):
        # Who has no overview starts on the first page that is his.
        page = next((page for page in PAGES if page.IN_TABS and scope.opens(page.NAME)), page)

    def around(parts: list, title: str) -> Shown:
        tabs = [(page.PATH, page.NAME) for page in PAGES if page.IN_TABS and scope.opens(page.NAME)]
        tabs = [(path, name) for path, name in tabs if fits(page_named(name), request)]
        return Shown(screen.header(request), screen.tabs(request, tabs), parts, screen.foot(request), title)

    unit, words = address.get("u"), request.words
    is_plain = page is not None and scope.opens(page.NAME) and (unit is None or scope.covers(unit))
    try:
        if not is_plain or not fits(page, request):
            return around(*_page(page, request, home, views))
        asked_for = (
            str(release.directory), release.is_current, scope, str(address), words.language, state(page, home), "shown"
        )  # fmt: skip
        return views.kept(asked_for, lambda: around(*_page(page, request, home, views)))
    except NoRelease:
        raise
    except Exception as error:  # noqa: BLE001 - a reader is told, and no traceback quotes a row
        tell(address.path, error)
        title = words("message.fault_title")
        return around(screen.message(title, words("message.fault")), title)


def _page(page: ModuleType | None, request: Request, home: Path, views: Views) -> tuple[list, str]:
    """The components of a page and its title, or what to say instead."""
    words, unit = request.words, request.address.get("u")
    if page is None:
        return screen.message(words("message.nothing"), words("message.no_page")), words("message.nothing")
    if not request.scope.opens(page.NAME):
        refused(home, "page")
        return screen.message(words("refused.title"), words("refused.page")), words("refused.title")
    if unit is not None and not request.scope.covers(unit):
        refused(home, "unit")
        return screen.message(words("refused.title"), words("refused.unit")), words("refused.title")
    if not fits(page, request):
        return screen.message(words("message.nothing"), words("message.no_mart")), words("message.nothing")
    view = views.get(page, request)
    return screen.page(request, view), view.title


def _described(address: Address, title: str, same: str) -> dict[str, str]:
    language = "zh-Hans" if address.lang == "zh" else "en"
    look = {"size": address.size, "theme": address.theme, "keys": address.keys}
    return {"lang": language, **look, "title": title, "same": same}
