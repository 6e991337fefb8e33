"""Files meant to break a reader, written by the test that needs them: `HOSTILE` name -> (writer, what the load must say).

The answer is the rule that refuses the file, or `accepted` where the file is odd and harmless. Not here: the test.
"""

from __future__ import annotations

import os
import socket
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.unit.intake.bureau import ROSTER, csv_text, id_number, roster

LINE = roster(id_number())
GOOD = csv_text(ROSTER, LINE)
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a0 "ha">' + b"".join(
    b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
)
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
Writer = Callable[[Path], object]


def _text(content: str | bytes) -> Writer:
    return lambda path: path.write_bytes(content.encode() if isinstance(content, str) else content)


def _sheet(rows: bytes, more: bytes = b"") -> bytes:
    return (
        b'<?xml version="1.0"?><worksheet ' + MAIN + b"><sheetData>" + rows + b"</sheetData>" + more + b"</worksheet>"
    )


def _book(parts: dict[str, bytes] | None = None, title: str = "") -> Writer:
    """A roster of one line as xlsx, some of its parts replaced or added."""

    def write(path: Path) -> None:
        import openpyxl

        book = openpyxl.Workbook()
        if title:
            book.active.append([title])
        book.active.append(ROSTER)
        book.active.append(LINE)
        book.save(path)
        if parts:
            with zipfile.ZipFile(path) as package:
                kept = {name: package.read(name) for name in package.namelist()}
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
                for name, content in (kept | parts).items():
                    package.writestr(name, content)

    return write


def _cut(write: Writer, share: float) -> Writer:
    def cut(path: Path) -> None:
        write(path)
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])

    return cut


def _xls(change: Callable[[bytearray], None] | None = None, pad: int = 0) -> Writer:
    """A roster of one line as BIFF8; `change` edits its bytes, `pad` adds rows before."""

    def write(path: Path) -> None:
        import xlwt

        book = xlwt.Workbook()
        sheet = book.add_sheet("花名册")
        for row, line in enumerate((ROSTER, LINE, *[("x",)] * pad)):
            for column, value in enumerate(line):
                sheet.write(row, column, value)
        book.save(str(path))
        content = bytearray(path.read_bytes())
        if change:
            change(content)
        path.write_bytes(content)

    return write


def _directory(content: bytearray) -> int:
    return 512 * (struct.unpack_from("<I", content, 48)[0] + 1)


def _loop_of_sectors(content: bytearray) -> None:
    struct.pack_into("<II", content, 512 * (struct.unpack_from("<I", content, 76)[0] + 1), 1, 0)


def _loop_of_directory(content: bytearray) -> None:
    first = struct.unpack_from("<I", content, 48)[0]
    struct.pack_into("<I", content, 512 * (struct.unpack_from("<I", content, 76)[0] + 1) + 4 * first, first)


def _name_entry(number: int, name: str, kind: int = 2) -> Callable[[bytearray], None]:
    def change(content: bytearray) -> None:
        place = _directory(content) + 128 * number
        text = name.encode("utf-16-le") + b"\0\0"
        content[place : place + 64] = text.ljust(64, b"\0")
        struct.pack_into("<HB", content, place + 64, len(text), kind)

    return change


def _with_password(content: bytearray) -> None:
    # the record after the first BOF becomes FILEPASS
    start = content.index(b"\x09\x08\x10\x00")
    struct.pack_into("<H", content, start + 20, 0x2F)


def _zip(members: dict[str, bytes], change: Callable[[bytearray], None] | None = None, **info: int) -> Writer:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                entry = zipfile.ZipInfo(name)
                entry.compress_type = zipfile.ZIP_DEFLATED
                for key, value in info.items():
                    setattr(entry, key, value)
                archive.writestr(entry, content)
        if change:
            content = bytearray(path.read_bytes())
            change(content)
            path.write_bytes(content)

    return write


def _encrypted(content: bytearray) -> None:
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1


def _wrong_sum(content: bytearray) -> None:
    for mark, offset in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        struct.pack_into("<I", content, content.rindex(mark) + offset, 0xDEADBEEF)


def _small_in_directory(content: bytearray) -> None:
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", content, content.rindex(mark) + offset, 10)


def _overlapping(content: bytearray) -> None:
    # the second entry of the directory points at the first one's bytes
    struct.pack_into("<I", content, content.rindex(b"PK\x01\x02") + 42, 0)


