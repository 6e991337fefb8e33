"""What a page holds, before any screen: a conclusion, tiles, blocks of chart and table, choices.

Belongs here: the shapes that pages fill and that the screen and the workbook print.
Not here: components, cells and figures themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dashboards.access import Scope
from dashboards.address import Address
from dashboards.release import Release, Row
from dashboards.words import NOTHING, Words, number, points


@dataclass(frozen=True)
class Request:
    """What a page is asked: the release as this reader may see it, the address, the words, the home."""

    release: Release
    address: Address
    words: Words
    home: Path | None = None

    @property
    def scope(self) -> Scope:
        """What the reader may see."""
        return self.release.scope

    @property
    def is_dark(self) -> bool:
        return self.address.theme == "dark"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `kind`: text, right (text set right), state, count, ratio, points, yuan, days, file (a download at `<field>_file`),
    or own (the row's unit_of_measure).

    `indicator` names the field that holds the indicator whose definition the cell opens; `link` a field with an address.
    """

    field: str
    label: str
    kind: str = "text"
    indicator: str | None = None
    link: str | None = None

    @property
    def is_number(self) -> bool:
        return self.kind not in ("text", "state", "file")

    def text(self, row: Row) -> str:
        """The cell as people read it."""
        value = row.get(self.field)
        if self.kind in ("text", "state", "right", "file"):
            return NOTHING if value in (None, "") else str(value)
        if self.kind == "points":
            return points(value)
        return number(value, row.get("unit_of_measure") if self.kind == "own" else self.kind)


@dataclass(frozen=True)
class Table:
    """Rows as a reader sees them; `total` tells total rows, `first` how many are drawn at once (None: as many as usual)."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    caption: str = ""
    total: str = "is_total"
    first: int | None = None


@dataclass(frozen=True)
class Block:
    """A heading, a chart with its caption, and the table of the same rows."""

    name: str
    title: str
    table: Table | None = None
    figure: Any = None
    caption: str = ""
    description: str = ""


@dataclass(frozen=True)
class Tile:
    """One figure at a glance. `state` is a word with its sign (✓, ▼), `is_good` its tone, `link` text and address."""

    label: str
    value: str
    unit: str = ""
    detail: str = ""
    state: str = ""
    is_good: bool | None = None
    indicator: str | None = None
    link: tuple[str, str] | None = None


@dataclass(frozen=True)
class Choice:
    """A question with a few answers, each an address."""

    label: str
    options: Sequence[tuple[str, Address]]
    chosen: str


@dataclass(frozen=True)
class View:
    """A page, filled."""

    title: str
    conclusion: Sequence[str] = ()
    tiles: Sequence[Tile] = ()
    blocks: Sequence[Block] = ()
    choices: Sequence[Choice] = field(default_factory=tuple)
    note: str = ""
    links: Sequence[tuple[str, str]] = ()
    # The step back towards the whole, as (text, address): Backspace goes there.
    up: tuple[str, str] | None = None
    # Components of the page's own, below its first block: a form, the state of work under way.
    parts: Sequence[Any] = ()
