"""A view as components: header, tabs, conclusion, tiles, blocks. The only module that knows a page's HTML.

Not here: which rows a page shows (`pages/`), colours (`assets/skillhouse.css`).
"""

from __future__ import annotations

import re
from typing import Any

from dash import html

from dashboards.address import Address
from dashboards.charts.style import config
from dashboards.components import Chart, folded
from dashboards.queries import units as names
from dashboards.release import Row
from dashboards.screen_keys import KEYS
from dashboards.seek import seek
from dashboards.view import Block, Choice, Column, Request, Table, Tile, View

SIZES = {"m": "l", "l": "xl", "xl": "m"}
# A browser draws a hundred rows at once without a pause; more are a click away, the rest is in the workbook.
FIRST_ROWS, MOST_ROWS = 60, 1000


def link(text: Any, to: Address | str, **attributes: Any) -> html.A:
    """A link within the site: the script of the page turns it into a change of address."""
    return html.A(text, href=str(to), **{"data-go": "", **attributes})


def header(request: Request) -> list:
    """Title, data date, release, checks, and the switches of language, text size and theme."""
    words, address, release = request.words, request.address.with_(**{"def": None}), request.release
    passed, total = release.checks
    checks = f"{words('header.checks')} {passed}/{total}"
    other = {"zh": "en", "en": "zh"}[words.language]
    theme = "light" if request.is_dark else "dark"
    size = SIZES[address.size]
    facts = [
        html.Span(f"{words('header.data_date')} {release.data_date}"),
        html.Span(f"{words('header.release')} {release.release_id}"),
        link(checks, address.to("/quality")) if release.has("mart_quality") else html.Span(checks),
    ]
    switches = [
        link(words("header.help"), address.to("/help"), **{"data-help": ""}),
        link(words("header.language"), address.with_(lang=other), lang="zh-Hans" if other == "zh" else "en"),
        link(words(f"header.size_{size}"), address.with_(size=size)),
        link(words(f"header.theme_{theme}"), address.with_(theme=theme)),
    ]
    return [
        link(words("app.title"), address.to("/"), className="name"),
        *([seek(words)] if release.has("dim_institution") and release.scope.opens("drill") else []),
        folded(html.Div(facts, className="facts")),
        folded(html.Div(switches, className="switches")),
    ]


def tabs(request: Request, shown: list[tuple[str, str]]) -> list:
    """One link per page that the release can fill; `shown` pairs path and name."""
    here = request.address.path
    return folded(
        [
            link(request.words(f"page.{name}"), request.address.to(path), **_current(path == here), **_key(name))
            for path, name in shown
        ]
    )


def _key(name: str) -> dict[str, str]:
    return {"data-key": KEYS[name], "aria-keyshortcuts": f"g {KEYS[name]}"} if name in KEYS else {}


def page(request: Request, view: View, has_export: bool = True) -> list:
    """The page's own part of the screen."""
    words, address, release = request.words, request.address, request.release
    parts: list = []
    if not release.is_current:
        parts.append(
            html.Div(
                [
                    words("banner.old", release=release.release_id),
                    " ",
                    link(words("banner.current"), address.with_(v=None)),
                ],
                className="banner",
                role="status",
            )
        )
    actions = [link(view.up[0], view.up[1], className="button", **{"data-up": ""})] if view.up else []
    actions += [link(text, to, className="button") for text, to in view.links]
    same = address.with_(v=release.release_id, **{"def": None})
    copied = {"data-copy": "", "data-done": words("action.copied")}
    actions.append(html.A(words("action.copy"), href=str(same), className="button", role="button", **copied))
    if has_export:
        actions.append(html.A(words("action.export"), href=_export(request), className="button", download=""))
    parts.append(html.Div([html.H1(view.title), html.Div(actions, className="actions")], className="title"))
    parts += [_choice(choice) for choice in view.choices]
    if view.conclusion:
        parts.append(html.Div([html.P(sentence) for sentence in view.conclusion], className="conclusion"))
    if view.tiles:
        parts.append(html.Div([_tile(tile, request) for tile in view.tiles], className="tiles"))
    shown = [folded(_block(block, request)) for block in view.blocks]
    foot = [html.P(view.note, className="note")] if view.note else []
    return [*folded(parts), *shown[:1], *view.parts, *shown[1:], *folded(foot)]


def foot(request: Request) -> list:
    """Where the numbers come from, and as whom the reader reads."""
    words, release = request.words, request.release
    role = words(f"role.{request.scope.role}")
    units = request.scope.units
    seen = words("role.units", units="、".join(names.name(release, one, words) for one in units)) if units else ""
    return [
        html.P(words("foot.text", code=release.code_version, as_of=release.as_of)),
        html.P([words("role.reads", role=role), seen]),
    ]


def _export(request: Request, block: str | None = None) -> str:
    address = request.address
    query = str(address.with_(v=request.release.release_id, b=block, **{"def": None})).partition("?")[2]
    return f"/export{address.path if address.path != '/' else '/overview'}.xlsx?{query}"


def message(title: str, text: str) -> list:
    """A page that has nothing to show, and what to do about it."""
    return [html.Div(html.H1(title), className="title"), html.Div(html.P(text), className="conclusion")]


def _current(here: bool) -> dict[str, str]:
    return {"aria-current": "page"} if here else {}


