"""Two components of our own: finished HTML, and a chart. `assets/skillhouse-0-components.js` draws them.

A component of Dash costs the browser about half a millisecond, and a table has hundreds; a piece of HTML costs one. A chart
of Dash draws everything twice. Belongs here: what goes over to the browser. Not here: what a page looks like (`screen.py`).
"""

from __future__ import annotations

from html import escape
from typing import Any

from dash import html
from dash.development.base_component import Component

NAMES = {"className": "class", "htmlFor": "for"}
VOID = frozenset({"br", "wbr"})


class Markup(Component):
    """One element with finished HTML in it: `tag`, `attributes` as React names them, `content`."""

    _children_props: list[str] = []
    _base_nodes = ["children"]
    _namespace = "skillhouse"
    _type = "Markup"

    def __init__(self, tag: str, attributes: dict[str, str], content: str):
        self._prop_names = ["tag", "attributes", "content"]
        self._valid_wildcard_attributes: list[str] = []
        self.available_properties, self.available_wildcard_properties = self._prop_names, []
        super().__init__(tag=tag, attributes=attributes, content=content)


class Chart(Component):
    """A figure of plotly: `figure` is its JSON, `config` its settings, `height` in pixels."""

    _children_props: list[str] = []
    _base_nodes = ["children"]
    _namespace = "skillhouse"
    _type = "Chart"

    def __init__(self, figure: str, config: dict[str, Any], height: int):
        self._prop_names = ["figure", "config", "height"]
        self._valid_wildcard_attributes: list[str] = []
        self.available_properties, self.available_wildcard_properties = self._prop_names, []
        super().__init__(figure=figure, config=config, height=height)


def folded(part: Any) -> Any:
    """A component with everything in it that no callback and no chart needs turned into HTML."""
    if isinstance(part, list | tuple):
        return [folded(one) for one in part]
    if not isinstance(part, Component):
        return part
    if _is_plain(part):
        return Markup(part._type.lower(), _attributes(part), markup(getattr(part, "children", None)))
    if hasattr(part, "children"):
        part.children = folded(part.children)
    return part


def markup(part: Any) -> str:
    """Components of plain HTML as text; every text and every value is escaped."""
    if part is None:
        return ""
    if isinstance(part, list | tuple):
        return "".join([markup(one) for one in part])
    if not isinstance(part, Component):
        return escape(str(part), quote=False)
    tag = part._type.lower()
    written = "".join(
        [f' {NAMES.get(name, name.lower())}="{escape(value)}"' for name, value in _attributes(part).items()]
    )
    return f"<{tag}{written}>" if tag in VOID else f"<{tag}{written}>{markup(getattr(part, 'children', None))}</{tag}>"


def _is_plain(part: Any) -> bool:
    if isinstance(part, list | tuple):
        return all(_is_plain(one) for one in part)
    if not isinstance(part, Component):
        return True
    return part._namespace == html.Div._namespace and _is_plain(getattr(part, "children", None))


def _attributes(part: Component) -> dict[str, str]:
    # Dash gives them in the order of a set; the same page is the same text
    found = sorted(part.to_plotly_json()["props"].items())
    return {name: str(value) for name, value in found if name != "children" and value is not None}
