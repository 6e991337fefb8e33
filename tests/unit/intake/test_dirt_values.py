"""The catalogue of dirt, D01 to D34: values - dates, months, amounts, codes, levels, yes and no, percentages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.intake.bureau import CLAIM, PAYEE, ROSTER, Case, claim, column, id_number, roster

GOOD = id_number()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    case = Case(tmp_path_factory.mktemp("values"))
    for write in (d10, d11, d12, d14, d16, d17, d18, d31, d32):
        write(case)
    return case.read()


DATES = [
    "2019.9.3",
    "2019/9/3",
    "20190903",
    "2019年9月3日",
    "19.9.3",
    "43711",
    "2019-09",
    "9月3日",
    "2019-09-03 00:00:00",
    "2019-02-30",
]


def d10(case: Case) -> None:
    lines = (roster(id_number(sequence=11 + 2 * i), 报名日期=text) for i, text in enumerate(DATES))
    case.text("d10.csv", ROSTER, *lines, place="500103/201910")
    header = (
        "班期编号",
        "统一社会信用代码",
        "培训类型",
        "职业（工种）名称",
        "审核通过日期",
        "培训起止日期",
        "总课时",
        "所属区县",
        "资金来源",
        "审核状态",
    )
    line = ("YZ2019-0001", PAYEE, "就业技能", "焊工", "2019.8.1", "2019.09.03-09.20", "60", "渝中区", "专账", "已备案")
    case.text("d10_range.csv", header, line, place="500103/201910")


def d11(case: Case) -> None:
    header = ("证件号码", "险种", "参保开始年月", "停保年月")
    months = ["201909", "2019.9", "Sep-19", "2019年9月"]
    lines = [
        (id_number(sequence=i), "养老", month, end)
        for i, (month, end) in enumerate(zip(months, ["201910", "", "999912", "9999-12-31"], strict=True), 1)
    ]
    case.text("d11.csv", header, *lines, place="500103/201911")
    case.text(
        "d11_october.csv", header, (GOOD, "养老", "2019.1", ""), (GOOD, "失业", "2019.10", ""), place="500103/201911"
    )
    case.text("d11_alone.csv", header, (GOOD, "工伤", "2019.1", ""), place="500103/201911")


AMOUNTS = {
    "1,500.00元": "1500.00",
    "￥1500": "1500.00",
    "1.5万元": "15000.00",
    "－1200": "-1200.00",
    "(1,200.00)": "-1200.00",
    "１２００": "1200.00",
    "-": None,
    "/": None,
    "约一千": "bad",
    "#REF!": "bad",
}


def d12(case: Case) -> None:
    header = (*CLAIM, "拨付金额（万元）")
    lines = (claim(f"S{i}", f'"{text}"') + ("0.15",) for i, text in enumerate(AMOUNTS))
    case.text("d12.csv", header, *lines, place="500103/201912")


def d14(case: Case) -> None:
    case.text("d14.csv", CLAIM, claim("S1", 状态="作废"), claim("S2", 状态="退回"), place="500103/202002")


def d16(case: Case) -> None:
    header = ("统一社会信用代码", "机构名称", "曾用名", "机构类型", "所在区县", "纳入目录日期")
    case.text(
        "d16.csv",
        header,
        (PAYEE, "合成培训学校（渝中）", "甲校、乙校", "民办培训机构", "500103", "2019-01-01"),
        place="500103/202003",
    )


def d17(case: Case) -> None:
    header = ("项目编号", "项目名称", "职业编码", "职业（工种）", "证书类型", "补贴标准（元/人）", "生效日期")
    codes = ["X6-18-02-04", "6 18 02 04", "６－１８－０２－０４", "焊工"]
    case.text(
        "d17.csv",
        header,
        *((f"P{i}", "焊工班", code, "焊工", "技能等级证书", "800", "2019-01-01") for i, code in enumerate(codes)),
        place="500103/202004",
    )


LEVELS = {
    "五级": "5",
    "初级": "5",
    "5": "5",
    "初级工（五级）": "5",
    "L5": "5",
    "高级": "3",
    "高级技师": "1",
    "技师": "2",
    "二级/技师": "2",
    "无": None,
    "高级技师（二级）": "ambiguous",
    "特级": "unknown_code",
}


def d18(case: Case) -> None:
    header = ("评价批次号", "身份证号", "职业（工种）", "等级", "考试日期", "评定结果")
    lines = ((f"B{i}", GOOD, "焊工", text, "2020-03-01", "合格") for i, text in enumerate(LEVELS))
    case.text("d18.csv", header, *lines, place="500103/202005")


def d31(case: Case) -> None:
    header = ("班期编号", "匿名编号", "是否接通")
    texts = ["是", "否", "√", "1", "Y", "", "也许"]
    case.text(
        "d31.csv", header, *(("YZ2020-0137", f"R{i}", text) for i, text in enumerate(texts)), place="500103/202102"
    )


TARGETS = {"27%": "0.2700", "0.27": "0.2700", "27": "0.2700", "27%以上": "0.2700"}


def d32(case: Case) -> None:
    header = ("指标代码", "年度", "目标值", "计量单位", "版本")
    lines = [("参评率", str(2001 + i), text, "%", "0") for i, text in enumerate(TARGETS)]
    case.text(
        "d32.csv",
        header,
        *lines,
        ("培训人次", "2020", "1.6万人次", "人次", "年初"),
        ("培训人次", "2021", "1.6", "万人次", "年中调整"),
        place="500103/202103",
    )
    case.text(
        "d32_streets.csv",
        ("指标代码", "年度", "街道", "目标值", "计量单位", "版本", "统计单位"),
        *(
            ("培训人次", str(2019 + i), cell, "10", "人次", "0", "渝中区")
            for i, cell in enumerate(("大溪沟街道", "培训类型＝就业技能", "training_type=就业技能", "—"))
        ),
        place="500103/202104",
    )


def test_a_target_keeps_the_dimension_that_its_cell_names(case: Case) -> None:
    assert column(case.rows("d32_streets.csv"), "breakdown") == [
        "street=大溪沟街道",
        "training_type=job_skills",
        "training_type=job_skills",
        None,
    ]


def test_d10_forms_of_a_date(case: Case) -> None:
    day = date(2019, 9, 3)
    rows = case.rows("d10.csv")
    assert column(rows, "enrolled_on") == [day] * 6 + [None, None, day, None]
    assert [row["faults"] for row in rows if row["faults"]] == [
        ["enrolled_on:unreadable"],
        ["enrolled_on:no_year"],
        ["enrolled_on:unreadable"],
    ]
    (span,) = case.rows("d10_range.csv")
    assert (span["starts_on"], span["ends_on"]) == (day, date(2019, 9, 20))


def test_d11_months(case: Case) -> None:
    rows = case.rows("d11.csv")
    assert set(column(rows, "starts_on")) == {date(2019, 9, 1)}
    assert column(rows, "ends_on") == [date(2019, 10, 31), None, date(9999, 12, 31), date(9999, 12, 31)]
    assert column(case.rows("d11_october.csv"), "starts_on") == [date(2019, 1, 1), date(2019, 10, 1)]
    assert column(case.rows("d11_alone.csv"), "faults") == [["starts_on:ambiguous"]]


def test_d12_amounts_with_units_signs_and_brackets(case: Case) -> None:
    for row, (text, value) in zip(case.rows("d12.csv"), AMOUNTS.items(), strict=True):
        assert row["claimed_yuan"] == (Decimal(value) if value not in (None, "bad") else None), text
        assert bool(row["faults"]) == (value == "bad"), text
        assert row["paid_yuan"] == Decimal("1500.00")


def test_d14_void_rows_keep_their_status(case: Case) -> None:
    assert column(case.rows("d14.csv"), "claim_status") == ["void", "returned"]


def test_d16_names_lists_and_divisions(case: Case) -> None:
    (row,) = case.rows("d16.csv")
    assert (row["former_names"], row["institution_kind"], row["district_code"]) == (
        ["甲校", "乙校"],
        "private_school",
        "500103",
    )


def test_d17_occupation_codes(case: Case) -> None:
    rows = case.rows("d17.csv")
    assert column(rows, "occupation_code") == ["6-18-02-04"] * 3 + [None]
    assert rows[3]["faults"] == ["occupation_code:unreadable"]


def test_d18_levels_longest_name_first(case: Case) -> None:
    for row, (text, level) in zip(case.rows("d18.csv"), LEVELS.items(), strict=True):
        is_bad = level in ("ambiguous", "unknown_code")
        assert row["skill_level"] == (None if is_bad else level), text
        assert row["faults"] == ([f"skill_level:{level}"] if is_bad else []), text


def test_d31_yes_and_no(case: Case) -> None:
    rows = case.rows("d31.csv")
    assert column(rows, "reached") == [True, False, True, True, True, None, None]
    assert rows[6]["faults"] == ["reached:unknown_code"] and rows[5]["faults"] == []


def test_d32_percentages_with_comparator(case: Case) -> None:
    rows = case.rows("d32.csv")
    assert [str(row["target_value"]) for row in rows[:4]] == list(TARGETS.values())
    assert column(rows[4:], "target_value") == [16000, 16000]
    assert column(rows[4:], "plan_version") == [0, 1]
