"""Cell styles of the workbook. Not here: where anything stands."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from dashboards.release import Row
from dashboards.reports.form import Column

# `_0` leaves the room of a digit at the right: some programs lose an indent beside a cell of another alignment.
COUNT = "#,##0_0;[Red]-#,##0_0;0_0"
MONEY = "#,##0.00_0;[Red]-#,##0.00_0;0.00_0"
RATIO = "0.0%_0;[Red]-0.0%_0;0.0%_0"
FORMATS = {"number": COUNT, "yuan": MONEY, "ratio": RATIO, "days": "#,##0.0_0", "points": "+0.0%_0;[Red]-0.0%_0;0.0%_0"}

# Office machines have these two; Excel substitutes where they are missing.
BODY = {"zh": "宋体", "en": "Arial"}
TEXT = {"zh": "仿宋", "en": "Times New Roman"}
HEADING = {"zh": "黑体", "en": "Arial"}


def number_format(column: Column, row: Row) -> str:
    """The cell's number format: a line's own unit of measure decides where the column leaves it open."""
    kind = row.get("unit_of_measure", "number") if column.kind == "line" else column.kind
    return FORMATS.get(str(kind), COUNT)


class Styles:
    """Named styles, made once per workbook."""

    def __init__(self, book: Workbook, language: str):
        self._book, self._made = book, {}
        self._body, self._heading = BODY[language], HEADING[language]
        body = {"font_name": self._body, "font_size": 10.5, "valign": "vcenter"}
        heading = {"font_name": self._heading, "font_size": 10.5, "valign": "vcenter"}
        boxed = {"border": 1, "align": "center", "text_wrap": True}
        self._named = {
            "title": {**heading, "font_size": 18, "align": "center"},
            "head": {**body, "align": "left"},
            "head_right": {**body, "align": "left", "shrink": True},
            "header": {**heading, **boxed, "bg_color": "#EDF2F7", "top": 1},
            "marks": {**body, **boxed, "font_size": 9, "font_color": "#4A5568"},
            "foot": {**body, "align": "left", "top": 2},
            "note": {**body, "font_size": 9, "align": "left", "text_wrap": True},
            "check": {**body, "align": "center", "font_color": "#276749"},
            "fails": {"font_color": "#C53030", "bold": True},
            "under": {**body, "align": "center", "font_color": "#4A5568"},
            "text": {
                **body,
                "font_name": TEXT[language],
                "font_size": 14,
                "align": "left",
                "valign": "top",
                "text_wrap": True,
            },
            "text_heading": {**heading, "font_size": 14, "align": "left"},
            "section": {**heading, "font_size": 12},
            "note_line": {**body, "font_size": 9},
            "plain": {**body, "border": 1, "text_wrap": True, "valign": "top"},
            "plain_number": {**body, "border": 1, "num_format": COUNT, "valign": "top"},
        }

    def __getitem__(self, name: str) -> Format:
        return self._make(name, self._named[name])

    def cell(
        self,
        *,
        text: bool = False,
        centred: bool = False,
        wrapped: bool = False,
        number: str | None = None,
        total: bool = False,
        last: bool = False,
    ) -> Format:
        """A body cell: text left or centred, numbers right in their format, the total line in bold on grey."""
        properties: dict[str, Any] = {"font_name": self._body, "font_size": 10.5, "valign": "vcenter", "border": 1}
        properties["align"] = "center" if centred else "left" if text else "right"
        if text:
            # A long name stays whole on its line rather than being cut by the next column; a sentence takes several.
            properties["text_wrap" if wrapped else "shrink"] = True
        if number:
            properties["num_format"] = number
        if total:
            properties |= {"bold": True, "bg_color": "#F7FAFC"}
        if last:
            properties["bottom"] = 2
        return self._make(str(sorted(properties.items())), properties)

    def _make(self, name: str, properties: dict[str, Any]) -> Format:
        if name not in self._made:
            self._made[name] = self._book.add_format(properties)
        return self._made[name]
