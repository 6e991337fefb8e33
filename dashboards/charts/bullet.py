"""Bullets: how far each target is reached, on one scale where the target is 100 %.

plotly 7 has no bullet of its own; a broad grey bar (target), a thin bar (actual) and a line (time progress) make one.
"""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboards.charts.style import Palette, dress
from dashboards.release import Row

# A bullet far over its target would press the others flat: the bar ends here, its label still tells the figure.
LONGEST = 1.5


def bullet(rows: Sequence[Row], names: dict[str, str], colours: Palette) -> go.Figure:
    """`rows`: label, completion_ratio, time_progress_ratio, text (what stands at its right). First row on top.

    `names`: what target, actual and time progress are called.
    """
    # Places by number: a label such as 2019 would be taken for a place of its own on an axis of names.
    places = list(range(len(rows)))
    reached = [row["completion_ratio"] or 0 for row in rows]
    longest = max([1.2, *(min(ratio, LONGEST) for ratio in reached)])
    figure = go.Figure()
    figure.add_bar(
        y=places, x=[1] * len(rows), orientation="h", width=0.4, name=names["target"],
        marker={"color": colours.target}, hoverinfo="skip",
    )  # fmt: skip
    figure.add_bar(
        y=places, x=reached, orientation="h", width=0.16, name=names["actual"], marker={"color": colours.result},
        customdata=[(row["label"], row["text"]) for row in rows],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
    )  # fmt: skip
    # Markers of a line's shape, so that time progress stays one legend entry over all bullets.
    figure.add_scatter(
        y=places, x=[row["time_progress_ratio"] for row in rows], mode="markers", name=names["time"],
        marker={"symbol": "line-ns", "size": 24, "line": {"width": 3, "color": colours.time}, "color": colours.time},
        hovertemplate=names["time"] + " %{x:.1%}<extra></extra>",
    )  # fmt: skip
    # Label and figures stand over the bar: nothing crosses the time line, and no margin is lost on a narrow screen.
    for place, row in enumerate(rows):
        for text, side, at in ((f"<b>{row['label']}</b>", "left", 0), (row["text"], "right", 1)):
            figure.add_annotation(
                x=at, xref="paper", y=place, text=text, showarrow=False, xanchor=side, yshift=24,
                font={"size": 13, "color": colours.ink},
            )  # fmt: skip
    dress(figure, colours, 90 + 66 * len(rows), barmode="overlay")
    figure.update_layout(margin={"r": 8, "l": 8, "t": 34, "b": 36})
    figure.update_yaxes(
        range=[len(rows) - 0.5, -0.75], zeroline=False, showgrid=False, showticklabels=False, fixedrange=True
    )
    figure.update_xaxes(range=[0, longest], tickformat=".0%", fixedrange=True, dtick=0.25)
    return figure
