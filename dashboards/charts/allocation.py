"""Amounts of an allocation: last year's beside the proposal, one pair of bars per recipient."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboards.charts.style import Palette, dress
from dashboards.release import Row

# Beyond these the table tells the rest.
MOST_BARS = 20


def amount_bars(rows: Sequence[Row], names: dict[str, str], colours: Palette) -> go.Figure:
    """`rows`: recipient_name, last_year_yuan, proposed_yuan, largest first; `names`: both and the axis."""
    shown = rows[:MOST_BARS]
    figure = go.Figure()
    for field, colour in (("last_year_yuan", colours.target), ("proposed_yuan", colours.result)):
        figure.add_bar(
            y=[row["recipient_name"] for row in shown], x=[float(row[field] or 0) for row in shown], orientation="h",
            name=names[field], marker={"color": colour}, hovertemplate="%{y}<br>" + names[field] + " %{x:,.2f}<extra></extra>",
        )  # fmt: skip
    dress(figure, colours, 120 + 34 * len(shown), barmode="group", bargap=0.3, legend={"traceorder": "normal"})
    figure.update_yaxes(type="category", autorange="reversed", showgrid=False, fixedrange=True)
    figure.update_xaxes(rangemode="tozero", tickformat=",.0f", fixedrange=True, title={"text": names["axis"]})
    return figure
