"""Files meant to break the reader, or broken: each ends in a refusal with its reason, and the load goes on."""

from __future__ import annotations

import os
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt

from orchestration.intake.discover import discover
from tests.unit.intake.bureau import ROSTER, Case, csv_text, id_number, roster

GOOD = id_number()


def workbook(path: Path, *rows: tuple) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def repacked(path: Path, change: dict[str, bytes]) -> None:
    """The xlsx with parts replaced or added."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (parts | change).items():
            package.writestr(name, content)


SHEET = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    case = Case(
        tmp_path_factory.mktemp("hostile"),
        sheet_memory_mb="1000",
        sheet_seconds="10",
        sheet_cells="200000",
        unzipped_mb="50",
    )
    folder = case.folder()
    (folder / "empty.csv").write_bytes(b"")
    (folder / "noise.csv").write_bytes(bytes(range(256)) * 50)
    (folder / "noise.xlsx").write_bytes(b"PK\x03\x04" + bytes(range(256)) * 50)
    (folder / "noise.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 50)
    (folder / "noise.parquet").write_bytes(b"PAR1" + bytes(range(256)) * 50)
    (folder / "macro.doc").write_bytes(b"x")
    far = workbook(folder / "far_cell.xlsx", ROSTER)
    repacked(far, {"xl/worksheets/sheet1.xml": SHEET % b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'})
    bomb = workbook(folder / "bomb.xlsx", ROSTER)
    repacked(bomb, {"xl/worksheets/sheet1.xml": SHEET % (b" " * 60_000_000)})
    dtd = workbook(folder / "dtd.xlsx", ROSTER)
    repacked(dtd, {"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'})
    macro = workbook(folder / "macro.xlsm", ROSTER)
    repacked(macro, {"xl/vbaProject.bin": b"x"})
    cut = workbook(folder / "cut.xlsx", ROSTER, roster(GOOD)).read_bytes()
    (folder / "cut.xlsx").write_bytes(cut[: len(cut) // 2])
    many = xlsxwriter.Workbook(str(folder / "many_cells.xlsx"), {"constant_memory": True})
    sheet = many.add_worksheet()
    for row in range(2100):
        sheet.write_row(row, 0, [1] * 100)
    many.close()
    book = xlwt.Workbook()
    sheet = book.add_sheet("looped")
    sheet.write(0, 0, "x")
    book.save(str(folder / "looped.xls"))
    content = bytearray((folder / "looped.xls").read_bytes())
    table = 512 * (struct.unpack_from("<I", content, 76)[0] + 1)
    struct.pack_into("<II", content, table, 1, 0)
    (folder / "looped.xls").write_bytes(content)
    case.text("twice.csv", (*ROSTER, "身份证号"), (*roster(GOOD), GOOD))
    case.text("no_header.csv", "a,b,c", "1,2,3")
    case.text("only_header.csv", ROSTER)
    case.text("missing.csv", [h for h in ROSTER if h != "是否结业"], roster(GOOD)[:8])
    (folder / "wide.csv").write_text("a," * 5000 + "\n", encoding="utf-8")
    workbook(folder / "good.xlsx", ROSTER, roster(GOOD))
    # content decides: a workbook, a page and tabs under the name .xls
    (folder / "workbook.xls").write_bytes((folder / "good.xlsx").read_bytes())
    page = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in line) + "</tr>" for line in (ROSTER, roster(GOOD)))
    (folder / "page.xls").write_bytes(f"<html><meta charset=gb2312><table>{page}</table></html>".encode("gb18030"))
    (folder / "tabs.xls").write_bytes(csv_text(ROSTER, roster(GOOD)).replace(",", "\t").encode("gb18030"))
    os.symlink("/etc/passwd", folder / "link.csv")
    os.mkfifo(folder / "pipe.csv")
    (folder / "~$good.xlsx").write_bytes(b"x")
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / os.fsdecode("学员_王小明.csv".encode("gb18030"))).write_bytes(csv_text(ROSTER, roster(GOOD)).encode())
    return case.read()


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("empty.csv", "intake.zero_bytes"),
        ("noise.csv", "intake.encoding"),
        ("noise.xlsx", "intake.unreadable"),
        ("noise.xls", "intake.unreadable"),
        ("noise.parquet", "intake.unreadable"),
        ("cut.xlsx", "intake.unreadable"),
        ("dtd.xlsx", "intake.unsafe"),
        ("macro.xlsm", "intake.macro"),
        ("far_cell.xlsx", "intake.limit"),
        ("bomb.xlsx", "intake.limit"),
        ("many_cells.xlsx", "intake.limit"),
        ("looped.xls", "intake.unsafe"),
        ("twice.csv", "intake.header_twice"),
        ("no_header.csv", "intake.no_header"),
        ("missing.csv", "intake.column_missing"),
        ("wide.csv", "intake.limit"),
    ],
)
def test_refused_with_its_reason(case: Case, name: str, rule: str) -> None:
    assert case.refusal(name) == rule
    assert name not in str(case.file(name).reasons[0]["message"])


@pytest.mark.parametrize("name", ["good.xlsx", "workbook.xls", "page.xls", "tabs.xls", "学员_***.csv"])
def test_good_files_beside_hostile_ones_are_read(case: Case, name: str) -> None:
    file = case.file(name)
    assert (file.state, file.rows_read, file.rows_not_data) == ("read", 2, 1)


def test_a_header_without_rows_is_empty(case: Case) -> None:
    assert (case.file("only_header.csv").state, case.file("only_header.csv").rows_read) == ("empty", 1)


def test_links_pipes_and_unknown_types_are_refused_by_name(case: Case) -> None:
    found = {name: entry["reasons"][0]["rule_id"] for name, entry in case.refused_by_name.items()}
    assert found == {
        "link.csv": "intake.not_regular",
        "pipe.csv": "intake.not_regular",
        "macro.doc": "intake.unknown_type",
    }
    assert sorted(case.passed_over) == ["Thumbs.db", "~$good.xlsx"]


def test_personal_columns_stay_out_of_the_candidate(case: Case) -> None:
    candidate = case.reading.candidates["enrollments"].read_bytes()
    assert GOOD.encode() not in candidate
    assert case.reading.personal[("enrollments", "500103", "2020Q1")].stat().st_mode & 0o777 == 0o600


def test_an_archive_is_a_folder_with_names_of_chinese_windows(tmp_path: Path) -> None:
    path = tmp_path / "两江新区.zip"
    name = "2020Q2/回访.csv".encode("gb18030")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("A" * len(name), "班期编号,匿名编号\n")
    path.write_bytes(path.read_bytes().replace(b"A" * len(name), name))
    (drop,) = discover([path]).drops
    assert (drop.name, drop.unit, drop.period) == ("回访.csv", "500191", "2020Q2")


@pytest.mark.parametrize("member", ["../out.csv", "/abs.csv", "C:\\x.csv"])
def test_an_archive_whose_paths_leave_it_is_refused(tmp_path: Path, member: str) -> None:
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "x")
    found = discover([path])
    assert not found.drops and found.refused[0]["reasons"][0]["rule_id"] == "intake.unsafe"


def test_an_archive_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * 30_000_000)
    assert discover([path]).refused[0]["reasons"][0]["rule_id"] == "intake.unsafe"
