"""An ID number or a phone never passes reading, wherever a clerk has put it; and no cell can stop a whole load."""

from __future__ import annotations

import re

import openpyxl
import pytest

from orchestration.intake.names import display
from tests.unit.intake.bureau import CLAIM, ROSTER, Case, claim, column, id_number, roster

PERSON = id_number(sequence=7)
IDENTITY = re.compile(r"\d{17}[\dX]")


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """Claims whose identifiers and texts hold ID numbers, and a roster on a sheet that is named by one."""
    case = Case(tmp_path_factory.mktemp("leaks"))
    header = (*CLAIM, "核减原因", "班期编号")
    case.text(
        "claims.csv",
        header,
        (*claim(PERSON), "", ""),
        (*claim(f"SQ{PERSON}"), f"学员{PERSON}电话13611112222重复", ""),
        (*claim("A-3", **{"申领单位代码": PERSON}), "", f"张伟{PERSON}"),
        (*claim("A-4", amount="9999999999999999.99"), "", ""),
        (*claim("A-5", amount="9999999999999.99"), "", ""),
    )
    book = openpyxl.Workbook()
    book.active.title = f"学员{PERSON}"
    book.active.append(list(ROSTER))
    book.active.append(list(roster(PERSON)))
    book.save(case.folder() / "roster.xlsx")
    return case.read()


def test_no_column_of_a_candidate_holds_an_id_number(case):
    for name in ("claims.csv", "roster.xlsx"):
        for row in case.rows(name):
            for value in row.values():
                assert not (isinstance(value, str) and IDENTITY.search(value)), name


def test_the_same_person_in_an_identifier_gives_the_same_identifier(case):
    ids = column(case.rows("claims.csv"), "claim_id")
    assert ids[1] == f"SQ{ids[0]}"
    assert column(case.rows("claims.csv"), "class_id")[2] == ids[0]


def test_a_phone_in_a_text_is_masked(case):
    assert "1**********" in column(case.rows("claims.csv"), "cut_reason")[1]


def test_a_sheet_named_by_an_id_number_is_masked(case):
    assert not IDENTITY.search(column(case.rows("roster.xlsx"), "sheet")[0])
    assert not IDENTITY.search(str(case.file("roster.xlsx")))


def test_a_sum_no_bureau_has_is_a_bad_value_not_a_crash(case):
    rows = case.rows("claims.csv")
    assert "claimed_yuan:unreadable" in rows[3]["faults"]
    assert rows[4]["amount_fen"] == 999999999999999


def test_what_stands_beside_a_number_in_a_file_name_is_the_person():
    assert display(f"张伟{PERSON}-10012345678.csv") == f"**{PERSON[:6]}************-1**********.csv"
