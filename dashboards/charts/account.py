"""Which rows received did not become figures: set aside or sent twice, one stacked bar per dataset."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboards.charts.style import Palette, dress
from dashboards.release import Row

PARTS = ("rows_quarantined", "rows_duplicate")


def account_bars(rows: Sequence[Row], names: dict[str, str], colours: Palette) -> go.Figure:
    """`rows`: label and counts of rows; `names`: what each part and the axis is called."""
    figure = go.Figure()
    longest = max((sum(row[part] for part in PARTS) for row in rows), default=0)
    for part, colour in zip(PARTS, (colours.time, colours.target), strict=True):
        figure.add_bar(
            y=[row["label"] for row in rows], x=[row[part] for row in rows], orientation="h", name=names[part],
            marker={"color": colour}, hovertemplate="%{y}<br>" + names[part] + " %{x:,.0f}<extra></extra>",
            # A number wider than its bar would cover the next one; the table has them all.
            text=[f"{row[part]:,}" if row[part] * 20 >= longest > 0 else "" for row in rows], textposition="inside",
            insidetextanchor="middle", textangle=0, constraintext="none", cliponaxis=False,
        )  # fmt: skip
    dress(figure, colours, 110 + 30 * len(rows), barmode="stack", bargap=0.35, legend={"traceorder": "normal"})
    figure.update_yaxes(type="category", autorange="reversed", showgrid=False, fixedrange=True)
    figure.update_xaxes(rangemode="tozero", tickformat=",d", fixedrange=True, title={"text": names["axis"]})
    return figure
