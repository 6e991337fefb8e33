"""Which rows received wait to be put right: one bar per dataset."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboards.charts.style import Palette, dress
from dashboards.release import Row


def account_bars(rows: Sequence[Row], axis: str, colours: Palette) -> go.Figure:
    """`rows`: label and rows_quarantined, the most first; `axis`: what is counted."""
    figure = go.Figure()
    figure.add_bar(
        y=[row["label"] for row in rows], x=[row["rows_quarantined"] for row in rows], orientation="h", width=0.6,
        marker={"color": colours.time}, hovertemplate="%{y}<br>%{x:,.0f}<extra></extra>",
        text=[f"{row['rows_quarantined']:,}" for row in rows], textposition="outside", cliponaxis=False,
        constraintext="none",
    )  # fmt: skip
    dress(figure, colours, 80 + 26 * len(rows), showlegend=False)
    figure.update_yaxes(type="category", autorange="reversed", showgrid=False, fixedrange=True)
    longest = max((row["rows_quarantined"] for row in rows), default=1)
    figure.update_xaxes(range=[0, longest * 1.12], tickformat=",d", fixedrange=True, title={"text": axis})
    figure.update_xaxes(dtick=1 if longest < 8 else None)
    return figure
