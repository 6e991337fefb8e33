"""The catalogue of dirt, D01 to D34: each kind stands in a file and is handled as the catalogue says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from tests.unit.intake.bureau import ROSTER, Case, id_number, roster

GOOD = id_number()
CLAIM = ("申领编号", "申领主体类型", "申领单位代码", "补贴种类", "申领金额", "申领日期", "资金来源", "状态")
PAYEE = "52500103MJ00000013"


def claim(number: str, amount: object = "1000", **cells: object) -> tuple:
    line = dict(zip(CLAIM, (number, "机构", PAYEE, "培训补贴", amount, "2020-03-01", "专账", "已拨付"), strict=True))
    return tuple((line | cells).values())


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    case = Case(tmp_path_factory.mktemp("dirt"))
    for write in WRITERS:
        write(case)
    return case.read()


def d01(case: Case) -> None:
    book = xlsxwriter.Workbook(str(case.folder("500103/201901") / "d01.xlsx"))
    sheet = book.add_worksheet("申领")
    sheet.merge_range(0, 0, 0, 7, "渝中区职业培训补贴申领台账")
    sheet.merge_range(1, 0, 1, 5, "填报单位：渝中区人社局")
    sheet.write(1, 6, "单位：万元")
    for column, header in enumerate(CLAIM):
        if header == "申领金额":
            sheet.write(2, column, "金额")
            sheet.write(3, column, header)
        else:
            sheet.merge_range(2, column, 3, column, header)
    sheet.write_row(4, 0, [f"{c}" for c in "①②③④⑤⑥⑦⑧"])
    sheet.write_row(5, 0, claim("S1", 1.5))
    book.close()


def d02(case: Case) -> None:
    case.text(
        "d02.csv", CLAIM, claim("S1"), ("小计", "", "", "", "1000"), claim("S2"), ("合  计：", "", "", "", "2000"),
        ("制表人：某某", "", "", "审核人：某某", "填报日期：2020-03-31"), place="500103/201902",
    )  # fmt: skip


def d03(case: Case) -> None:
    wide = GOOD.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ"))
    case.text(
        "d03.csv", ROSTER, roster(f"\u200b{wide}", 班期编号="ＹＺ２０２０－０１３７　", 考核成绩="８５．５", 性别=" 男 "), place="500103/201903"
    )


def d04(case: Case) -> None:
    place = "500103/201904"
    case.text("d04_gb18030.csv", ROSTER, roster(id_number(sequence=3), 姓名="䶮某"), place=place, encoding="gb18030")
    case.text("d04_bom.csv", ROSTER, roster(id_number(sequence=5)), place=place, encoding="utf-8-sig")
    case.text("d04_utf16.csv", ROSTER, roster(id_number(sequence=7)), place=place, encoding="utf-16")
    half = case.folder(place) / "d04_half.csv"
    half.write_bytes(",".join(ROSTER).encode("utf-8") + b"\n" + ",".join(roster(GOOD, 姓名="甲乙")).encode("gb18030") + b"\n")


def d05(case: Case) -> None:
    with_x = next(n for n in map(lambda s: id_number(sequence=s), range(1, 999)) if n.endswith("X"))
    forms = [with_x.lower(), with_x.replace("X", "Ｘ"), with_x.replace("X", "×"), "'" + with_x, " ".join([with_x[:6], with_x[6:10], with_x[10:14], with_x[14:]])]
    case.text("d05.csv", ROSTER, *(roster(form, 班期编号=f"YZ2020-02{i:02d}") for i, form in enumerate(forms)), place="500103/201905")


def d06(case: Case) -> None:
    short = "509901900101001"
    case.text("d06.csv", ROSTER, roster(short), roster(id_number("19900101", 1), 班期编号="YZ2020-0138"), place="500103/201906")


def d07(case: Case) -> None:
    book = openpyxl.Workbook()
    book.active.append(ROSTER)
    book.active.append(roster(509901199001010017, 姓名="数字"))
    book.active.append(roster("5.09901E+17", 姓名="指数"))
    book.save(case.folder("500103/201907") / "d07.xlsx")


def d08(case: Case) -> None:
    wrong = GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1")
    case.text(
        "d08.csv", ROSTER, roster(wrong), roster(id_number("19900231", 1)), roster(id_number(sequence=2), 性别="男"), place="500103/201908"
    )


def d09(case: Case) -> None:
    case.text(
        "d09.csv", ROSTER, roster(id_number(area="510202", birth="19700101")), roster(id_number(area="999999", birth="19700101")), place="500103/201909"
    )


DATES = ["2019.9.3", "2019/9/3", "20190903", "2019年9月3日", "19.9.3", "43711", "2019-09", "9月3日", "2019-09-03 00:00:00", "2019-02-30"]


def d10(case: Case) -> None:
    lines = (roster(id_number(sequence=11 + 2 * i), 报名日期=text) for i, text in enumerate(DATES))
    case.text("d10.csv", ROSTER, *lines, place="500103/201910")
    header = ("班期编号", "统一社会信用代码", "培训类型", "职业（工种）名称", "审核通过日期", "培训起止日期", "总课时", "所属区县", "资金来源", "审核状态")
    line = ("YZ2019-0001", PAYEE, "就业技能", "焊工", "2019.8.1", "2019.09.03-09.20", "60", "渝中区", "专账", "已备案")
    case.text("d10_range.csv", header, line, place="500103/201910")


def d11(case: Case) -> None:
    header = ("证件号码", "险种", "参保开始年月", "停保年月")
    months = ["201909", "2019.9", "Sep-19", "2019年9月"]
    lines = [(id_number(sequence=i), "养老", month, end) for i, (month, end) in enumerate(zip(months, ["201910", "", "999912", "9999-12-31"], strict=True), 1)]
    case.text("d11.csv", header, *lines, place="500103/201911")
    case.text("d11_october.csv", header, (GOOD, "养老", "2019.1", ""), (GOOD, "失业", "2019.10", ""), place="500103/201911")
    case.text("d11_alone.csv", header, (GOOD, "工伤", "2019.1", ""), place="500103/201911")


AMOUNTS = {"1,500.00元": "1500.00", "￥1500": "1500.00", "1.5万元": "15000.00", "－1200": "-1200.00", "(1,200.00)": "-1200.00", "１２００": "1200.00",
           "-": None, "/": None, "约一千": "bad", "#REF!": "bad"}  # fmt: skip


def d12(case: Case) -> None:
    header = (*CLAIM, "拨付金额（万元）")
    lines = (claim(f"S{i}", f'"{text}"') + ("0.15",) for i, text in enumerate(AMOUNTS))
    case.text("d12.csv", header, *lines, place="500103/201912")


def d13(case: Case) -> None:
    place = "500103/202001"
    case.text("d13_a.csv", ROSTER, roster(GOOD), roster(GOOD, 报名日期="2020年3月1日", 姓名="甲 某"), place=place)
    case.text("d13_b.csv", ROSTER, roster(GOOD), roster(id_number(sequence=3)), roster(id_number(sequence=3), 是否结业="不合格"), place=place)
    case.text("d13_c.csv", ROSTER, roster(id_number(sequence=5)), roster(id_number(sequence=5), 考核成绩="", 联系电话=""), place=place)


def d14(case: Case) -> None:
    case.text("d14.csv", CLAIM, claim("S1", 状态="作废"), claim("S2", 状态="退回"), place="500103/202002")


def d16(case: Case) -> None:
    header = ("统一社会信用代码", "机构名称", "曾用名", "机构类型", "所在区县", "纳入目录日期")
    case.text("d16.csv", header, (PAYEE, "合成培训学校（渝中）", "甲校、乙校", "民办培训机构", "500103", "2019-01-01"), place="500103/202003")


def d17(case: Case) -> None:
    header = ("项目编号", "项目名称", "职业编码", "职业（工种）", "证书类型", "补贴标准（元/人）", "生效日期")
    codes = ["X6-18-02-04", "6 18 02 04", "６－１８－０２－０４", "焊工"]
    case.text("d17.csv", header, *((f"P{i}", "焊工班", code, "焊工", "技能等级证书", "800", "2019-01-01") for i, code in enumerate(codes)), place="500103/202004")


LEVELS = {"五级": "5", "初级": "5", "5": "5", "初级工（五级）": "5", "L5": "5", "高级": "3", "高级技师": "1", "技师": "2", "二级/技师": "2", "无": None,
          "高级技师（二级）": "ambiguous", "特级": "unknown_code"}  # fmt: skip


def d18(case: Case) -> None:
    header = ("评价批次号", "身份证号", "职业（工种）", "等级", "考试日期", "评定结果")
    lines = ((f"B{i}", GOOD, "焊工", text, "2020-03-01", "合格") for i, text in enumerate(LEVELS))
    case.text("d18.csv", header, *lines, place="500103/202005")


def d19(case: Case) -> None:
    texts = ["低保、残疾人", "农民工/退役军人", "两后生；企业职工", "企业职工 外星人"]
    lines = (roster(id_number(sequence=21 + 2 * i), 人员类别=text) for i, text in enumerate(texts))
    case.text("d19.csv", ROSTER, *lines, place="500103/202006")


def d20(case: Case) -> None:
    book = xlsxwriter.Workbook(str(case.folder("500103/202007") / "d20.xlsx"))
    sheet = book.add_worksheet()
    header = ["项目编号", "项目名称", "职业编码", "职业（工种）", "等级", "证书类型", "补贴标准（元/人）", "生效日期"]
    sheet.write_row(0, 0, header)
    for row, (code, level, amount) in enumerate([("P1", "初级", 800), ("P2", "中级", 1200), ("P3", "高级", None)], 1):
        sheet.write_row(row, 0, [code, "班", "6-18-02-04", None, level, "技能等级证书", amount, "2019-01-01"])
    sheet.merge_range(1, 3, 2, 3, "焊工")
    book.close()


def d21_d22(case: Case) -> None:
    case.text(
        "d21.csv", ROSTER, roster(id_number(sequence=1), 姓名="甲　某"), roster(id_number(sequence=3), 姓名="阿不都·热合曼"), roster(id_number(sequence=5), 姓名="李?"),
        roster(id_number(sequence=7), 姓名="李\ue123"), roster(id_number(sequence=9), 联系电话="100-0000-0001"), place="500103/202008",
    )  # fmt: skip


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
        "d24.csv", "2020年3月签到表 班期编号：YZ2020-0137 每天6课时 线下,,,,,", "序号,姓名,身份证号,1日,2日,3日,4日,5日",
        f"1,甲某,{GOOD},√,×,迟到,4,?", f"2,乙某,{id_number(sequence=3)},请假,,1,○,0", "合计,,,1,,2,1,", place="500103/202010",
    )  # fmt: skip
    case.text("d24_no_lessons.csv", "2020年3月签到表 班期编号：YZ2020-0138", "身份证号,1日,2日", f"{GOOD},√,√", place="500103/202010")


def d25(case: Case) -> None:
    header = ("班期编号", "身份证号", "上课日期", "授课方式", "小时")
    case.text("d25.csv", header, ("YZ2020-0140", GOOD, "2020-03-01", "线下", "4.5"), ("YZ2020-0140", GOOD, "2020-03-02", "直播", "3小时"), place="500103/202010")


LEDGER = ("凭证号", "记账日期", "账户", "资金性质", "收入", "支出", "余额")


def d28(case: Case) -> None:
    case.text(
        "d28.csv", LEDGER, ("", "2020-11-01", "专账", "期初余额", "", "", "1000"), ("J1", "2020-11-02", "专账", "利息", "5", "", "1005"),
        ("J2", "2020-11-03", "专账", "培训补贴支出", "", "100", ""), ("J2", "2020-11-03", "专账", "培训补贴支出", "", "100", "805"),
        ("", "", "", "本月合计", "5", "200", "805"), place="500103/202011",
    )  # fmt: skip
    case.text("d28_break.csv", LEDGER, ("K1", "2020-12-02", "专账", "利息", "5", "", "1005.00"), ("K2", "2020-12-03", "专账", "利息", "5", "", "1011"), ("K3", "2020-12-03", "专账", "利息", "5", "", "1016"), place="500103/202012")  # fmt: skip
    sides = ("凭证号", "记账日期", "账户", "资金性质", "借方", "贷方", "余额")
    case.text("d28_sides.csv", sides, ("L1", "2020-12-02", "失业保险基金", "利息", "", "5", "1005"), ("L2", "2020-12-03", "失业保险基金", "培训补贴支出", "100", "", "905"), place="500103/202012")  # fmt: skip


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


def d31(case: Case) -> None:
    header = ("班期编号", "匿名编号", "是否接通")
    texts = ["是", "否", "√", "1", "Y", "", "也许"]
    case.text("d31.csv", header, *(("YZ2020-0137", f"R{i}", text) for i, text in enumerate(texts)), place="500103/202102")


TARGETS = {"27%": "0.2700", "0.27": "0.2700", "27": "0.2700", "27%以上": "0.2700"}


def d32(case: Case) -> None:
    header = ("指标代码", "年度", "目标值", "计量单位", "版本")
    lines = [("参评率", str(2001 + i), text, "%", "0") for i, text in enumerate(TARGETS)]
    case.text("d32.csv", header, *lines, ("培训人次", "2020", "1.6万人次", "人次", "年初"), ("培训人次", "2021", "1.6", "万人次", "年中调整"), place="500103/202103")


def d33(case: Case) -> None:
    header = ("统计单位", "指标代码", "年度", "目标值", "计量单位", "版本")
    case.text("d33.csv", header, ("两江新区", "培训人次", "2020", "100", "人次", "0"), ("不存在区", "培训人次", "2020", "100", "人次", "0"), place="两江新区/2021年第二季度")


def d34(case: Case) -> None:
    names = ["测试", "test", "样例", "测试学员1", "张三"]
    lines = (roster(id_number(sequence=40 + i), 姓名=name) for i, name in enumerate(names))
    case.text("d34.csv", ROSTER, *lines, place="500103/202104")


WRITERS = [d01, d02, d03, d04, d05, d06, d07, d08, d09, d10, d11, d12, d13, d14, d16, d17, d18, d19, d20, d21_d22, d23, d24, d25, d28, d30, d31, d32, d33, d34]


def column(rows: list[dict], name: str) -> list:
    return [row[name] for row in rows]


def test_d01_title_rows_merged_header_unit_corner(case: Case) -> None:
    file, (row,) = case.file("d01.xlsx"), case.rows("d01.xlsx")
    assert (file.rows_read, file.rows_not_data) == (6, 5)
    assert (row["row_no"], row["claimed_yuan"], row["amount_fen"]) == (6, Decimal("15000.00"), 1_500_000)


def test_d02_subtotals_totals_signatures_are_no_data(case: Case) -> None:
    file = case.file("d02.csv")
    assert (file.rows_read, file.rows_not_data) == (6, 4)
    assert column(case.rows("d02.csv"), "claim_id") == ["S1", "S2"]


def test_d03_full_width_and_zero_width_characters(case: Case) -> None:
    (row,) = case.rows("d03.csv")
    assert (row["class_id"], row["exam_score"], row["sex"], row["faults"]) == ("YZ2020-0137", Decimal("85.5"), "male", [])
    assert row["person_key"] == case.rows("d13_a.csv")[0]["person_key"]


def test_d04_encodings_and_the_mixed_file(case: Case) -> None:
    for name in ("d04_gb18030.csv", "d04_bom.csv", "d04_utf16.csv"):
        assert column(case.rows(name), "completion") == ["completed"]
    assert case.refusal("d04_half.csv") == "intake.encoding"


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
    assert column(case.rows("d08.csv"), "faults") == [["person_id:checksum"], ["person_id:birth_date"], ["person_id:sex"]]


def test_d09_area_codes_of_before_1997_are_good(case: Case) -> None:
    assert column(case.rows("d09.csv"), "faults") == [[], ["person_id:area_code"]]


def test_d10_forms_of_a_date(case: Case) -> None:
    day = date(2019, 9, 3)
    rows = case.rows("d10.csv")
    assert column(rows, "enrolled_on") == [day] * 6 + [None, None, day, None]
    assert [row["faults"] for row in rows if row["faults"]] == [["enrolled_on:unreadable"], ["enrolled_on:no_year"], ["enrolled_on:unreadable"]]
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


def test_d13_duplicates_conflicts_and_merges(case: Case) -> None:
    first, second = case.rows("d13_a.csv")
    again, one, other = case.rows("d13_b.csv")
    assert (first["duplicate_of"], second["duplicate_of"], again["duplicate_of"]) == (None, first["row_id"], first["row_id"])
    assert one["faults"] == other["faults"] == ["*:key_conflict"]
    full, blank = case.rows("d13_c.csv")
    assert (full["faults"], blank["duplicate_of"]) == (["*:merged"], full["row_id"])


def test_d14_void_rows_keep_their_status(case: Case) -> None:
    assert column(case.rows("d14.csv"), "claim_status") == ["void", "returned"]


def test_d16_names_lists_and_divisions(case: Case) -> None:
    (row,) = case.rows("d16.csv")
    assert (row["former_names"], row["institution_kind"], row["district_code"]) == (["甲校", "乙校"], "private_school", "500103")


def test_d17_occupation_codes(case: Case) -> None:
    rows = case.rows("d17.csv")
    assert column(rows, "occupation_code") == ["6-18-02-04"] * 3 + [None]
    assert rows[3]["faults"] == ["occupation_code:unreadable"]


def test_d18_levels_longest_name_first(case: Case) -> None:
    for row, (text, level) in zip(case.rows("d18.csv"), LEVELS.items(), strict=True):
        is_bad = level in ("ambiguous", "unknown_code")
        assert row["skill_level"] == (None if is_bad else level), text
        assert row["faults"] == ([f"skill_level:{level}"] if is_bad else []), text


def test_d19_several_categories_in_a_cell(case: Case) -> None:
    rows = case.rows("d19.csv")
    assert column(rows, "trainee_categories") == [
        ["disabled", "low_income_family"], ["rural_worker", "veteran"], ["enterprise_employee", "school_leaver"], None,
    ]  # fmt: skip
    assert rows[3]["faults"] == ["trainee_categories:unknown_code"]


def test_d20_only_merged_cells_are_filled_down(case: Case) -> None:
    rows = case.rows("d20.xlsx")
    assert column(rows, "occupation_name") == ["焊工", "焊工", None]
    assert column(rows, "standard_yuan") == [Decimal("800.00"), Decimal("1200.00"), None]


def test_d21_damaged_names_d22_phones(case: Case) -> None:
    rows = case.rows("d21.csv")
    assert column(rows, "faults") == [[], [], ["person_name:name_damaged"], ["person_name:name_damaged"], []]
    assert len(set(column(rows, "phone_key"))) == 1


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


def test_d28_balance_runs_line_by_line(case: Case) -> None:
    file, rows = case.file("d28.csv"), case.rows("d28.csv")
    assert file.opening == [{"account": "special_account", "booked_month": "2020-11-01", "opening_yuan": "1000.00"}]
    assert (file.rows_not_data, column(rows, "line_no"), column(rows, "faults")) == (3, [1, 1, 2], [[], [], []])
    assert column(case.rows("d28_break.csv"), "faults") == [[], ["balance_yuan:balance"], []]
    sides = case.rows("d28_sides.csv")
    assert (column(sides, "income_yuan"), column(sides, "outlay_yuan")) == ([Decimal("5.00"), None], [None, Decimal("100.00")])


def test_d30_hidden_rows_and_sheets_error_cells(case: Case) -> None:
    file, rows = case.file("d30.xlsx"), case.rows("d30.xlsx")
    assert file.rows_read == 3 and file.sheets_not_read == ["底稿（隐藏）", "说明"]
    assert {n["rule_id"] for n in file.notices} == {"intake.hidden_rows", "intake.sheet_not_read"}
    assert column(rows, "faults") == [[], ["paid_yuan:error_cell"]]


def test_d31_yes_and_no(case: Case) -> None:
    rows = case.rows("d31.csv")
    assert column(rows, "reached") == [True, False, True, True, True, None, None]
    assert rows[6]["faults"] == ["reached:unknown_code"] and rows[5]["faults"] == []


def test_d32_percentages_with_comparator(case: Case) -> None:
    rows = case.rows("d32.csv")
    assert [str(row["target_value"]) for row in rows[:4]] == list(TARGETS.values())
    assert column(rows[4:], "target_value") == [16000, 16000]
    assert column(rows[4:], "plan_version") == [0, 1]


def test_d33_units_without_an_area_code(case: Case) -> None:
    rows = case.rows("d33.csv")
    assert (rows[0]["slot_unit"], rows[0]["slot_period"], rows[0]["reporting_unit"]) == ("500191", "2021Q2", "500191")
    assert rows[1]["faults"] == ["reporting_unit:unknown_code"]


def test_d34_test_rows(case: Case) -> None:
    rows = case.rows("d34.csv")
    assert ["*:test_row" in row["faults"] for row in rows] == [True, True, True, True, False]
