"""Amounts of an allocation: last year's beside the proposal, one pair of bars per recipient."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboards.charts.axis import Axis
from dashboards.charts.style import WITHOUT_LABELS, Palette, dress, over
from dashboards.release import Row

# Beyond these the table tells the rest.
MOST_BARS = 12
FIELDS = ("last_year_yuan", "proposed_yuan")


def amount_bars(rows: Sequence[Row], names: dict[str, str], colours: Palette, axis: Axis) -> go.Figure:
    """`rows`: recipient_name, last_year_yuan, proposed_yuan, largest first; `names`: what the two are called."""
    shown = rows[:MOST_BARS]
    places = list(range(len(shown)))
    longest = max((float(row[field] or 0) for row in shown for field in FIELDS), default=0) or 1
    figure = go.Figure()
    for field, colour, offset in zip(FIELDS, (colours.target, colours.result), (-0.16, 0.1), strict=True):
        figure.add_bar(
            y=places, x=[float(row[field] or 0) for row in shown], orientation="h", width=0.26, offset=offset,
            name=names[field], marker={"color": colour}, customdata=[row["recipient_name"] for row in shown],
            hovertemplate="%{customdata}<br>" + names[field] + " %{x:,.2f}<extra></extra>",
        )  # fmt: skip
    # The name stands over its bars: beside them it would take half of a narrow screen.
    notes = [over(place, row["recipient_name"], "left", 23, colours) for place, row in enumerate(shown)]
    notes += [
        over(place, f"<b>{row['proposed_yuan'] or 0:,.2f}</b>", "right", 23, colours) for place, row in enumerate(shown)
    ]
    dress(
        figure, colours, 110 + 56 * len(shown), barmode="overlay", legend={"traceorder": "normal"}, annotations=notes,
        margin={"r": 8, "l": 12, "t": 34, "b": 48},
    )  # fmt: skip
    figure.update_yaxes(range=[len(shown) - 0.5, -0.7], **WITHOUT_LABELS)
    figure.update_xaxes(range=[0, longest * 1.02], fixedrange=True, automargin=False, **axis.of(longest))
    return figure