def _ods(body: bytes, doctype: bytes = b"") -> Writer:
    content = b'<?xml version="1.0"?>' + doctype + b"<office:document-content "
    for name in (b"office", b"table", b"text"):
        content += b'xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0" ' % (name, name)
    content += b'><office:body><office:spreadsheet><table:table table:name="s">' + body
    content += b"</table:table></office:spreadsheet></office:body></office:document-content>"
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return _zip({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def _parquet(rows: int) -> Writer:
    """A column of one value, `rows` times: a few kilobytes."""

    def write(path: Path) -> None:
        import duckdb

        columns = ", ".join(f"'x' AS \"{header}\"" for header in ROSTER)
        duckdb.sql(f"COPY (SELECT {columns} FROM range({rows})) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 2000000)")

    return write


def _wrong_footer(path: Path) -> None:
    _parquet(10)(path)
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, len(content) - 8, 0x7FFFFFFF)
    path.write_bytes(content)


def _long_line(path: Path) -> None:
    with path.open("wb") as out:
        out.write(GOOD.encode())
        for _ in range(500):
            out.write(b"a" * 1_000_000)


def _socket(path: Path) -> None:
    # the path of a socket has a short limit of its own
    here = os.getcwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


def _page(inner: str) -> Writer:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in (ROSTER, LINE))
    return _text(f"<html><table>{rows}</table>{inner}</html>")


def _formula(text: bytes) -> bytes:
    cells = b"".join(b'<c r="%s1" t="inlineStr"><is><t>%s</t></is></c>' % (bytes([65 + n]), header.encode())
                     for n, header in enumerate(ROSTER))  # fmt: skip
    values = b"".join(b'<c r="%s2" t="inlineStr"><is><t>%s</t></is></c>' % (bytes([65 + n]), str(value).encode())
                      for n, value in enumerate(LINE))  # fmt: skip
    last = bytes([65 + len(ROSTER)])
    return _sheet(b'<row r="1">%s</row><row r="2">%s<c r="%s2" t="str"><f>%s</f><v>0</v></c></row>'
                  % (cells, values, last, text))  # fmt: skip


SHEET1, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
INJECTED = csv_text(ROSTER, roster(id_number(), 姓名="=cmd|'/C calc'!A0", 人员类别="企业职工"))

