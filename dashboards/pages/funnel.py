"""The block from enrolled to employed, made of rows of mart_indicator; used by the drill page. Not here: any sum."""

from __future__ import annotations

from dashboards.charts.axis import Axis
from dashboards.charts.stages import stages
from dashboards.charts.style import palette
from dashboards.queries import indicators
from dashboards.view import Block, Column, Request, Table
from dashboards.words import number

# Stage, the indicator whose row says it, and the column of that row.
STAGES = (
    ("enrolled", "completion_rate", "denominator"),
    ("completed", "completion_rate", "numerator"),
    ("examined", "participation_rate", "numerator"),
    ("certified", "person_times_certified", "value"),
    ("paid", "person_times_paid", "value"),
    ("base", "employment_rate", "denominator"),
    ("employed", "employment_rate", "numerator"),
)
# Employment is asked of those alone who were not employed at the start and ended six months ago.
APART = ("base", "employed")


def block(request: Request, unit: str, period: str) -> list[Block]:
    """The funnel of a unit and period; nothing where no one was enrolled."""
    words, rows = request.words, []
    values = indicators.whole(request.release, unit, period)
    for stage, indicator, column in STAGES:
        found = values.get(indicator)
        if found is None or found[column] is None:
            continue
        value = found[column]
        rows.append(
            {"label": words(f"funnel.{stage}"), "value": value, "is_apart": stage in APART, "indicator_code": indicator,
             "text": number(value)}
        )  # fmt: skip
    if not rows or not rows[0]["value"]:
        return []
    columns = [
        Column("label", words("funnel.stage"), indicator="indicator_code"),
        Column("value", words("unit_of_measure.person_times"), "count"),
    ]
    figure = stages(rows, palette(request.is_dark), Axis(words("unit_of_measure.person_times")))
    return [
        Block("funnel", words("funnel.title"), Table(columns, rows, words("targets.table_caption")), figure,
              words("funnel.caption"))
    ]  # fmt: skip
