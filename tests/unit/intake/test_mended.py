"""Units named in cells and corners, open contracts, unborn persons, one day of attendance, repeats that are no merger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from orchestration.intake.titles import _corner_factors
from tests.unit.intake.bureau import CLAIM, ROSTER, Case, claim, column, id_number, roster

PERSON = id_number("19900307")
OPEN = date(9999, 12, 31)


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    case = Case(tmp_path_factory.mktemp("mended"))
    heads = ("区划", "年度", "口径", "修订日期", "就业人员总量（万人）", "技能劳动者总量（万人）")
    for number, cell in enumerate(("452000人", "45.2万人", "45.2", "452000名", "0.5人")):
        line = ("渝中区", "2019", "常住", "2021-02-01", cell, "12.5")
        case.text(f"存量{number}.csv", heads, line, place=f"500103/20200{number + 1}")
    in_wan = tuple("申领金额（万元）" if name == "申领金额" else name for name in CLAIM)
    in_yuan = tuple("申领金额【元】" if name == "申领金额" else name for name in CLAIM)
    case.text("万元.csv", in_wan, claim("A-1", "15000元"), claim("A-2", "1.5"), claim("A-3", "1.5万"))
    case.text("元.csv", "单位：万元", in_yuan, claim("B-1", "15000"), claim("B-2", "1.5万元"))
    for name, corner in (("角一", "单位：人、万元"), ("角二", "单位：人，万元"), ("角三", "单位：万元、人")):
        with_heads = (*CLAIM, "申领人数")
        case.text(f"{name}.csv", (f'"{corner}"',), with_heads, (*claim(name, "1.5"), "10"))
    ranges = (
        "2020-01-01至无固定期限",
        "2020.1.1-无固定期限",
        "2020-01-01至长期",
        "2020-01-01至2021-12-31",
        "2020年1月1日至今",
    )
    case.text(
        "合同.csv",
        (*ROSTER, "合同起止"),
        *((*roster(id_number(sequence=n)), text) for n, text in enumerate(ranges, 10)),
    )
    births = ("20990101", "20200401", "20200331", "19900101")
    case.text("出生.csv", ROSTER, *(roster(id_number(birth, 40)) for birth in births), place="500103/2020Q1")
    case.text("出生二.csv", ROSTER, *(roster(id_number(birth, 40)) for birth in births), place="500103/2020Q2")
    to_person = {"申领主体类型": "个人", "申领日期": "2020-03-01"}
    payees = [claim(f"P-{n}", **to_person, 申领单位代码=id_number(birth, 50)) for n, birth in enumerate(births)]
    case.text("领款.csv", CLAIM, *payees, place="500103/202003")
    title = ("YZ2020-0901 2020年9月签到表 每天4课时 线下",)
    signs = (("王强", id_number(sequence=61), "√"), ("孙行", id_number(sequence=62), "×"))
    case.text("一天.csv", title, ("姓名", "身份证号", "9月1日"), *signs, place="500103/202009")
    case.text("一数.csv", title, ("姓名", "身份证号", "1"), *signs, place="500103/202009")
    short = PERSON[:6] + PERSON[8:17]
    case.text("并重.csv", ROSTER, roster(PERSON), roster(short), place="500103/201904")
    filled, blank = roster(PERSON), roster(PERSON, 考核成绩="", 联系电话="")
    case.text("并补.csv", ROSTER, filled, blank, place="500103/201905")
    case.text("并补二.csv", ROSTER, blank, filled, place="500103/201906")
    bad = [roster(PERSON, 报名日期=text) for text in ("2020-13-01", "2020-14-01")]
    case.text("并坏.csv", ROSTER, *bad, place="500103/201907")
    return case.read()


def test_a_count_in_its_own_unit_goes_before_the_header(case):
    totals = [case.rows(f"存量{number}.csv")[0]["employed_total"] for number in range(5)]
    assert totals == [452000, 452000, 452000, 452000, None]
    assert case.rows("存量0.csv")[0]["skilled_total"] == 125000


def test_money_in_its_own_unit_goes_before_header_and_header_before_corner(case):
    assert column(case.rows("万元.csv"), "claimed_yuan") == [Decimal(15000)] * 3
    assert column(case.rows("元.csv"), "claimed_yuan") == [Decimal(15000)] * 2


@pytest.mark.parametrize("name", ["角一.csv", "角二.csv", "角三.csv"])
def test_a_corner_names_its_units_in_any_order(case, name):
    (row,) = case.rows(name)
    assert (row["claimed_yuan"], row["claimed_headcount"]) == (Decimal(15000), 10)


@pytest.mark.parametrize(
    ("corner", "factors"),
    [
        ("单位:人、万元", (10_000, 1)),
        ("单位:人 / 万元", (10_000, 1)),
        ("单位:家、人次、千元", (1_000, 1)),
        ("单位:万元", (10_000, None)),
        ("单位:万人", (None, 10_000)),
        ("金额单位:万元 人数单位:人", (10_000, 1)),
        ("填报单位:人社局 单位:万元", (10_000, None)),
        ("填报单位:渝中区人社局", (None, None)),
        ("补贴发放表(万元)", (10_000, None)),
    ],
)
def test_units_of_a_corner(corner, factors):
    assert _corner_factors(corner) == factors


def test_a_contract_without_a_term_is_open(case):
    rows = case.rows("合同.csv")
    assert column(rows, "contract_from") == [date(2020, 1, 1)] * 5
    assert column(rows, "contract_to") == [OPEN, OPEN, OPEN, date(2021, 12, 31), OPEN]
    assert not any(fault.startswith("contract_") for row in rows for fault in row["faults"])


@pytest.mark.parametrize(("name", "unborn"), [("出生.csv", [1, 1, 0, 0]), ("出生二.csv", [1, 0, 0, 0])])
def test_nobody_is_born_after_the_period_of_the_submission(case, name, unborn):
    rows = case.rows(name)
    assert [int("person_id:birth_date" in row["faults"]) for row in rows] == unborn
    assert [int(row["person_key"] is None) for row in rows] == unborn


def test_no_payee_is_born_after_it_either(case):
    rows = case.rows("领款.csv")
    assert [int("payee_id:birth_date" in row["faults"]) for row in rows] == [1, 1, 0, 0]
    assert [int(row["payee_id"] is None) for row in rows] == [1, 1, 0, 0]


def test_one_day_column_is_a_wide_sheet(case):
    file, (row,) = case.file("一天.csv"), case.rows("一天.csv")
    assert (file.dataset, file.state) == ("attendance", "read")
    assert (row["class_id"], row["attended_on"], row["lessons"]) == ("YZ2020-0901", date(2020, 9, 1), Decimal(4))
    # title, header and the mark of absence
    assert (file.rows_read, file.rows_not_data) == (4, 3)


def test_a_bare_number_alone_is_no_day(case):
    assert case.file("一数.csv").state == "refused"


def test_rows_equal_once_canonical_are_repeats_and_not_merged(case):
    first, second = case.rows("并重.csv")
    assert second["duplicate_of"] == first["row_id"]
    assert not any("*:merged" in row["faults"] for row in (first, second))


@pytest.mark.parametrize("name", ["并补.csv", "并补二.csv"])
def test_blank_against_filled_is_merged(case, name):
    first, second = case.rows(name)
    assert "*:merged" in first["faults"]
    assert first["exam_score"] == Decimal(85)
    assert second["duplicate_of"] == first["row_id"]


def test_two_unreadable_optional_values_are_nothing_to_merge(case):
    first, second = case.rows("并坏.csv")
    assert "*:merged" not in first["faults"]
    assert second["duplicate_of"] == first["row_id"]
