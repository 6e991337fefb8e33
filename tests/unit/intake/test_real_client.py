"""One dirty roster saved by LibreOffice as xls, ods and xlsx (tests/fixtures/intake): the three read alike, and rightly.

In it: D01 titles and merged cells, D02 subtotals and signatures, D03 full-width digits, D05 spaced numbers, D06 fifteen
digits, D07 a number that lost digits, D08 a wrong check digit, D10 forms of a date, D13 a repeat, D19 several categories,
D22 phones as numbers, D23 the class in the title, D30 a hidden row and sheet, D31 yes and no, D34 a test row.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.unit.intake.bureau import Case, column

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "intake"
KINDS = ("xls", "ods", "xlsx")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    case = Case(tmp_path_factory.mktemp("client"))
    for kind in KINDS:
        # each in a slot of its own, so that none repeats another
        shutil.copy(FIXTURES / f"roster_libreoffice.{kind}", case.folder(f"50010{KINDS.index(kind) + 3}/2020Q1"))
    return case.read()


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_saved_by_a_real_client_is_read_rightly(case: Case, kind: str) -> None:
    name = f"roster_libreoffice.{kind}"
    file, rows = case.file(name), case.rows(name)
    # two titles, the header, subtotal, total and signature
    assert (file.state, file.dataset, file.rows_not_data, len(rows)) == ("read", "enrollments", 6, 9)
    assert column(rows, "row_no") == [4, 5, 6, 7, 9, 10, 11, 12, 13]
    assert set(column(rows, "class_id")) == {"YZ2020-0137"}
    assert [str(day) for day in column(rows, "enrolled_on")[:4]] == [f"2020-03-0{n}" for n in range(1, 5)]
    told = column(rows, "completion")
    assert told[:1] + told[3:] == ["completed", "failed", "absent"] + ["completed"] * 4
    assert rows[0]["trainee_categories"] == rows[8]["trainee_categories"]
    faults = [[fault.split(":")[1] for fault in row["faults"]] for row in rows]
    # 是否结业=√ is a yes
    assert told[1] == "completed" and faults[:4] == [[], [], [], []] and rows[8]["duplicate_of"] == rows[0]["row_id"]
    assert {"id_upgraded", "no_year"} <= set(faults[4])
    assert faults[5:8] == [["damaged"], ["checksum"], ["test_row"]]
    assert {notice["rule_id"] for notice in file.notices} >= {"intake.hidden_rows", "intake.sheet_not_read"}


def test_the_three_formats_give_the_same_rows(case: Case) -> None:
    place = ("row_id", "file_no", "file_name", "slot_unit", "duplicate_of")
    read = [
        [{k: v for k, v in row.items() if k not in place} for row in case.rows(f"roster_libreoffice.{kind}")]
        for kind in KINDS
    ]
    assert read[0] == read[1] == read[2]
