"""How long each step took: the median as a bar, nine in ten as a mark."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboards.charts.style import Palette, dress
from dashboards.release import Row


def dwell(rows: Sequence[Row], names: dict[str, str], colours: Palette) -> go.Figure:
    """`rows`: label, middle_days, most_days; `names`: what the two and the axis are called. First row on top."""
    figure = go.Figure()
    places = list(range(len(rows)))
    figure.add_bar(
        y=places, x=[row["middle_days"] for row in rows], orientation="h", width=0.5, name=names["middle_days"],
        marker={"color": colours.result}, customdata=[row["label"] for row in rows],
        hovertemplate="%{customdata}<br>" + names["middle_days"] + " %{x:.0f}<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(
        y=places, x=[row["most_days"] for row in rows], mode="markers", name=names["most_days"],
        marker={"symbol": "line-ns", "size": 20, "line": {"width": 3, "color": colours.time}, "color": colours.time},
        hovertemplate=names["most_days"] + " %{x:.0f}<extra></extra>",
    )  # fmt: skip
    dress(figure, colours, 110 + 38 * len(rows))
    figure.update_yaxes(tickvals=places, ticktext=[row["label"] for row in rows], autorange="reversed", showgrid=False,
                        zeroline=False, fixedrange=True)  # fmt: skip
    figure.update_xaxes(rangemode="tozero", tickformat=",d", fixedrange=True, nticks=7,
                        title={"text": names["axis"], "font": {"size": 12}})  # fmt: skip
    return figure
