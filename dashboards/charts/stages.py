"""Rows one above the other: one bar each, what it is over the bar at the left, its figure at the right."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboards.charts.axis import Axis
from dashboards.charts.style import WITHOUT_LABELS, Palette, dress, over
from dashboards.release import Row


def stages(rows: Sequence[Row], colours: Palette, axis: Axis) -> go.Figure:
    """`rows`: label, value, text (what stands at the right), and at most one of

    is_late (should be empty), is_apart (no part of the row before), is_given (what the others are held against).
    """
    figure = go.Figure()
    longest = max((float(row["value"]) for row in rows), default=0) or 1
    figure.add_bar(
        y=list(range(len(rows))), x=[float(row["value"]) for row in rows], orientation="h", width=0.46,
        marker={
            "color": [_colour(row, colours) for row in rows],
            "pattern": {"shape": ["/" if row.get("is_apart") or row.get("is_late") else "" for row in rows]},
        },
        customdata=[(row["label"], row["text"]) for row in rows],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
    )  # fmt: skip
    # Label over the bar, figure at the right edge: neither is ever pressed by a short bar or a narrow screen.
    notes = [over(place, row["label"], "left", 23, colours) for place, row in enumerate(rows)]
    notes += [
        over(place, f"<b>{row['text']}</b>", "right", 23, colours) for place, row in enumerate(rows) if row["text"]
    ]
    margin = {"r": 8, "l": 12, "t": 12, "b": 48}
    dress(figure, colours, 60 + 52 * len(rows), showlegend=False, margin=margin, annotations=notes)
    figure.update_yaxes(range=[len(rows) - 0.5, -0.8], **WITHOUT_LABELS)
    figure.update_xaxes(range=[0, longest * 1.02], fixedrange=True, automargin=False, **axis.of(longest))
    return figure


def _colour(row: Row, colours: Palette) -> str:
    if row.get("is_late"):
        return colours.time
    if row.get("is_apart"):
        return colours.series[1]
    return colours.target if row.get("is_given") else colours.result
