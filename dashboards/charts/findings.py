"""Where the money at stake lies: one bar per rule, its severity by colour, pattern and word."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboards.charts.style import Palette, dress
from dashboards.release import Row


def money_by_rule(rows: Sequence[Row], colours: Palette, axis: str) -> go.Figure:
    """`rows`: label, severity, severity_label, amount_yuan; the first on top."""
    figure = go.Figure()
    places = list(range(len(rows)))
    for severity in dict.fromkeys(row["severity"] for row in rows):
        part = [(place, row) for place, row in zip(places, rows, strict=True) if row["severity"] == severity]
        blocks = severity == "block"
        figure.add_bar(
            y=[place for place, _ in part], x=[float(row["amount_yuan"]) for _, row in part], orientation="h", width=0.6,
            name=part[0][1]["severity_label"],
            marker={"color": colours.time if blocks else colours.result, "pattern": {"shape": "/" if blocks else ""}},
            text=[f"{row['amount_yuan']:,.2f}" for _, row in part], textposition="outside", cliponaxis=False,
            customdata=[row["label"] for _, row in part],
            hovertemplate="%{customdata}<br>%{text}<extra></extra>", constraintext="none",
        )  # fmt: skip
    dress(figure, colours, 110 + 32 * len(rows), barmode="overlay", showlegend=True)
    figure.update_yaxes(tickvals=places, ticktext=[row["label"] for row in rows], autorange="reversed", showgrid=False,
                        fixedrange=True, zeroline=False)  # fmt: skip
    longest = max(float(row["amount_yuan"]) for row in rows)
    figure.update_xaxes(range=[0, longest * 1.2], tickformat=",d", fixedrange=True, nticks=6,
                        title={"text": axis, "font": {"size": 12}})  # fmt: skip
    return figure
