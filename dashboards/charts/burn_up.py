"""The course of a plan over its years: what was reached, quarter on quarter, against the plan."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboards.charts.style import Palette, dress
from dashboards.release import Row


def burn_up(
    actual: Sequence[Row], plan: Sequence[Row], names: dict[str, str], colours: Palette, data_date: str | None = None
) -> go.Figure:
    """`actual`: ends_on DATE, label, running_value; `plan`: ends_on DATE, running_target; both in order of time.

    `names`: what actual, plan, data_date and the value axis are called.
    """
    figure = go.Figure()
    if plan:
        first = plan[0]["ends_on"]
        # The plan starts at nought on the first day of its first year and is drawn evenly within each year.
        figure.add_scatter(
            x=[first.replace(month=1, day=1), *(row["ends_on"] for row in plan)],
            y=[0, *(float(row["running_target"]) for row in plan)],
            mode="lines+markers+text", name=names["plan"], line={"color": colours.soft, "dash": "dash", "width": 2},
            marker={"size": 7}, text=["", *(f"{row['running_target']:,.0f}" for row in plan)],
            textposition="top left", textfont={"size": 12, "color": colours.soft}, cliponaxis=False,
            hovertemplate="%{x|%Y-%m-%d}<br>" + names["plan"] + " %{y:,.0f}<extra></extra>",
        )  # fmt: skip
    figure.add_scatter(
        x=[row["ends_on"] for row in actual], y=[row["running_value"] for row in actual], mode="lines+markers",
        name=names["actual"], line={"color": colours.result, "width": 3}, marker={"size": 8},
        customdata=[row["label"] for row in actual],
        hovertemplate="%{customdata}<br>" + names["actual"] + " %{y:,.0f}<extra></extra>",
    )  # fmt: skip
    if data_date:
        figure.add_vline(x=data_date, line={"color": colours.time, "width": 2, "dash": "dot"})
        figure.add_annotation(
            x=data_date, y=0.05, yref="paper", text=f"{names['data_date']} {data_date}", showarrow=False, xanchor="right",
            yanchor="bottom", xshift=-6, font={"size": 12, "color": colours.time},
        )  # fmt: skip
    dress(figure, colours, 380)
    figure.update_yaxes(rangemode="tozero", tickformat=",d", title={"text": names["axis"], "font": {"size": 12}})
    figure.update_xaxes(tickformat="%Y-%m", nticks=5, tickangle=0, hoverformat="%Y-%m-%d", fixedrange=True)
    figure.update_yaxes(fixedrange=True)
    return figure
