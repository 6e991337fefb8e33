"""A form as printed text: header cells with their spans, body cells as people read them, checks in words.

Belongs here: what the page, the document and the PDF share. Not here: how any of them is laid out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.release import Row
from dashboards.reports.checks import Placed, checks_of
from dashboards.reports.content import Report
from dashboards.reports.form import Column, Form, is_total
from dashboards.words import HIDDEN, NOTHING, Words, number

# 甲乙丙 for what names a line, 1 2 3 for what is counted: how statistical forms number their columns.
TEXT_MARKS = {"zh": "甲乙丙丁戊己庚辛壬癸", "en": "ABCDEFGHIJ"}
MONTH = r"\d{6}"
# Least size of letters, millimetres at both sides of a cell, points in a millimetre.
LEAST, SIDES, POINTS = 6.0, 2.4, 2.835
BLANK = "＿＿＿＿＿＿＿＿"
# Texts too short to stand at the left of their column.
CENTRED = (
    "line_no",
    "code",
    "row_code",
    "state_label",
    "pace_label",
    "mode_label",
    "class_id",
    "forecast_range",
    "grade_label",
    "verdict_label",
    "decided_on",
    "decision",
)


@dataclass(frozen=True)
class Head:
    """One header cell: `column` is where it starts, spans count columns and rows."""

    text: str
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: whose, its colour, its number as text and its length as a share of the longest."""

    label: str
    colour: str
    text: str
    share: float

    @property
    def short(self) -> str:
        """The label as far as a chart has room for it: 34 Latin letters or 17 Chinese."""
        room, kept = 34, ""
        for letter in self.label:
            room -= 2 if ord(letter) > 0x2E80 else 1
            if room < 0:
                return kept + "…"
            kept += letter
        return kept


@dataclass(frozen=True)
class Cell:
    """One body cell; `align` is left, center or right."""

    text: str
    align: str


def label(column: Column, report: Report) -> str:
    """The column's own header; where a quarter's table says 本季, a year's says 本年, a month's 本月."""
    if column.heading:
        return report.words.period(column.heading)
    key = column.label_key
    length = "quarter" if "Q" in report.period else "month" if re.fullmatch(MONTH, report.period) else "year"
    return report.words.known(f"{key}_of_{length}") or report.words(key)


def marks(form: Form, words: Words) -> list[str]:
    """The row of column numbers under the header."""
    letters, numbers = iter(TEXT_MARKS[words.language]), iter(range(1, len(form.columns) + 1))
    return [next(letters) if column.is_text else str(next(numbers)) for column in form.columns]


def headers(form: Form, report: Report) -> tuple[list[Head], list[Head]]:
    """The header rows: groups and ungrouped columns above, grouped columns below; nothing below where none is grouped."""
    depth = 2 if any(column.group for column in form.columns) else 1
    above: list[Head] = []
    below: list[Head] = []
    for at, column in enumerate(form.columns):
        if column.group is None:
            above.append(Head(label(column, report), at, rows=depth))
            continue
        below.append(Head(label(column, report), at))
        if at == 0 or form.columns[at - 1].group != column.group:
            width = 1
            while at + width < len(form.columns) and form.columns[at + width].group == column.group:
                width += 1
            above.append(Head(report.words(f"column.{column.group}"), at, columns=width))
    return above, below


def shares(form: Form) -> list[float]:
    """Each column's share of the table's width, in per cent."""
    whole = sum(column.width for column in form.columns)
    return [round(100 * column.width / whole, 2) for column in form.columns]


def letters(form: Form, rows: Sequence[Row], words: Words, room: float, most: float) -> float:
    """Points of the letters, at most `most`, at which every number stands on one line; `room` is the table's width in mm."""
    whole, size = sum(column.width for column in form.columns), most
    for column in form.columns:
        if not column.is_text:
            longest = max((_ems(_cell(column, row, words).text) for row in rows), default=0)
            if longest:
                size = min(size, (room * column.width / whole - SIDES) * POINTS / longest)
    return max(LEAST, int(size * 2) / 2)


def _ems(text: str) -> float:
    """How wide a number is in the widest of the fonts that may stand in, in heights of its letters."""
    return sum(0.35 if letter in ",.-+" else 1 if letter in "%—" else 0.66 for letter in text)


def chart_title(form: Form, report: Report) -> str:
    """What a chart shows, of whom, when and in what: it may stand on a page of its own."""
    words, unit = report.words, "yuan" if _is_money(form) else "person_times"
    return words(
        "report.chart_title",
        code=form.code,
        chart=words(form.text_key("chart")),
        period=words.period(report.period),
        unit=report.unit_name,
        measure=words.unit_of_measure(unit),
    )


