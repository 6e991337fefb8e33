"""Files as bureaus type them, each a way that once read wrongly: stacked classes, notes, ticks, damaged numbers, odd units.

Not here: the catalogue number by number (`test_dirt_*.py`), hostile files (`test_hostile.py`).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.intake.bureau import CLAIM, PAYEE, ROSTER, Case, claim, column, id_number, roster

A, B, C = (id_number(sequence=n) for n in (1, 3, 5))
NO_CLASS = ROSTER[1:]


def line(number: str) -> tuple:
    """A roster line without its class."""
    return roster(number)[1:]


NO_DATA = (
    ("企业职工",), roster(A), ("企业职工小计", "1人"), "花名册", ROSTER, roster(B), ("残疾人（2人）",), "共计2人", "合计：2人",
    "2.加盖公章", ("培训机构（盖章）：", "", "负责人签字："), ",,,,,2020年9月1日",
)  # fmt: skip
TICKS = ["√", "✓", "对号", "V", "☑", "是", "1", "×", "X", "否", "0"]
MANY = ["企业职工 残疾人", '"企业职工\n残疾人"', "企业职工（残疾人）", "企业职工与残疾人", "企业职工 外星人"]
LEDGER = ("凭证号", "记账日期", "账户", "资金性质", "收入", "支出", "余额")
RESULT = ("评价批次号", "身份证号", "职业（工种）", "等级", "考试日期", "评定结果", "证书编号")
LESSON = ("班期编号", "身份证号", "上课日期", "授课方式", "小时")
CLASSES = (
    "班期编号", "统一社会信用代码", "培训类型", "职业（工种）名称", "职业编码", "等级", "审核通过日期", "开班日期", "结业日期",
    "总课时", "所属区县", "资金来源", "审核状态",
)  # fmt: skip


def class_line(number: int, day: str, code: str, level: str) -> tuple:
    """A line of classes whose dates, occupation code and level are as given."""
    return (f"C{number}", PAYEE, "就业技能", "养老护理员", code, level, day, day, day, 6, "渝中区", "专账", "已备案")


def people(header: str, texts: list[str]) -> list[tuple]:
    """A roster line per text of one column."""
    return [roster(id_number(sequence=n), **{header: text}) for n, text in enumerate(texts, 1)]


def total(word: str, claimed: object, paid: object) -> tuple:
    """A row of totals under a claim file with two amounts."""
    return (word, "", "", "", claimed, "", "", "", paid)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    case = Case(tmp_path_factory.mktemp("attack"))
    slots = iter(range(202001, 202013))

    def put(name: str, *rows: tuple | list | str) -> None:
        case.text(name, *rows, place=f"500103/{next(slots)}")

    second = "渝中区YZ2020-0138班学员花名册"
    foot = "注：YZ2020-0136班已并入"
    put(
        "stacked.csv",
        "班期编号：YZ2020-0137",
        NO_CLASS,
        line(A),
        ("合计", "1人"),
        second,
        NO_CLASS,
        line(B),
        foot,
        line(C),
    )
    put("moved.csv", ROSTER, roster(A), ROSTER[1:] + ROSTER[:1], roster(B)[1:] + roster(B)[:1])
    put("notes.csv", "花名册", ROSTER, [*range(1, 10)], *NO_DATA)
    put("only_name.csv", ROSTER, roster(A), ("", "", "王某"))
    put("ticks.csv", ROSTER, *people("是否结业", TICKS))
    put("categories.csv", ROSTER, *people("人员类别", MANY))
    put(
        "totals.csv", (*CLAIM, "拨付金额"), (*claim("S1"), 5), (*claim("S2"), 5), total("小计", 2000, 10), (*claim("S3"), 5),
        total("小计", "1000.00元", 5), total("合计", 3000, 16),
    )  # fmt: skip
    case.text(
        "wan.csv", "单位：万元", CLAIM, claim("W1", 1.2345), claim("W2", 1.2345), total("合计", 2.47, ""),
        total("总计", 2.49, ""), place="500103/202102",
    )  # fmt: skip
    cut = ["2.05000000050000E+15", "1.05E+21", "5E17"]
    put(
        "numbers.csv",
        RESULT,
        *(("P1", id_number(sequence=n), "焊工", 5, "2020-01-01", "合格", c) for n, c in enumerate(cut, 1)),
    )
    given = ["4.5", "6课时", "1天", "半天", "3小时"]
    put("lessons.csv", LESSON, *(("YZ1", A, f"2020-09-0{n}", "线下", text) for n, text in enumerate(given, 1)))
    wide = "班期编号：YZ2020-0137 2020年线下签到表"
    put("spanned.csv", wide, "身份证号,9月,,10月,", ",1,2,1,2", ",6,4,6,4", f"{A},√,√,√,×")
    days = ("身份证号,1日,2日", f"{A},√,√")
    put("two_months.csv", "班期编号：YZ2020-0137 2020年9月签到表 每天6课时", *days, "2020年10月签到表", *days)
    put("turned.csv", LEDGER, ("承前页", *[""] * 5, 100), ("J1", "2020-11-02", "专账", "利息", 5, "", 105), ("过次页",))
    forms = [("2019年9月3日 星期二", "4—10—01—05", "专项职业能力"), ("2019-09-03T00:00:00Z", "X4-10-01-05", "初级班")]
    forms += [("2019-09-03", "4-10-01-05", level) for level in ("中级/高级", "五级/四级", "五级/初级工")]
    lines = [class_line(number, *form) for number, form in enumerate(forms)]
    case.text("forms.csv", CLASSES, *lines, place="500103/202101")
    return case.read()


def test_a_title_further_down_names_the_class_of_the_rows_after_it(case: Case) -> None:
    assert column(case.rows("stacked.csv"), "class_id") == ["YZ2020-0137", "YZ2020-0138", "YZ2020-0138"]
    assert case.file("stacked.csv").rows_not_data == 6


def test_a_header_repeated_in_another_order_refuses_the_file(case: Case) -> None:
    assert case.refusal("moved.csv") == "intake.header_moved"


def test_group_headings_repeated_titles_and_footers_are_no_data(case: Case) -> None:
    assert column(case.rows("notes.csv"), "row_no") == [5, 9]


def test_a_row_with_a_name_alone_is_a_row(case: Case) -> None:
    # something is missing there, and a planner must hear of it
    assert column(case.rows("only_name.csv"), "row_no") == [2, 3]


def test_ticks_and_crosses_of_completion(case: Case) -> None:
    assert column(case.rows("ticks.csv"), "completion") == ["completed"] * 7 + ["failed"] * 4


def test_categories_parted_by_space_line_or_bracket(case: Case) -> None:
    rows = case.rows("categories.csv")
    assert column(rows, "trainee_categories")[:4] == [["disabled", "enterprise_employee"]] * 4
    # a part that is no category leaves the whole cell unknown
    assert rows[4]["faults"] == ["trainee_categories:unknown_code"]


def test_a_total_that_fits_no_sum_is_told_with_its_difference(case: Case) -> None:
    told = [n["message"]["zh"] for n in case.file("totals.csv").notices]
    assert told == ["第 7 行“拨付金额”的合计与明细之和相差 1.00 元：以明细为准，请核对"]
    assert case.file("totals.csv").rows_not_data == 4


def test_a_total_in_a_larger_unit_is_rounded(case: Case) -> None:
    told = [n["message"]["zh"] for n in case.file("wan.csv").notices]
    assert len(told) == 1 and told[0].startswith("第 6 行")


def test_identifiers_that_a_number_cell_has_cut_are_not_kept(case: Case) -> None:
    rows = case.rows("numbers.csv")
    assert column(rows, "certificate_no") == [None, None, "5E17"]
    assert column(rows, "faults") == [["certificate_no:damaged"]] * 2 + [[]]


def test_lessons_hours_and_days_by_the_unit_of_the_cell(case: Case) -> None:
    assert column(case.rows("lessons.csv"), "lessons") == [Decimal(n) for n in (6, 6, 6, 3, 4)]


def test_a_month_that_spans_day_columns(case: Case) -> None:
    rows = case.rows("spanned.csv")
    assert column(rows, "attended_on") == [date(2020, 9, 1), date(2020, 9, 2), date(2020, 10, 1)]
    assert column(rows, "lessons") == [6, 4, 6]


def test_a_wide_sheet_that_goes_on_with_another_month_is_refused(case: Case) -> None:
    assert case.refusal("two_months.csv") == "intake.second_month"


def test_carried_forward_in_the_voucher_column_is_no_voucher(case: Case) -> None:
    assert column(case.rows("turned.csv"), "voucher_no") == ["J1"]


def test_days_of_the_week_long_dashes_and_levels_that_are_none(case: Case) -> None:
    rows = case.rows("forms.csv")
    assert column(rows, "starts_on") == [date(2019, 9, 3)] * 5
    assert column(rows, "occupation_code") == ["4-10-01-05"] * 5
    # two levels in one cell are none
    assert column(rows, "skill_level") == [None, "5", None, None, "5"]
    assert {fault for row in rows[2:4] for fault in row["faults"]} == {
        "institution_id:checksum",
        "skill_level:ambiguous",
    }
