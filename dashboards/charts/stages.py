"""Stages one after the other, from the first to the last: one bar each, with its figure and what it is of the first."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboards.charts.style import Palette, dress
from dashboards.release import Row


def stages(rows: Sequence[Row], colours: Palette, axis: str) -> go.Figure:
    """`rows`: label, value, text (what stands at the bar's end), is_apart (a stage that is not part of the one before)."""
    figure = go.Figure()
    longest = max((float(row["value"]) for row in rows), default=0) or 1
    figure.add_bar(
        y=list(range(len(rows))), x=[float(row["value"]) for row in rows], orientation="h", width=0.46,
        marker={
            "color": [colours.series[1] if row.get("is_apart") else colours.result for row in rows],
            "pattern": {"shape": ["/" if row.get("is_apart") else "" for row in rows]},
        },
        customdata=[(row["label"], row["text"]) for row in rows],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
    )  # fmt: skip
    # Label over the bar, figure at the right edge: neither is ever pressed by a short bar or a narrow screen.
    for place, row in enumerate(rows):
        for text, side, at in ((row["label"], "left", 0), (f"<b>{row['text']}</b>", "right", 1)):
            figure.add_annotation(
                x=at, xref="paper", y=place, text=text, showarrow=False, xanchor=side, yshift=20,
                font={"size": 13, "color": colours.ink},
            )  # fmt: skip
    dress(figure, colours, 56 + 52 * len(rows), showlegend=False)
    figure.update_layout(margin={"r": 8, "l": 8, "t": 12, "b": 44})
    figure.update_yaxes(
        range=[len(rows) - 0.5, -0.8], showticklabels=False, showgrid=False, zeroline=False, fixedrange=True
    )
    figure.update_xaxes(range=[0, longest * 1.02], tickformat=",d", fixedrange=True, nticks=6,
                        title={"text": axis, "font": {"size": 12}})  # fmt: skip
    return figure