HOSTILE: dict[str, tuple[Writer, str]] = {
    "empty.csv": (_text(b""), "intake.zero_bytes"),
    "noise.csv": (_text(bytes(range(256)) * 50), "intake.encoding"),
    "nul.csv": (_text(GOOD.replace("85", "8\0005")), "intake.encoding"),
    "half_and_half.csv": (_text(GOOD.encode() * 3 + GOOD.encode("gb18030") * 3), "intake.encoding"),
    "broken_utf16.csv": (_text(b"\xff\xfe" + GOOD.encode("utf-16-le") + b"\x00\xd8\x00"), "intake.encoding"),
    "open_quote.csv": (_text(GOOD + '"' + "a,b\n" * 1_000), "quarantined"),
    "columns.csv": (_text(",".join((*ROSTER, *map(str, range(20_000)))) + "\n"), "intake.limit"),
    "long_line.csv": (_long_line, "intake.limit"),
    "header_twice.csv": (_text(csv_text((*ROSTER, "身份证号"), (*LINE, LINE[1]))), "intake.header_twice"),
    "noise.xlsx": (_text(b"PK\x03\x04" + bytes(range(256)) * 50), "intake.unreadable"),
    "cut.xlsx": (_cut(_book(), 0.5), "intake.unreadable"),
    "entity.xlsx": (_book({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'}), "intake.unsafe"),
    "laughs.xlsx": (_book({STRINGS: LAUGHS + b"]><sst " + MAIN + b"><si><t>&a9;</t></si></sst>"}), "intake.unsafe"),
    "laughs_in_sheet.xlsx": (_book({SHEET1: LAUGHS + b"]>" + _sheet(b'<row r="1"><c r="A1"><v>&a9;</v></c></row>')[21:]}),
                             "intake.unsafe"),
    "file_entity.xlsx": (_book({STRINGS: b'<!DOCTYPE z [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst ' + MAIN
                                + b"><si><t>&a;</t></si></sst>"}), "intake.unsafe"),
    "bomb.xlsx": (_book({SHEET1: _sheet(b" " * 60_000_000)}), "intake.unsafe"),
    "strings_bomb.xlsx": (_book({STRINGS: b"<sst " + MAIN + b">" + b"<si><t>a</t></si>" * 4_000_000 + b"</sst>"}),
                          "intake.unsafe"),
    "strings_promised.xlsx": (_book({STRINGS: b"<sst " + MAIN + b' count="4294967295" uniqueCount="4294967295"></sst>'}),
                              "intake.limit"),
    "far_cell.xlsx": (_book({SHEET1: _sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')}), "intake.limit"),
    "far_row.xlsx": (_book({SHEET1: _sheet(b'<row r="1"><c r="A4294967295"><v>1</v></c></row>')}), "intake.limit"),
    "deep.xlsx": (_book({SHEET1: _sheet(b"<a>" * 400_000)}), "intake.no_header"),
    "merges.xlsx": (_book({SHEET1: _sheet(b"", b"<mergeCells>" + b"".join(
        b'<mergeCell ref="A%d:A%d"/>' % (n, n + 1900) for n in range(2, 20_002)) + b"</mergeCells>")}), "intake.limit"),
    "sheets.xlsx": (_book({"xl/workbook.xml": b"<workbook " + MAIN + b"><sheets>" + b"".join(
        b'<sheet name="s%d" sheetId="%d"/>' % (n, n) for n in range(1, 20_000)) + b"</sheets></workbook>"}), "intake.unreadable"),
    "elsewhere.xlsx": (_book({"xl/_rels/workbook.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/'
        b'package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/worksheet" Target="../../../../etc/passwd"/></Relationships>'}), "intake.unreadable"),
    "climbing.xlsx": (_book({"../../evil.xml": b"x"}), "intake.unsafe"),
    "macro.xlsm": (_book({"xl/vbaProject.bin": b"x"}), "intake.macro"),
    "declared.xlsx": (_book({SHEET1: _formula(b"1+1").replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')}),
                      "accepted"),
    "dde.xlsx": (_book({SHEET1: _formula(b"cmd|'/C calc'!A0")}), "accepted"),
    "injection.csv": (_text(INJECTED), "accepted"),
    "long_title.xlsx": (_book(title="单位：" * 1_000_000), "accepted"),
    "noise.xls": (_text(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 50), "intake.unreadable"),
    "cut.xls": (_cut(_xls(pad=3000), 0.4), "intake.unreadable"),
    "looped.xls": (_xls(_loop_of_sectors), "intake.unsafe"),
    "looped_directory.xls": (_xls(_loop_of_directory), "intake.unsafe"),
    "macro.xls": (_xls(_name_entry(2, "_VBA_PROJECT_CUR", 1)), "intake.macro"),
    "password.xls": (_xls(_with_password), "intake.password"),
    "password.xlsx": (_xls(_name_entry(1, "EncryptedPackage")), "intake.password"),
    "spans.xls": (_page("<table><tr>" + '<td colspan="999999999" rowspan="999999999">x</td>' * 30_000 + "</tr></table>"),
                  "intake.limit"),
    "deep_page.xls": (_page("<table><tr><td>" * 200_000), "accepted"),
    "entity.ods": (_ods(b"", LAUGHS.split(b"?>")[1] + b"]>"), "intake.unsafe"),
    "repeated.ods": (_ods(b'<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        b'office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
        b"</table:table-row>"), "intake.limit"),
    "noise.parquet": (_text(b"PAR1" + bytes(range(256)) * 50), "intake.unreadable"),
    "wrong_footer.parquet": (_wrong_footer, "intake.unreadable"),
    "bomb.parquet": (_parquet(3_000_000), "intake.unsafe"),
    "bomb.zip": (_zip({"a.csv": b"0" * 30_000_000}), "intake.unsafe"),
    "nested.zip": (_zip({"inner.zip": b"PK\x05\x06" + bytes(18)}), "intake.unknown_type"),
    "climbing.zip": (_zip({"../../out.csv": GOOD.encode()}), "intake.unsafe"),
    "absolute.zip": (_zip({"/etc/out.csv": GOOD.encode()}), "intake.unsafe"),
    "link.zip": (_zip({"link.csv": b"/etc/passwd"}, external_attr=0o120777 << 16), "intake.unsafe"),
    "many.zip": (_zip({f"{n}.csv": b"" for n in range(6_000)}), "intake.unsafe"),
    "password.zip": (_zip({"a.csv": GOOD.encode()}, _encrypted), "intake.password"),
    "wrong_sum.zip": (_zip({"a.csv": GOOD.encode()}, _wrong_sum), "intake.unreadable"),
    "small_in_directory.zip": (_zip({"a.csv": b"0" * 100_000}, _small_in_directory), "intake.unreadable"),
    "overlapping.zip": (_zip({"a.csv": GOOD.encode(), "b.csv": GOOD.encode()}, _overlapping), "intake.unsafe"),
    "link.csv": (lambda path: os.symlink("/etc/passwd", path), "intake.not_regular"),
    "link_to_itself.csv": (lambda path: os.symlink(path, path), "intake.not_regular"),
    "pipe.csv": (lambda path: os.mkfifo(path), "intake.not_regular"),
    "socket.csv": (_socket, "intake.not_regular"),
    "program.exe": (_text(b"MZ"), "intake.unknown_type"),
    os.fsdecode("花名册.csv".encode("gb18030")): (_text(GOOD), "accepted"),
    "\u202evsc.花名册.csv": (_text(GOOD), "accepted"),
    "a\n\x1b[31m'; DROP TABLE x--.csv": (_text(GOOD), "accepted"),
    "长" * 83 + ".csv": (_text(GOOD), "accepted"),
}  # fmt: skip
