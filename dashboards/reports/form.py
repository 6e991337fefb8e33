"""What a report form is: the mart it prints, its columns, headers, checks. Not here: which forms there are (`tables.py`).

A form prints rows of its mart as they are, totals included; it computes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

# Results in blue; what they are held against in grey.
RESULT, REFERENCE = "#2B6CB0", "#A0AEC0"
EACH = "cell_*"


@dataclass(frozen=True)
class Column:
    """One printed column. `kind`: text, number, line (the row's own unit of measure), ratio, points, yuan.

    `heading` is a header that is no word of ours (a year), in place of the label.
    """

    field: str
    kind: str
    width: float
    group: str | None = None
    label: str | None = None
    heading: str = ""

    @property
    def label_key(self) -> str:
        return f"column.{self.label or self.field}"

    @property
    def is_text(self) -> bool:
        return self.kind == "text"


def columns(text: str) -> tuple[Column, ...]:
    """Columns from lines `field kind width [group=…] [label=…]`, in the order they are printed."""
    made = []
    for line in filter(None, map(str.strip, text.splitlines())):
        field, kind, width, *named = line.split()
        made.append(Column(field, kind, float(width), **dict(pair.split("=") for pair in named)))
    return tuple(made)


@dataclass(frozen=True)
class Form:
    """One form: the mart it prints, columns, notes, checks, and (field, colour) of what its chart compares."""

    code: str
    mart: str
    columns: tuple[Column, ...]
    order: str = "line_no"
    # Where rows stand for several rows of the mart side by side: a SELECT on it, $1 the unit, $2 the period. A MAP named
    # `cells` in its answer becomes one field `cell_<key>` per key; the column `cell_*` becomes one column per key.
    sql: str = ""
    checks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ("note_1", "note_2", "note_3")
    chart: tuple[tuple[str, str], ...] = ()
    chart_label: str = ""
    # How many lines the chart shows, from the first; 0: all. More than twenty do not stand on a page.
    chart_lines: int = 0
    # Other marts the SELECT reads: a release without them does not print the form.
    beside: tuple[str, ...] = ()

    def text_key(self, what: str) -> str:
        return f"table.{self.code.lower()}.{what}"

    @property
    def is_wide(self) -> bool:
        """Whether the form needs smaller letters to stand on A4 landscape."""
        return len(self.columns) > 10

    @property
    def letters(self) -> float:
        """Size of the letters in a document, in points: many columns, and many amounts, need smaller ones."""
        amounts = sum(column.kind == "yuan" for column in self.columns)
        return 8 if self.is_wide else 8.5 if amounts > 5 else 9.5 if len(self.columns) > 8 else 10.5

    def spread(self, rows: list[dict]) -> Form:
        """The form with one column for each key of its rows' cells, in order, where it has a column for them."""
        keys = sorted({field[5:] for row in rows for field in row if field.startswith("cell_")})
        made: list[Column] = []
        for column in self.columns:
            each = [replace(column, field=f"cell_{key}", heading=key) for key in keys]
            made += each if column.field == EACH else [column]
        return replace(self, columns=tuple(made))


def is_total(row: dict) -> bool:
    """Whether a row of a form is its printed total: the line that belongs to no single unit, fund or member."""
    if "is_total" in row:
        return bool(row["is_total"])
    return "unit_code" in row and row["unit_code"] in (None, "", "total", "all")
