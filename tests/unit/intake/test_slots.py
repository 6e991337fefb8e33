"""One file, one unit and period for each dataset in it."""

from __future__ import annotations

import openpyxl

from tests.unit.intake.bureau import ROSTER, Case, id_number, roster


def write_two_quarters(path, titles: tuple[str, str]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, title in enumerate(titles, start=1):
        sheet = book.create_sheet(f"第{number}张")
        sheet.append([title])
        sheet.append(list(ROSTER))
        sheet.append(list(roster(id_number(sequence=number))))
    book.save(path)


def test_a_workbook_of_two_quarters_without_a_folder_is_refused_whole(tmp_path):
    case = Case(tmp_path)
    folder = case.folder("500103")
    write_two_quarters(folder / "花名册.xlsx", ("渝中区2020年第一季度学员花名册", "渝中区2020年第二季度学员花名册"))
    case.read()
    file = case.file("花名册.xlsx")
    assert file.state == "refused"
    assert [reason["rule_id"] for reason in file.reasons] == ["intake.several_slots"]


def test_its_folder_decides_where_it_lies_in_one(tmp_path):
    case = Case(tmp_path)
    write_two_quarters(case.folder() / "花名册.xlsx", ("渝中区2020年第一季度学员花名册", "学员花名册"))
    case.read()
    assert case.file("花名册.xlsx").state == "read"
