"""Facts of xls sheets (BIFF8): error cells, hidden rows, the 1904 date system, from the workbook stream.

A small reader of the compound file, bounded by the file's own size. Not here: cell values.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from orchestration.intake.reasons import Refusal
from orchestration.intake.sheet_facts import SheetFacts
from orchestration.intake.struck import StruckRows, XlsStyles, see_xls

_BOF, _EOF, _BOUNDSHEET, _DATEMODE, _ROW, _BOOLERR, _FORMULA, _FILEPASS = (
    0x809,
    0x0A,
    0x85,
    0x22,
    0x208,
    0x205,
    0x06,
    0x2F,
)
_FREE = 0xFFFFFFFA


def _chain(table: list[int], first: int) -> Iterator[int]:
    for _ in range(len(table) + 1):
        if first >= _FREE or first >= len(table):
            return
        yield first
        first = table[first]
    raise Refusal("intake.unsafe", "扇区成环", "sectors form a loop")


def workbook_stream(content: bytes) -> bytes:
    """The stream `Workbook` (or `Book`) of a compound file; empty where there is none. Refusal for looped sectors."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    mini_size = 1 << struct.unpack_from("<H", content, 32)[0]
    if size not in (512, 4096):
        raise Refusal("intake.unreadable")

    def sector(number: int) -> bytes:
        return content[(number + 1) * size : (number + 2) * size]

    directory, _, cutoff, first_mini = struct.unpack_from("<IIII", content, 48)
    places = list(struct.unpack_from("<109I", content, 76))
    more, count = struct.unpack_from("<II", content, 68)
    for _ in range(min(count, len(content) // size)):
        if more >= _FREE:
            break
        block = struct.unpack(f"<{size // 4}I", sector(more).ljust(size, b"\xff"))
        places += block[:-1]
        more = block[-1]
    table: list[int] = []
    for place in places:
        if place < _FREE:
            table += struct.unpack(f"<{size // 4}I", sector(place).ljust(size, b"\xff"))
    entries = b"".join(sector(n) for n in _chain(table, directory))
    found, root = None, None
    for offset in range(0, len(entries) - 127, 128):
        length = struct.unpack_from("<H", entries, offset + 64)[0]
        name = entries[offset : offset + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        start, bytes_long = struct.unpack_from("<II", entries, offset + 116)
        if entries[offset + 66] == 5:
            root = (start, bytes_long)
        elif name == "EncryptedPackage":
            raise Refusal("intake.password")
        elif name in ("_VBA_PROJECT_CUR", "_VBA_PROJECT"):
            raise Refusal("intake.macro")
        elif name in ("Workbook", "Book"):
            found = (start, bytes_long)
    if found is None:
        return b""
    start, bytes_long = found
    if bytes_long >= cutoff or root is None:
        return b"".join(sector(n) for n in _chain(table, start))[:bytes_long]
    minis = b"".join(sector(n) for n in _chain(table, root[0]))[: root[1]]
    mini_table = [
        n for s in _chain(table, first_mini) for n in struct.unpack(f"<{size // 4}I", sector(s).ljust(size, b"\xff"))
    ]
    return b"".join(minis[n * mini_size : (n + 1) * mini_size] for n in _chain(mini_table, start))[:bytes_long]


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield place, kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def xls_facts(path: Path) -> dict[int, SheetFacts]:
    """Facts by sheet index; none where the file holds no BIFF8 workbook."""
    try:
        stream = workbook_stream(path.read_bytes())
    except (struct.error, IndexError) as error:
        raise Refusal("intake.unreadable") from error
    starts: dict[int, int] = {}
    facts: dict[int, SheetFacts] = {}
    is_1904, sheet, styles = False, -1, XlsStyles()
    for place, kind, data in _records(stream):
        if kind == _FILEPASS:
            raise Refusal("intake.password")
        if kind == _BOUNDSHEET and len(data) >= 4:
            starts[struct.unpack_from("<I", data)[0]] = len(starts)
        elif kind == _DATEMODE and len(data) >= 2:
            is_1904 = struct.unpack_from("<H", data)[0] == 1
        elif kind == _BOF:
            sheet = starts.get(place, -1)
            if sheet >= 0:
                facts[sheet] = SheetFacts(is_1904=is_1904, struck=StruckRows(frozenset(styles.struck)))
        elif sheet >= 0:
            _take(facts[sheet], kind, data)
        else:
            styles.take(kind, data)
    return facts


def _take(facts: SheetFacts, kind: int, data: bytes) -> None:
    if facts.struck.styles:
        see_xls(facts.struck, kind, data)
    if kind == _ROW and len(data) >= 16 and struct.unpack_from("<I", data, 12)[0] & 0x20:
        facts.hidden_rows += 1
    elif (kind == _BOOLERR and len(data) >= 8 and data[7] == 1) or (
        # a formula whose cached result is an error: type 2 in an IEEE number that is no number
        kind == _FORMULA and len(data) >= 14 and data[6] == 2 and data[12:14] == b"\xff\xff"
    ):
        row, column = struct.unpack_from("<HH", data)
        facts.errors.setdefault(row + 1, []).append(column + 1)
