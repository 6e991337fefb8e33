"""Facts of ods sheets: error cells and hidden or filtered rows, from the document's XML as it streams by.

Not here: cell values.
"""

from __future__ import annotations

import zipfile
from xml.parsers import expat

from orchestration.intake.reasons import Refusal
from orchestration.intake.sheet_facts import SheetFacts
from orchestration.intake.struck import StruckRows

_MAX_REPEAT = 100_000
# what the sheet library takes at most, which it only tells as a damaged file
_MAX_CELLS = 100_000_000


class _Reader:
    def __init__(self) -> None:
        self.facts: dict[int, SheetFacts] = {}
        self.sheet, self.row, self.column, self.repeat, self.cells = -1, 0, 0, 1, 0
        # automatic styles stand before the sheets
        self.style, self.struck = "", set()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self.sheet, self.row = self.sheet + 1, 0
            self.facts[self.sheet] = SheetFacts(struck=StruckRows(frozenset(self.struck)))
        elif name == "style:style":
            self.style = attributes.get("style:name", "")
        elif name == "style:text-properties" and attributes.get("style:text-line-through-style", "none") != "none":
            self.struck.add(self.style)
        elif name == "table:table-row":
            self.repeat = min(int(attributes.get("table:number-rows-repeated", "1")), _MAX_REPEAT)
            self.row, self.column = self.row + 1, 0
            if attributes.get("table:visibility") in ("collapse", "filter"):
                self.facts[self.sheet].hidden_rows += self.repeat
        elif name in ("table:table-cell", "table:covered-table-cell"):
            count = int(attributes.get("table:number-columns-repeated", "1"))
            is_uncomputed = "table:formula" in attributes and "office:value-type" not in attributes
            if attributes.get("calcext:value-type") == "error" or is_uncomputed:
                self.facts[self.sheet].errors.setdefault(self.row, []).append(self.column + 1)
            if "office:value-type" in attributes:
                if self.struck:
                    self.facts[self.sheet].struck.see(self.row, attributes.get("table:style-name"))
                self.cells += count * self.repeat
                if self.cells > _MAX_CELLS:
                    raise Refusal("intake.limit", "单元格数", "cells")
            self.column += count

    def end(self, name: str) -> None:
        if name == "table:table-row":
            self.row += self.repeat - 1


def _refuse_entities(*_: object) -> None:
    raise Refusal("intake.unsafe", "含 DTD", "holds a DTD")


def ods_facts(package: zipfile.ZipFile) -> dict[int, SheetFacts]:
    """Facts by sheet index. Refusal for a document type declaration or broken XML."""
    reader, parser = _Reader(), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse_entities
    try:
        with package.open("content.xml") as part:
            parser.ParseFile(part)
    except (expat.ExpatError, ValueError, KeyError) as error:
        raise Refusal("intake.unreadable") from error
    return reader.facts
