"""What came in, what went out, what is left: one group of bars per fund."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboards.charts.axis import Axis
from dashboards.charts.style import Palette, dress, wrapped
from dashboards.release import Row

SERIES = ("opening_yuan", "income_yuan", "outlay_yuan", "closing_yuan")


def fund_bars(rows: Sequence[Row], names: dict[str, str], colours: Palette, axis: Axis) -> go.Figure:
    """`rows`: label and the four amounts in yuan; `names`: what each amount is called."""
    figure = go.Figure()
    labels = [wrapped(row["label"], 12) for row in rows]
    longest = max((float(row[name] or 0) for row in rows for name in SERIES), default=0) or 1
    for name, colour in zip(
        SERIES, (colours.target, colours.series[1], colours.result, colours.series[2]), strict=True
    ):
        figure.add_bar(
            x=labels, y=[float(row[name] or 0) for row in rows], name=names[name],
            marker={"color": colour}, hovertemplate="%{x}<br>" + names[name] + " %{y:,.2f}<extra></extra>",
        )  # fmt: skip
    dress(figure, colours, 360, barmode="group", bargap=0.3)
    figure.update_xaxes(type="category", fixedrange=True, tickangle=0)
    figure.update_yaxes(fixedrange=True, rangemode="tozero", **axis.of(longest))
    return figure
