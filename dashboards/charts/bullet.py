"""Bullets: how far each target is reached, on one scale where the target is 100 %.

plotly 7 has no bullet of its own; a broad grey bar (target), a thin bar (actual) and a line (time progress) make one.
"""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboards.charts.style import WITHOUT_LABELS, Palette, breadth, dress, over
from dashboards.release import Row

# A bullet far over its target would press the others flat: the bar ends here, its label still tells the figure.
LONGEST = 1.5
# Label and figures wider than this (in Latin letters) stand on two lines: a phone shows some forty.
ONE_LINE = 38


def bullet(rows: Sequence[Row], names: dict[str, str], colours: Palette) -> go.Figure:
    """`rows`: label, completion_ratio, time_progress_ratio, text (what stands at its right). First row on top.

    A row with forecast_value, lower_value and upper_value (and target_value) also gets a band and a mark of what is
    expected. `names`: what target, actual, time progress, forecast and band are called.
    """
    # Places by number: a label such as 2019 would be taken for a place of its own on an axis of names.
    places = list(range(len(rows)))
    reached = [row["completion_ratio"] or 0 for row in rows]
    expected = [(place, row) for place, row in zip(places, rows, strict=True) if row.get("forecast_value") is not None]
    ends = [_ratio(row, name) for _, row in expected for name in ("forecast_value", "upper_value")]
    longest = max([1.2, *(min(ratio, LONGEST) for ratio in [*reached, *ends])])
    is_long = any(breadth(row["label"]) + breadth(row["text"]) > ONE_LINE for row in rows)
    # Of the height of a row: two lines of text need a taller row, not a thicker bar.
    thick = 0.3 if is_long else 0.4
    figure = go.Figure()
    figure.add_bar(
        y=places, x=[1] * len(rows), orientation="h", width=thick, name=names["target"],
        marker={"color": colours.target}, hoverinfo="skip",
    )  # fmt: skip
    figure.add_bar(
        y=places, x=reached, orientation="h", width=0.4 * thick, name=names["actual"], marker={"color": colours.result},
        customdata=[(row["label"], row["text"]) for row in rows],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
    )  # fmt: skip
    _forecast(figure, expected, names, colours, 0.7 * thick)
    # Markers of a line's shape, so that time progress stays one legend entry over all bullets.
    figure.add_scatter(
        y=places, x=[row["time_progress_ratio"] for row in rows], mode="markers", name=names["time"],
        marker={"symbol": "line-ns", "size": 24, "line": {"width": 3, "color": colours.time}, "color": colours.time},
        hovertemplate=names["time"] + " %{x:.1%}<extra></extra>",
    )  # fmt: skip
    # Label and figures stand over the bar: nothing crosses the time line, and no margin is lost on a narrow screen.
    notes = [
        over(place, f"<b>{row['label']}</b>", "left", 46 if is_long else 24, colours) for place, row in enumerate(rows)
    ]
    notes += [over(place, row["text"], "right", 26 if is_long else 24, colours) for place, row in enumerate(rows)]
    dress(
        figure, colours, 90 + (86 if is_long else 66) * len(rows), barmode="overlay", annotations=notes,
        margin={"r": 8, "l": 14, "t": 34, "b": 36},
    )  # fmt: skip
    figure.update_yaxes(range=[len(rows) - 0.5, -0.75], **WITHOUT_LABELS)
    figure.update_xaxes(range=[0, longest], tickformat=".0%", fixedrange=True, dtick=0.25, automargin=False)
    return figure


def _ratio(row: Row, name: str) -> float:
    """A value of the target's unit on the scale where the target is 1."""
    value, target = row.get(name), row.get("target_value")
    return float(value) / float(target) if value is not None and target else 0.0


def _forecast(
    figure: go.Figure, expected: Sequence[tuple[int, Row]], names: dict[str, str], colours: Palette, width: float
) -> None:
    """The band in which the end is expected with 80 %, and the expected value as a diamond."""
    if not expected:
        return
    banded = [(place, row) for place, row in expected if row.get("lower_value") is not None]
    figure.add_bar(
        y=[place for place, _ in banded], base=[_ratio(row, "lower_value") for _, row in banded],
        x=[_ratio(row, "upper_value") - _ratio(row, "lower_value") for _, row in banded], orientation="h", width=width,
        name=names["band"], hoverinfo="skip",
        marker={"color": "rgba(0,0,0,0)", "line": {"color": colours.series[3], "width": 2},
                "pattern": {"shape": "\\", "fgcolor": colours.series[3], "size": 6}},
    )  # fmt: skip
    figure.add_scatter(
        y=[place for place, _ in expected], x=[_ratio(row, "forecast_value") for _, row in expected], mode="markers",
        name=names["forecast"], marker={"symbol": "diamond", "size": 11, "color": colours.series[3]},
        hovertemplate=names["forecast"] + " %{x:.1%}<extra></extra>",
    )  # fmt: skip