def _is_money(form: Form) -> bool:
    return next(column for column in form.columns if column.field == form.chart[0][0]).kind == "yuan"


def series(form: Form, report: Report) -> list[tuple[str, str]]:
    """Name and colour of each bar of the form's chart."""
    named = {column.field: column for column in form.columns}
    return [(label(named[name], report), colour) for name, colour in form.chart]


def cells(form: Form, row: Row, words: Words) -> list[Cell]:
    """The row's cells as text, in the order of the columns."""
    return [_cell(column, row, words) for column in form.columns]


def _cell(column: Column, row: Row, words: Words) -> Cell:
    value = row.get(column.field)
    if column.field == "unit_of_measure":
        return Cell(words.unit_of_measure(value), "center")
    if column.is_text:
        shown = "" if value is None or (is_total(row) and column.field == "line_no") else str(value)
        return Cell(shown, "center" if column.field in CENTRED else "left")
    if value is None:
        return Cell(NOTHING, "center")
    kind = row.get("unit_of_measure") if column.kind == "line" else column.kind
    if column.kind == "points":
        return Cell(number(value, "ratio", signed=True), "right")
    return Cell(number(value, kind), "right")


def head_lines(form: Form, report: Report) -> list[tuple[str, str]]:
    """The lines over a form, left and right."""
    words, release = report.words, report.release
    version = f"{release.release_id}　{words('report.data_date')}：{release.data_date}"
    left = (
        (words("report.reporting_unit"), f"{report.unit_name}（{report.unit}）"),
        (words("report.credit_code"), BLANK),
        (words("report.period"), words.period(report.period)),
        (words("report.version"), version),
        (words("report.status"), report.status),
    )
    right = (
        (words("report.form_no"), form.code),
        (words("report.authority"), BLANK),
        (words("report.approval_no"), BLANK),
        (words("report.valid_until"), BLANK),
        (words("report.unit_of_measure"), words(form.text_key("unit"))),
    )
    return [("：".join(one), "：".join(other)) for one, other in zip(left, right, strict=True)]


def signatures(words: Words) -> str:
    """The line under a form that people fill in."""
    foot = ("foot_head", "foot_filler", "foot_checker", "foot_phone", "foot_date")
    return "　　".join(f"{words(f'report.{key}')}：{BLANK[:5]}" for key in foot)


def notes(form: Form, words: Words) -> list[str]:
    """The notes under a form, numbered from 1."""
    # a note that is no key of ours is its own text: what disclosure control says under a table
    return [f"{at}. {words.known(form.text_key(note), note)}" for at, note in enumerate(form.notes, 1)]


def check_lines(report: Report) -> dict[str, list[tuple[str, bool]]]:
    """Each form's checks in words and whether they hold, by form code."""
    placed: dict[str, Placed] = {}
    found: dict[str, list[tuple[str, bool]]] = {}
    for form, rows in report.forms:
        letters = {column.field: "A" for column in form.columns}
        placed[form.code] = Placed(form, rows, form.code, 0, letters)
        found[form.code] = [(check.text, check.holds) for check in checks_of(placed[form.code], placed, report.words)]
    return found


def drawn(form: Form, rows: Sequence[Row]) -> list[int]:
    """Lines that a chart of the form shows: one axis, one unit, so only person-times of J1, and never the total."""
    bars = [name for name, _ in form.chart]
    whole = (index for index, row in enumerate(rows) if not is_total(row))
    every = (index for index in whole if HIDDEN not in [rows[index].get(name) for name in bars])
    shown = [index for index in every if rows[index].get("unit_of_measure", "person_times") == "person_times"]
    return shown[: form.chart_lines or len(shown)]


def bars(form: Form, rows: Sequence[Row]) -> list[list[Bar]]:
    """The form's chart as bars, one group per line; empty where the form has no chart."""
    shown = [rows[index] for index in drawn(form, rows)] if form.chart else []
    longest = max((float(row.get(name) or 0) for row in shown for name, _ in form.chart), default=0)
    if not longest:
        return []
    return [
        [
            Bar(str(row[form.chart_label]), colour, _chart_number(form, name, row), float(row.get(name) or 0) / longest)
            for name, colour in form.chart
        ]
        for row in shown
    ]


def _chart_number(form: Form, name: str, row: Row) -> str:
    return number(row.get(name), "yuan" if _is_money(form) else None)


def body(form: Form, rows: Sequence[Row], words: Words) -> list[tuple[bool, list[Cell]]]:
    """Each row's cells, and whether it is the total."""
    return [(is_total(row), cells(form, row, words)) for row in rows]