def _choice(choice: Choice) -> html.Nav:
    options = [
        link(text, to, **({"aria-current": "true"} if text == choice.chosen else {})) for text, to in choice.options
    ]
    return html.Nav([html.Span(choice.label), *options], className="choice", **{"aria-label": choice.label})


def _tone(is_good: bool | None) -> str:
    return {True: "good", False: "bad"}.get(is_good, "")


def _tile(tile: Tile, request: Request) -> html.Section:
    parts: list = [
        html.H2(tile.label),
        html.P([tile.value, html.Small(f" {tile.unit}")] if tile.unit else tile.value, className="value"),
    ]
    if tile.detail:
        parts.append(html.P(tile.detail))
    foot: list = [html.Span(tile.state, className=_tone(tile.is_good))] if tile.state else []
    if tile.indicator:
        foot += ["　" if foot else "", _definition_link(request, tile.indicator, tile.label)]
    if tile.link:
        foot += [
            "　" if foot else "",
            link(tile.link[0], tile.link[1], **{"aria-label": f"{tile.link[0]} {tile.label}"}),
        ]
    if foot:
        parts.append(html.P(foot))
    return html.Section(parts, className="tile")


def _definition_link(request: Request, indicator: str, label: str) -> html.A:
    name = f"{request.words('action.definition')} {label}"
    return link(request.words("action.definition"), request.address.with_(**{"def": indicator}), **{"aria-label": name})


def _block(block: Block, request: Request) -> html.Section:
    head = [html.H2(block.title, id=f"{block.name}-title")]
    takes = _takes(block, request)
    if takes:
        head.append(html.Div(takes, className="takes"))
    parts: list = [html.Div(head, className="head")]
    if block.description:
        parts.append(html.P(block.description, className="note"))
    if block.figure is not None:
        figure = block.figure
        graph = Chart(figure.to_json(), config(request.words.language), int(figure.layout.height))
        # A chart has no words of its own for a screen reader: the caption and the table below say the same.
        parts.append(
            html.Figure(
                [html.Div(graph, role="group", **{"aria-label": block.title}), html.Figcaption(block.caption)],
                className=f"chart-{block.name}",
                tabIndex="0",
            )
        )
    if block.table is not None:
        parts.append(_table(block.table, block.title, request))
    return html.Section(parts, className="block", **{"aria-labelledby": f"{block.name}-title"})


def _takes(block: Block, request: Request) -> list:
    """The chart as a picture, its rows as a workbook."""
    words, found = request.words, []
    if block.figure is not None:
        label = {"aria-label": f"{words('action.image')} {block.title}", "data-image": block.name}
        found.append(html.A(words("action.image"), href="#", role="button", **label))
    if block.table is not None and block.table.rows:
        label = {"aria-label": f"{words('action.rows')} {block.title}"}
        found.append(html.A(words("action.rows"), href=_export(request, block.name), download="", **label))
    return found


def _table(table: Table, title: str, request: Request) -> html.Div:
    heads = [html.Th(column.label, scope="col", className=_side(column)) for column in table.columns]
    every = request.address.get("n") == "all"
    shown = table.rows[: MOST_ROWS if every else table.first or FIRST_ROWS]
    body = [
        html.Tr(
            [_cell(column, row, request, index == 0) for index, column in enumerate(table.columns)],
            className="total" if row.get(table.total) else "",
        )
        for row in shown
    ]
    caption: Any = table.caption
    if len(table.rows) > len(shown):
        caption = [request.words("rows.more", shown=len(shown), total=len(table.rows))]
        if not every:
            caption += [" ", link(request.words("rows.all"), request.address.with_(n="all"))]
    parts = [html.Thead(html.Tr(heads)), html.Tbody(body)]
    if caption:
        parts.insert(0, html.Caption(html.Span(caption)))
    # A table wider than the screen scrolls by keyboard too.
    return html.Div(
        html.Table(parts, className="rows"), className="scroll", tabIndex="0", role="region", **{"aria-label": title}
    )


def _side(column: Column) -> str:
    return "n" if column.is_number else ""


# A short cell stays on one line; a longer one may wrap, and gets room to by its length.
SHORT, LONG = 12, 28
CODE = re.compile(r"[a-z0-9]+([_.][a-z0-9]+)+")


def _cell(column: Column, row: Row, request: Request, is_first: bool) -> Any:
    text: Any = column.text(row)
    plain = text
    if column.indicator and row.get(column.indicator):
        text = [text, " ", _definition_link(request, row[column.indicator], text)]
    elif column.kind == "file" and row.get(f"{column.field}_file"):
        name = f"{text} {row.get('unit_name', '')} {row.get('period_label', '')}"
        text = html.A(text, href=row[f"{column.field}_file"], download="", **{"aria-label": name})
    elif column.link and row.get(column.link):
        text = link(text, row[column.link])
    elif isinstance(text, str) and len(text) > SHORT and CODE.fullmatch(text):
        # A code may be broken where its words meet.
        text = [piece for part in re.findall(r"[^_.]+[_.]*", text) for piece in (part, html.Wbr())]
    size = ""
    if text is plain:
        size = " s" if len(text) <= SHORT else " l" if len(text) > LONG else " m"
    elif column.link and len(plain) <= SHORT:
        size = " s"
    tone = _tone({"met": True, "missed": False}.get(row.get("state"))) if column.kind == "state" else _side(column)
    if is_first:
        return html.Th(text, scope="row", className=tone)
    return html.Td(text, className=tone + size)
