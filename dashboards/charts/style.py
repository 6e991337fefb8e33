"""Colours, layout and labels that all figures share. Titles stand in the page, not in the figure.

Not here: any figure, any value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, Arial, sans-serif"

# On every figure: nothing is sent anywhere, and there is no button that offers to.
CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "responsive": True,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d", "pan2d", "zoom2d"],
    "toImageButtonOptions": {"format": "png", "scale": 2},
}

# An axis of places whose labels stand over the bars. Where margins are known, plotly need not draw twice to find them.
WITHOUT_LABELS: dict[str, Any] = {
    "showticklabels": False, "showgrid": False, "zeroline": False, "fixedrange": True, "automargin": False,
}  # fmt: skip


@dataclass(frozen=True)
class Palette:
    """Colours of one theme: results, what they are held against, time, text, lines, and a few more series."""

    result: str
    target: str
    time: str
    ink: str
    soft: str
    grid: str
    series: tuple[str, ...]


LIGHT = Palette(
    "#1f5a96", "#cbd5e0", "#b7410e", "#1a202c", "#4a5568", "#e2e8f0", ("#1f5a96", "#2f855a", "#b7410e", "#6b46c1")
)
DARK = Palette(
    "#6fb1f5", "#4a5a70", "#ffa94d", "#e9eef5", "#b6c2d2", "#334052", ("#6fb1f5", "#68d391", "#ffa94d", "#b794f4")
)


def palette(is_dark: bool) -> Palette:
    """The colours of the dark or the light theme."""
    return DARK if is_dark else LIGHT


def config(language: str) -> dict[str, Any]:
    """What goes to `dcc.Graph(config=…)`."""
    return {**CONFIG, "locale": "zh-CN" if language == "zh" else "en"}


def dress(figure: go.Figure, colours: Palette, height: int, **layout: Any) -> go.Figure:
    """The shared look: transparent ground, our font, no room wasted."""
    lines = {"gridcolor": colours.grid, "zerolinecolor": colours.grid, "automargin": True}
    whole = {
        # A template of its own: the global default is shared by all threads.
        "template": "none",
        "height": height,
        "margin": {"t": 24, "r": 16, "b": 40, "l": 16},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 14, "color": colours.ink},
        "hoverlabel": {"font": {"family": FONT, "size": 13}},
        "dragmode": False,
        "xaxis": lines,
        "yaxis": lines,
        **layout,
    }
    legend = {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "font": {"size": 13}}
    # One call: plotly goes through the whole layout at each.
    figure.update_layout(**whole | {"legend": legend | layout.get("legend", {})})
    return figure


def over(place: int, text: str, side: str, shift: int, colours: Palette) -> dict[str, Any]:
    """A text over the bar at `place`, at the left or the right edge, `shift` pixels up; for `layout.annotations`.

    Figures take all of them at once: plotly copies what is there for each one that is added.
    """
    return {
        "x": 0 if side == "left" else 1, "xref": "paper", "y": place, "text": text, "showarrow": False, "xanchor": side,
        "yshift": shift, "font": {"size": 13, "color": colours.ink},
    }  # fmt: skip


def breadth(text: str) -> int:
    """How wide a text is, in Latin letters: a Chinese character takes two, a tag none."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in re.sub("<[^>]*>", "", text))


def wrapped(text: str, width: int) -> str:
    """A label in lines of at most `width` Latin letters, broken at a space where there is one, else anywhere."""
    lines: list[str] = [""]
    for word in text.replace(" ", " \n").split("\n"):
        pieces = [word] if breadth(word) <= width else list(word)
        for piece in pieces:
            if lines[-1] and breadth((lines[-1] + piece).rstrip()) > width:
                lines.append("")
            lines[-1] += piece
    return "<br>".join(line.strip() for line in lines)
