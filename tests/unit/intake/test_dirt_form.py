"""The catalogue of dirt, D01 to D34: titles, totals, encodings, merged cells, wide sheets, ledgers, hidden parts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter

from tests.unit.intake.bureau import CLAIM, ROSTER, Case, claim, column, id_number, roster

GOOD = id_number()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    case = Case(tmp_path_factory.mktemp("form"))
    for write in (d01, d02, d03, d04, d20, d23, d24, d25, d28, d30, d33):
        write(case)
    return case.read()


def d01(case: Case) -> None:
    book = xlsxwriter.Workbook(str(case.folder("500103/201901") / "d01.xlsx"))
    sheet = book.add_worksheet("申领")
    sheet.merge_range(0, 0, 0, 7, "渝中区职业培训补贴申领台账")
    sheet.merge_range(1, 0, 1, 5, "填报单位：渝中区人社局")
    sheet.write(1, 6, "单位：万元")
    for place, header in enumerate(CLAIM):
        if header == "申领金额":
            sheet.write(2, place, "金额")
            sheet.write(3, place, header)
        else:
            sheet.merge_range(2, place, 3, place, header)
    sheet.write_row(4, 0, [f"{c}" for c in "①②③④⑤⑥⑦⑧"])
    sheet.write_row(5, 0, claim("S1", 1.5))
    book.close()


def d02(case: Case) -> None:
    case.text(
        "d02.csv",
        CLAIM,
        claim("S1"),
        ("小计", "", "", "", "1000"),
        claim("S2"),
        ("合  计：", "", "", "", "2000"),
        ("制表人：某某", "", "", "审核人：某某", "填报日期：2020-03-31"),
        place="500103/201902",
    )


def d03(case: Case) -> None:
    wide = GOOD.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ"))
    case.text(
        "d03.csv",
        ROSTER,
        roster(f"\u200b{wide}", 班期编号="ＹＺ２０２０－０１３７　", 考核成绩="８５．５", 性别=" 男 "),
        roster(GOOD, 班期编号="YZ2020-0138"),
        place="500103/201903",
    )


def d04(case: Case) -> None:
    place = "500103/201904"
    case.text("d04_gb18030.csv", ROSTER, roster(id_number(sequence=3), 姓名="䶮某"), place=place, encoding="gb18030")
    case.text("d04_bom.csv", ROSTER, roster(id_number(sequence=5)), place=place, encoding="utf-8-sig")
    case.text("d04_utf16.csv", ROSTER, roster(id_number(sequence=7)), place=place, encoding="utf-16")
    half = case.folder(place) / "d04_half.csv"
    half.write_bytes(
        ",".join(ROSTER).encode("utf-8") + b"\n" + ",".join(roster(GOOD, 姓名="甲乙")).encode("gb18030") + b"\n"
    )


def d20(case: Case) -> None:
    book = xlsxwriter.Workbook(str(case.folder("500103/202007") / "d20.xlsx"))
    sheet = book.add_worksheet()
    header = ["项目编号", "项目名称", "职业编码", "职业（工种）", "等级", "证书类型", "补贴标准（元/人）", "生效日期"]
    sheet.write_row(0, 0, header)
    for row, (code, level, amount) in enumerate([("P1", "初级", 800), ("P2", "中级", 1200), ("P3", "高级", None)], 1):
        sheet.write_row(row, 0, [code, "班", "6-18-02-04", None, level, "技能等级证书", amount, "2019-01-01"])
    sheet.merge_range(1, 3, 2, 3, "焊工")
    book.close()


def d23(case: Case) -> None:
    place = "500103/202009"
    header, line = ROSTER[1:], roster(GOOD)[1:]
    case.text("YZ2020-0901花名册.csv", header, line, place=place)
    case.text("d23_title.csv", "班期编号：YZ2020-0902", header, roster(id_number(sequence=3))[1:], place=place)
    case.text("d23_contradiction.csv", "班期编号：YZ2020-0903", ROSTER, roster(GOOD), place=place)
    case.text("d23_none.csv", header, line, place=place)
    book = openpyxl.Workbook()
    book.active.title = "YZ2020-0904"
    book.active.append(header)
    book.active.append(line)
    book.save(case.folder(place) / "d23_sheet.xlsx")


def d24(case: Case) -> None:
    case.text(
        "d24.csv",
        "2020年3月签到表 班期编号：YZ2020-0137 每天6课时 线下,,,,,",
        "序号,姓名,身份证号,1日,2日,3日,4日,5日",
        f"1,甲某,{GOOD},√,×,迟到,4,?",
        f"2,乙某,{id_number(sequence=3)},请假,,1,○,0",
        "合计,,,1,,2,1,",
        place="500103/202010",
    )
    case.text(
        "d24_no_lessons.csv",
        "2020年3月签到表 班期编号：YZ2020-0138",
        "身份证号,1日,2日",
        f"{GOOD},√,√",
        place="500103/202010",
    )


def d25(case: Case) -> None:
    header = ("班期编号", "身份证号", "上课日期", "授课方式", "小时", "签到时间", "签退时间")
    case.text(
        "d25.csv",
        header,
        ("YZ2020-0140", GOOD, "2020-03-01", "线下", "4.5", "08:30", "2020/3/1 12:05"),
        ("YZ2020-0140", GOOD, "2020-03-02", "直播", "3小时", "早上", ""),
        place="500103/202010",
    )


LEDGER = ("凭证号", "记账日期", "账户", "资金性质", "收入", "支出", "余额")


def d28(case: Case) -> None:
    case.text(
        "d28.csv",
        LEDGER,
        ("", "2020-11-01", "专账", "期初余额", "", "", "1000"),
        ("J1", "2020-11-02", "专账", "利息", "5", "", "1005"),
        ("J2", "2020-11-03", "专账", "培训补贴支出", "", "100", ""),
        ("J2", "2020-11-03", "专账", "培训补贴支出", "", "100", "805"),
        ("", "", "", "本月合计", "5", "200", "805"),
        place="500103/202011",
    )
    case.text(
        "d28_break.csv",
        LEDGER,
        ("K1", "2020-12-02", "专账", "利息", "5", "", "1005.00"),
        ("K2", "2020-12-03", "专账", "利息", "5", "", "1011"),
        ("K3", "2020-12-03", "专账", "利息", "5", "", "1016"),
        place="500103/202012",
    )
    sides = ("凭证号", "记账日期", "账户", "资金性质", "借方", "贷方", "余额")
    case.text(
        "d28_sides.csv",
        sides,
        ("L1", "2020-12-02", "失业保险基金", "利息", "", "5", "1005"),
        ("L2", "2020-12-03", "失业保险基金", "培训补贴支出", "100", "", "905"),
        place="500103/202012",
    )


def d30(case: Case) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append((*CLAIM, "拨付金额"))
    sheet.append((*claim("S1"), 10))
    sheet.append((*claim("S2"), "#REF!"))
    sheet["I3"].data_type = "e"
    sheet.row_dimensions[2].hidden = True
    hidden = book.create_sheet("底稿")
    hidden.append(CLAIM)
    hidden.append(claim("S9"))
    hidden.sheet_state = "hidden"
    notes = book.create_sheet("说明")
    notes.append(["本表按月填报"])
    book.save(case.folder("500103/202101") / "d30.xlsx")


def d33(case: Case) -> None:
    header = ("统计单位", "指标代码", "年度", "目标值", "计量单位", "版本")
    case.text(
        "d33.csv",
        header,
        ("两江新区", "培训人次", "2020", "100", "人次", "0"),
        ("不存在区", "培训人次", "2020", "100", "人次", "0"),
        place="两江新区/2021年第二季度",
    )


def test_d01_title_rows_merged_header_unit_corner(case: Case) -> None:
    file, (row,) = case.file("d01.xlsx"), case.rows("d01.xlsx")
    assert (file.rows_read, file.rows_not_data) == (6, 5)
    assert (row["row_no"], row["claimed_yuan"], row["amount_fen"]) == (6, Decimal("15000.00"), 1_500_000)


def test_d02_subtotals_totals_signatures_are_no_data(case: Case) -> None:
    file = case.file("d02.csv")
    assert (file.rows_read, file.rows_not_data) == (6, 4)
    assert column(case.rows("d02.csv"), "claim_id") == ["S1", "S2"]


def test_d03_full_width_and_zero_width_characters(case: Case) -> None:
    row, plain = case.rows("d03.csv")
    assert (row["class_id"], row["exam_score"], row["sex"], row["faults"]) == (
        "YZ2020-0137",
        Decimal("85.5"),
        "male",
        [],
    )
    assert row["person_key"] == plain["person_key"]


def test_d04_encodings_and_the_mixed_file(case: Case) -> None:
    for name in ("d04_gb18030.csv", "d04_bom.csv", "d04_utf16.csv"):
        assert column(case.rows(name), "completion") == ["completed"]
    assert case.refusal("d04_half.csv") == "intake.encoding"


def test_d20_only_merged_cells_are_filled_down(case: Case) -> None:
    rows = case.rows("d20.xlsx")
    assert column(rows, "occupation_name") == ["焊工", "焊工", None]
    assert column(rows, "standard_yuan") == [Decimal("800.00"), Decimal("1200.00"), None]


def test_d23_class_id_from_title_sheet_or_file_name(case: Case) -> None:
    assert column(case.rows("YZ2020-0901花名册.csv"), "class_id") == ["YZ2020-0901"]
    assert column(case.rows("d23_title.csv"), "class_id") == ["YZ2020-0902"]
    assert column(case.rows("d23_sheet.xlsx"), "class_id") == ["YZ2020-0904"]
    assert case.refusal("d23_contradiction.csv") == "intake.class_id_contradiction"
    assert case.refusal("d23_none.csv") == "intake.column_missing"


def test_d24_wide_attendance(case: Case) -> None:
    file, rows = case.file("d24.csv"), case.rows("d24.csv")
    # 2 rows above, 1 total, and 2 persons x 5 days
    assert (file.rows_read, file.rows_not_data) == (13, 13 - 5)
    assert column(rows, "attended_on") == [date(2020, 3, d) for d in (1, 3, 4, 5, 3)]
    assert column(rows, "lessons") == [6, 6, 4, None, 6]
    assert rows[3]["faults"] == ["lessons:mark"]
    assert column(case.rows("d24_no_lessons.csv"), "faults") == [["lessons:lessons_missing"]] * 2


def test_d25_hours_become_lessons(case: Case) -> None:
    assert column(case.rows("d25.csv"), "lessons") == [Decimal("6.0000"), Decimal("4.0000")]
    first, second = case.rows("d25.csv")
    assert (first["signed_in_at"], first["signed_out_at"]) == (datetime(2020, 3, 1, 8, 30), datetime(2020, 3, 1, 12, 5))
    assert (second["signed_in_at"], second["faults"]) == (None, ["signed_in_at:unreadable"])


def test_d28_balance_runs_line_by_line(case: Case) -> None:
    file, rows = case.file("d28.csv"), case.rows("d28.csv")
    assert file.opening == [{"account": "special_account", "booked_month": "2020-11-01", "opening_yuan": "1000.00"}]
    assert (file.rows_not_data, column(rows, "line_no"), column(rows, "faults")) == (3, [1, 1, 2], [[], [], []])
    assert column(case.rows("d28_break.csv"), "faults") == [[], ["balance_yuan:balance"], []]
    sides = case.rows("d28_sides.csv")
    assert (column(sides, "income_yuan"), column(sides, "outlay_yuan")) == (
        [Decimal("5.00"), None],
        [None, Decimal("100.00")],
    )


def test_d30_hidden_rows_and_sheets_error_cells(case: Case) -> None:
    file, rows = case.file("d30.xlsx"), case.rows("d30.xlsx")
    assert file.rows_read == 3 and file.sheets_not_read == ["底稿（隐藏）", "说明"]
    assert {n["rule_id"] for n in file.notices} == {"intake.hidden_rows", "intake.sheet_not_read"}
    assert column(rows, "faults") == [[], ["paid_yuan:error_cell"]]


def test_d33_units_without_an_area_code(case: Case) -> None:
    rows = case.rows("d33.csv")
    assert (rows[0]["slot_unit"], rows[0]["slot_period"], rows[0]["reporting_unit"]) == ("500191", "2021Q2", "500191")
    assert rows[1]["faults"] == ["reporting_unit:unknown_code"]
