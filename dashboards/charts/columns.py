"""A few ordered classes side by side: one column each, its figure on top."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboards.charts.style import Palette, dress
from dashboards.release import Row


def columns(rows: Sequence[Row], colours: Palette, axis: str) -> go.Figure:
    """`rows`: label, value, text, is_late (a class that should be empty: another colour and a pattern)."""
    figure = go.Figure()
    figure.add_bar(
        x=[row["label"] for row in rows], y=[float(row["value"]) for row in rows], text=[row["text"] for row in rows],
        textposition="outside", cliponaxis=False, constraintext="none",
        marker={
            "color": [colours.time if row.get("is_late") else colours.result for row in rows],
            "pattern": {"shape": ["/" if row.get("is_late") else "" for row in rows]},
        },
        hovertemplate="%{x}<br>%{text}<extra></extra>",
    )  # fmt: skip
    dress(figure, colours, 300, showlegend=False, bargap=0.4)
    figure.update_xaxes(type="category", fixedrange=True, showgrid=False)
    figure.update_yaxes(rangemode="tozero", tickformat=",d", fixedrange=True, nticks=5,
                        title={"text": axis, "font": {"size": 12}})  # fmt: skip
    return figure
