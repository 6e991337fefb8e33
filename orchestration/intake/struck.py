"""Rows whose every cell is struck through, from the styles of xlsx, xls and ods: someone has crossed them out.

Counted in the child process. Not here: what a crossed-out row means (`rows.py`).
"""

from __future__ import annotations

import re
import struct
import zipfile
from xml.etree import ElementTree

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/])>\s*<(?:\w+:)?(?:v|is|f)[\s>]")
_ROW_OF = re.compile(rb'\br="[A-Z]{1,3}(\d+)"')
_STYLE_OF = re.compile(rb'\bs="(\d+)"')
_FONT, _XF, _MULRK = 0x31, 0xE0, 0xBD
_CELLS = (0xFD, 0x203, 0x27E, 0x204, 0x06, 0x205)
_STYLES_BYTES = 20_000_000


class StruckRows:
    """Counts, by row, cells and struck cells; a row is struck when all its cells are."""

    def __init__(self, styles: frozenset[int] | frozenset[str] = frozenset()) -> None:
        self.styles = styles
        self._counts: dict[int, list[int]] = {}

    def see(self, row: int, style: int | str | None) -> None:
        """Take one cell that holds something."""
        count = self._counts.setdefault(row, [0, 0])
        count[style in self.styles] += 1

    def see_xml(self, window: bytes) -> None:
        """Take the cells of a piece of a worksheet's XML."""
        for attributes in _CELL.findall(window):
            row, style = _ROW_OF.search(attributes), _STYLE_OF.search(attributes)
            if row:
                self.see(int(row[1]), int(style[1]) if style else 0)

    def rows(self) -> frozenset[int]:
        """Numbers of the struck rows, from 1."""
        return frozenset(row for row, (plain, struck) in self._counts.items() if struck and not plain)


def xlsx_styles(package: zipfile.ZipFile) -> frozenset[int]:
    """Cell formats of an xlsx whose font is struck through; none where the styles are missing, broken or too large."""
    if "xl/styles.xml" not in package.namelist() or package.getinfo("xl/styles.xml").file_size > _STYLES_BYTES:
        return frozenset()
    content = package.read("xl/styles.xml")
    if b"strike" not in content:
        return frozenset()
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError:
        return frozenset()
    parts = {child.tag.rsplit("}", 1)[-1]: list(child) for child in root}
    fonts = {
        number
        for number, font in enumerate(parts.get("fonts", []))
        if any(e.tag.endswith("}strike") and e.get("val") not in ("0", "false") for e in font)
    }
    of_format = [xf.get("fontId") or "0" for xf in parts.get("cellXfs", [])]
    return frozenset(n for n, font in enumerate(of_format) if font.isdigit() and int(font) in fonts)


class XlsStyles:
    """Fonts and cell formats of an xls as its records pass: which formats are struck through."""

    def __init__(self) -> None:
        self.fonts: list[bool] = []
        self.struck: set[int] = set()
        self._formats = 0

    def take(self, kind: int, data: bytes) -> None:
        """Take a record of the workbook's globals."""
        if kind == _FONT and len(data) >= 4:
            self.fonts.append(bool(struct.unpack_from("<H", data, 2)[0] & 0x08))
        elif kind == _XF and len(data) >= 2:
            font = struct.unpack_from("<H", data)[0]
            # the format leaves out font number 4
            place = font - (font > 4)
            if place < len(self.fonts) and self.fonts[place]:
                self.struck.add(self._formats)
            self._formats += 1


def see_xls(found: StruckRows, kind: int, data: bytes) -> None:
    """Take a cell record of an xls sheet."""
    if kind in _CELLS and len(data) >= 6:
        row, _, style = struct.unpack_from("<HHH", data)
        found.see(row + 1, style)
    elif kind == _MULRK and len(data) >= 12:
        for place in range(4, len(data) - 7, 6):
            found.see(struct.unpack_from("<H", data)[0] + 1, struct.unpack_from("<H", data, place)[0])
