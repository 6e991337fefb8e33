"""What the sheet library does not tell: error cells, hidden rows, the date system, cells to fill from a vertical merge.

Read from the XML of xlsx and ods and the records of xls, in the child process. Not here: cell values.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from orchestration.intake.reasons import Refusal
from orchestration.intake.struck import StruckRows, xlsx_styles

_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})(\d+)"')
# a formula that was never computed: no value beside it, or an empty number
_NO_RESULT = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*\bhidden="(?:1|true)"')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HEAD = 65_536
_SMALL_PART = 20_000_000
# rows that vertical merges may span, all together
_MAX_FILLS = 2_000_000


@dataclass
class SheetFacts:
    """Facts of one sheet: `errors` row -> columns (both from 1), `fills` row -> (column, first row, last row)."""

    errors: dict[int, list[int]] = field(default_factory=dict)
    fills: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)
    hidden_rows: int = 0
    is_1904: bool = False
    struck: StruckRows = field(default_factory=StruckRows)

    def add_merges(self, ranges: list) -> None:
        """Take vertical merges of one column from the library's ranges ((row, column), (row, column)), from 0."""
        if sum(bottom - top for (top, _), (bottom, _) in ranges if bottom - top < 2000) > _MAX_FILLS:
            raise Refusal("intake.limit", "合并单元格数", "merged cells")
        for (top, left), (bottom, right) in ranges:
            if left == right and 0 < bottom - top < 2000:
                for row in range(top + 1, bottom + 2):
                    self.fills.setdefault(row, []).append((left + 1, top + 1, bottom + 1))


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _refuse_entities(package: zipfile.ZipFile) -> None:
    """A declaration of entities stands before the first element, so the head of each part is enough."""
    for name in package.namelist():
        if name.lower().endswith((".xml", ".rels")):
            with package.open(name) as part:
                if _DECLARATION.search(part.read(_HEAD).replace(b"\0", b"")):
                    raise Refusal("intake.unsafe", "含 DTD", "holds a DTD")


def _part(package: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if package.getinfo(name).file_size > _SMALL_PART:
        raise Refusal("intake.unsafe", "目录过大", "directory part too large")
    content = package.read(name)
    if _DECLARATION.search(content):
        raise Refusal("intake.unsafe", "含 DTD", "holds a DTD")
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise Refusal("intake.unreadable") from error


def _of_xlsx(package: zipfile.ZipFile) -> dict[int, SheetFacts]:
    workbook = _part(package, "xl/workbook.xml")
    relations = {r.get("Id"): r.get("Target", "") for r in _part(package, "xl/_rels/workbook.xml.rels")}
    properties = next((e for e in workbook.iter() if e.tag.endswith("}workbookPr")), None)
    is_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    result = {}
    struck = xlsx_styles(package)
    for index, sheet in enumerate(e for e in workbook.iter() if e.tag.endswith("}sheet")):
        facts = result[index] = SheetFacts(is_1904=is_1904, struck=StruckRows(struck))
        target = relations.get(sheet.get(_RELATION), "")
        name = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        if name not in package.namelist():
            continue
        _scan(package, name, facts)
    return result


def _scan(package: zipfile.ZipFile, name: str, facts: SheetFacts) -> None:
    tail = b""
    with package.open(name) as part:
        while chunk := part.read(1 << 20):
            window = tail + chunk
            cut = window.rfind(b"<row") if len(chunk) == 1 << 20 else len(window)
            # one row longer than the window is cut inside
            cut = cut if cut > 0 else window.rfind(b"<")
            tail, window = window[cut:], window[:cut]
            if b'hidden="' in window:
                facts.hidden_rows += len(_HIDDEN_ROW.findall(window))
            if b't="e"' in window:
                for letters, row in _ERROR_CELL.findall(window):
                    facts.errors.setdefault(int(row), []).append(column_number(letters.decode()))
            if facts.struck.styles:
                facts.struck.see_xml(window)
            if b"<f" in window or b":f" in window:
                _take_uncomputed(window, facts)


def _take_uncomputed(window: bytes, facts: SheetFacts) -> None:
    for attributes, empty in _NO_RESULT.findall(window):
        place = _PLACE.search(attributes)
        # an empty text is a result: ="" shows nothing
        if place and not (empty and b't="str"' in attributes):
            facts.errors.setdefault(int(place[2]), []).append(column_number(place[1].decode()))


def facts(path: Path) -> dict[int, SheetFacts]:
    """Facts by sheet index. Refusal for a DTD or an oversized directory part; formats without such facts give none."""
    if not zipfile.is_zipfile(path):
        from orchestration.intake.xls_facts import xls_facts

        return xls_facts(path)
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        _refuse_entities(package)
        if "xl/workbook.xml" in names:
            return _of_xlsx(package)
        if "content.xml" in names:
            from orchestration.intake.ods_facts import ods_facts

            return ods_facts(package)
    return {}
