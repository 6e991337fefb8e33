"""Parts of sentences that the texts of all reports share: a value with its unit, a list that ends in time.

Not here: any sentence (`narrative.py`, `review_text.py`).
"""

from __future__ import annotations

from collections.abc import Iterable

from dashboards.release import Row
from dashboards.reports.content import Report
from dashboards.words import number

LISTED = 5


def shown(value: object, row: Row, report: Report) -> str:
    """A value with its unit of measure: 1,234 人次, 56.7%."""
    unit = row["unit_of_measure"]
    text = number(value, unit)
    return (
        text
        if unit == "ratio"
        else report.words("narrative.quantity", value=text, unit=report.words.unit_of_measure(unit))
    )


def listed(report: Report, items: Iterable[str]) -> str:
    """The first items as one phrase, with a word that there are more."""
    items = list(items)
    shown = report.words("narrative.comma").join(items[:LISTED])
    return shown if len(items) <= LISTED else report.words("narrative.and_others", list=shown)
