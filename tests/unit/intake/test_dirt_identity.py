"""The catalogue of dirt, D01 to D34: persons - forms of an ID number, damage, duplicates, categories, names, test rows."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.unit.intake.bureau import CLAIM, ROSTER, Case, claim, column, id_number, roster

GOOD = id_number()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    case = Case(tmp_path_factory.mktemp("identity"))
    for write in (d05, d06, d07, d08, d09, d13, d19, d21_d22, d34):
        write(case)
    return case.read()


def d05(case: Case) -> None:
    with_x = next(n for n in (id_number(sequence=s) for s in range(1, 999)) if n.endswith("X"))
    forms = [
        with_x.lower(),
        with_x.replace("X", "Ｘ"),
        with_x.replace("X", "×"),
        "'" + with_x,
        " ".join([with_x[:6], with_x[6:10], with_x[10:14], with_x[14:]]),
    ]
    case.text(
        "d05.csv",
        ROSTER,
        *(roster(form, 班期编号=f"YZ2020-02{i:02d}") for i, form in enumerate(forms)),
        place="500103/201905",
    )


def d06(case: Case) -> None:
    short = "509901900101001"
    case.text(
        "d06.csv",
        ROSTER,
        roster(short),
        roster(id_number("19900101", 1), 班期编号="YZ2020-0138"),
        place="500103/201906",
    )


def d07(case: Case) -> None:
    book = openpyxl.Workbook()
    book.active.append(ROSTER)
    book.active.append(roster(509901199001010017, 姓名="数字"))
    book.active.append(roster("5.09901E+17", 姓名="指数"))
    book.save(case.folder("500103/201907") / "d07.xlsx")


def d08(case: Case) -> None:
    wrong = GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1")
    case.text(
        "d08.csv",
        ROSTER,
        roster(wrong),
        roster(id_number("19900231", 1)),
        roster(id_number(sequence=2), 性别="男"),
        place="500103/201908",
    )


def d09(case: Case) -> None:
    case.text(
        "d09.csv",
        ROSTER,
        roster(id_number(area="510202", birth="19700101")),
        roster(id_number(area="999999", birth="19700101")),
        place="500103/201909",
    )


def d13(case: Case) -> None:
    place = "500103/202001"
    case.text("d13_a.csv", ROSTER, roster(GOOD), roster(GOOD, 报名日期="2020年3月1日", 姓名="甲 某"), place=place)
    case.text(
        "d13_b.csv",
        ROSTER,
        roster(GOOD),
        roster(id_number(sequence=3)),
        roster(id_number(sequence=3), 是否结业="不合格"),
        place=place,
    )
    case.text(
        "d13_c.csv",
        ROSTER,
        roster(id_number(sequence=5)),
        roster(id_number(sequence=5), 考核成绩="", 联系电话=""),
        place=place,
    )


def d19(case: Case) -> None:
    texts = ["低保、残疾人", "农民工/退役军人", "两后生；企业职工", "企业职工 外星人"]
    lines = (roster(id_number(sequence=21 + 2 * i), 人员类别=text) for i, text in enumerate(texts))
    case.text("d19.csv", ROSTER, *lines, place="500103/202006")


def d21_d22(case: Case) -> None:
    case.text(
        "d21.csv",
        ROSTER,
        roster(id_number(sequence=1), 姓名="甲　某"),
        roster(id_number(sequence=3), 姓名="阿不都·热合曼"),
        roster(id_number(sequence=5), 姓名="李?"),
        roster(id_number(sequence=7), 姓名="李\ue123"),
        roster(id_number(sequence=9), 联系电话="100-0000-0001"),
        place="500103/202008",
    )


def d34(case: Case) -> None:
    names = ["测试", "test", "样例", "测试学员1", "张三"]
    lines = (roster(id_number(sequence=40 + i), 姓名=name) for i, name in enumerate(names))
    case.text("d34.csv", ROSTER, *lines, place="500103/202104")


def test_d05_forms_of_one_number_are_one_person(case: Case) -> None:
    rows = case.rows("d05.csv")
    assert len(set(column(rows, "person_key"))) == 1
    assert all(row["faults"] == [] for row in rows)


def test_d06_fifteen_digits_are_raised_to_eighteen(case: Case) -> None:
    short, long = case.rows("d06.csv")
    assert short["person_key"] == long["person_key"]
    assert (short["faults"], short["birth_year"]) == (["person_id:id_upgraded"], 1990)


def test_d07_numbers_that_lost_digits_are_damaged(case: Case) -> None:
    rows = case.rows("d07.xlsx")
    assert column(rows, "faults") == [["person_id:damaged"]] * 2
    assert column(rows, "person_key") == [None, None]


def test_d08_check_digit_birth_date_sex(case: Case) -> None:
    assert column(case.rows("d08.csv"), "faults") == [
        ["person_id:checksum"],
        ["person_id:birth_date"],
        ["person_id:sex"],
    ]


def test_d09_area_codes_of_before_1997_are_good(case: Case) -> None:
    assert column(case.rows("d09.csv"), "faults") == [[], ["person_id:area_code"]]


def test_d13_duplicates_conflicts_and_merges(case: Case) -> None:
    first, second = case.rows("d13_a.csv")
    again, one, other = case.rows("d13_b.csv")
    assert (first["duplicate_of"], second["duplicate_of"], again["duplicate_of"]) == (
        None,
        first["row_id"],
        first["row_id"],
    )
    assert one["faults"] == other["faults"] == ["*:key_conflict"]
    full, blank = case.rows("d13_c.csv")
    assert (full["faults"], blank["duplicate_of"]) == (["*:merged"], full["row_id"])


def test_a_row_with_a_bad_amount_neither_completes_nor_swallows_its_good_twin(tmp_path: Path) -> None:
    case = Case(tmp_path)
    for name, standards in (("good_first.csv", ("", "#REF!")), ("bad_first.csv", ("#REF!", ""))):
        case.text(name, (*CLAIM, "补贴标准"), *((*claim(name), standard) for standard in standards))
    case.read()
    for name in ("good_first.csv", "bad_first.csv"):
        rows = case.rows(name)
        assert all("*:key_conflict" in row["faults"] and row["duplicate_of"] is None for row in rows)


def test_d19_several_categories_in_a_cell(case: Case) -> None:
    rows = case.rows("d19.csv")
    assert column(rows, "trainee_categories") == [
        ["disabled", "low_income_family"],
        ["rural_worker", "veteran"],
        ["enterprise_employee", "school_leaver"],
        None,
    ]
    assert rows[3]["faults"] == ["trainee_categories:unknown_code"]


def test_d21_damaged_names_d22_phones(case: Case) -> None:
    rows = case.rows("d21.csv")
    assert column(rows, "faults") == [[], [], ["person_name:name_damaged"], ["person_name:name_damaged"], []]
    assert len(set(column(rows, "phone_key"))) == 1


def test_d34_test_rows(case: Case) -> None:
    rows = case.rows("d34.csv")
    assert ["*:test_row" in row["faults"] for row in rows] == [True, True, True, True, False]
