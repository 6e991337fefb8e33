"""The tables of an HTML page that a system exports under the name .xls, as rows of texts.

Used to read the page and to show it again in the feedback. Not here: encodings, limits of files, what a cell means.
"""

from __future__ import annotations

from html.parser import HTMLParser

MAX_SPAN = 1_000


class TooManyCells(ValueError):
    """The tables hold more cells than the caller takes."""


def page_names(tables: int) -> list[str]:
    """What the tables of a page are called as sheets; one alone has no name."""
    return [""] if tables == 1 else [f"表{number + 1}" for number in range(tables)]


class PageTables(HTMLParser):
    """Collects the rows of every outermost table; a spanned cell fills its rows, its further columns stay blank."""

    def __init__(self, max_cells: int) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._depth, self._skipping, self._cells, self._max = 0, 0, 0, max_cells
        self._text: list[str] | None = None
        self._spans: dict[int, tuple[int, str]] = {}
        self._size = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self._spans = {}
        elif tag in ("script", "style"):
            self._skipping += 1
        elif tag == "tr" and self._depth == 1:
            self._end_cell()
            self.tables[-1].append([])
        elif tag in ("td", "th") and self._depth == 1:
            self._end_cell()
            self._text = []
            spans = {
                name: min(int(value), MAX_SPAN)
                for name, value in attrs
                if name in ("colspan", "rowspan") and (value or "").isdigit()
            }
            self._size = (max(1, spans.get("colspan", 1)), max(1, spans.get("rowspan", 1)))
        elif tag == "br" and self._text is not None:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._depth:
            self._end_cell()
            self._depth -= 1
        elif tag in ("script", "style") and self._skipping:
            self._skipping -= 1
        elif tag in ("td", "th", "tr") and self._depth == 1:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._skipping:
            self._text.append(data)

    def _end_cell(self) -> None:
        if self._text is None:
            return
        if not self.tables[-1]:
            self.tables[-1].append([])
        row, value = self.tables[-1][-1], " ".join("".join(self._text).split())
        self._fill_from_above(row)
        columns, rows = self._size
        if rows > 1:
            self._spans[len(row)] = (rows - 1, value)
        row.extend([value] + [""] * (columns - 1))
        self._cells += columns
        if self._cells > self._max:
            raise TooManyCells
        self._text = None

    def _fill_from_above(self, row: list[str]) -> None:
        while len(row) in self._spans:
            column = len(row)
            left, value = self._spans.pop(column)
            if left > 1:
                self._spans[column] = (left - 1, value)
            row.append(value)
