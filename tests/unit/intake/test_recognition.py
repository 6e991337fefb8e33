"""Which dataset a sheet is, what its header gives, and which rows are no data."""

from __future__ import annotations

import duckdb
import pytest

from orchestration.intake.header import recognise
from orchestration.intake.layout import Sheet
from orchestration.intake.reasons import Refusal
from tests.unit.intake.bureau import CLAIM, ROSTER, Case, claim, column, id_number, roster


def sheet(*rows: tuple, name: str = "") -> Sheet:
    head = [(number, [None if c == "" else c for c in row], "t" * len(row)) for number, row in enumerate(rows, 1)]
    return Sheet(0, 0, name, len(rows), head)


CLASSES = (
    "班期编号",
    "统一社会信用代码",
    "培训类型",
    "职业（工种）名称",
    "审核通过日期",
    "开班日期",
    "结业日期",
    "总课时",
    "所属区县",
    "资金来源",
    "审核状态",
)


def test_the_dataset_all_of_whose_required_columns_are_there() -> None:
    assert recognise(sheet(CLASSES)).dataset == "classes"
    assert recognise(sheet(ROSTER)).dataset == "enrollments"
    assert recognise(sheet(("说明",), ("本表按月填报",))) is None


def test_canonical_names_and_aliases_and_marks_of_required_columns() -> None:
    layout = recognise(sheet(("* class_id", "公民身份号码", "学员类别：", "结业 情况")))
    assert layout.columns == {"class_id": 1, "person_id": 2, "trainee_categories": 3, "completion": 4}


def test_a_missing_required_column_is_named() -> None:
    with pytest.raises(Refusal) as caught:
        recognise(sheet(tuple(h for h in CLASSES if h != "审核状态")))
    assert (caught.value.rule, caught.value.column) == ("intake.column_missing", "class_status")


def test_the_same_header_twice_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        recognise(sheet((*CLASSES, "开班日期")))
    assert (caught.value.rule, caught.value.column) == ("intake.header_twice", "starts_on")


def test_a_dataset_named_on_the_command_line_is_the_only_one() -> None:
    assert recognise(sheet(ROSTER), "claims") is None


@pytest.mark.parametrize(
    "counting", [("①", "②", "③", "④", "⑤"), ("1", "2", "3", "4", "5"), ("甲", "乙", "丙", "丁", "戊")]
)
def test_rows_that_number_the_columns_belong_to_the_header(counting: tuple) -> None:
    layout = recognise(sheet(ROSTER[:6], counting, roster(id_number())[:6]))
    assert layout.header_row == 2


def test_rows_that_are_no_data(tmp_path) -> None:
    case = Case(tmp_path)
    blank = ("",) * len(ROSTER)
    case.text(
        "printed.csv",
        "渝中区学员花名册",
        ROSTER,
        roster(id_number()),
        blank,
        ROSTER,
        roster(id_number(sequence=3)),
        ("第一组小计：", *blank[1:]),
        ("一、企业职工", *blank[1:]),
        ("合计", "", "2人", *blank[3:]),
        ("注：合成数据 synthetic", *blank[1:]),
        blank,
    )
    file = case.read().file("printed.csv")
    # title, header, blank, repeated header, subtotal, section, total, note; the last blank row is not read
    assert (file.rows_read, file.rows_not_data) == (10, 8)
    assert column(case.rows("printed.csv"), "row_no") == [3, 6]


@pytest.mark.parametrize(
    "words",
    [
        (
            "合计",
            "小计：",
            "合 计",
            "总　计",
            "本页小计",
            "Total",
            "SUBTOTAL:",
            "总人数",
            "合计人数",
            "合计（人）",
            "二、小计",
        ),
        ("平均", "平均分：", "Average"),
    ],
)
def test_a_word_of_totals_with_a_count_for_an_id_number_is_no_person(tmp_path, words: tuple[str, ...]) -> None:
    case = Case(tmp_path)
    named = ("姓名", "身份证号", "班期编号", *(h for h in ROSTER if h not in ("姓名", "身份证号", "班期编号")))
    place = {header: at for at, header in enumerate(named)}
    person = [dict(zip(ROSTER, roster(id_number()), strict=True))[header] for header in named]
    rest = (None,) * (len(named) - 3)
    lines = [(word, count, known, *rest) for word in words for count, known in (("2", None), ("２人", "YZ2020-0137"))]
    # somebody may be called so: an ID number makes a person
    someone = [id_number(sequence=3) if at == place["身份证号"] else cell for at, cell in enumerate(person)]
    case.text("totals.csv", named, person, *lines, [words[0], *someone[1:]])
    file = case.read().file("totals.csv")
    assert (file.rows_read, file.rows_not_data) == (len(lines) + 3, len(lines) + 1)
    assert column(case.rows("totals.csv"), "row_no") == [2, len(lines) + 3]


def test_totals_in_the_column_of_the_key_are_no_claims(tmp_path) -> None:
    case = Case(tmp_path)
    lines = [(word, *[None] * 3, "1000", *[None] * 3) for word in ("Total", "Grand Total", "总数", "小计", "合计：")]
    case.text("claims.csv", CLAIM, claim("S1"), *lines[:2], claim("TOTAL-2020-1"), *lines[2:])
    case.read()
    assert column(case.rows("claims.csv"), "row_no") == [2, 5]


def test_no_free_text_of_a_candidate_holds_an_id_number(tmp_path) -> None:
    case = Case(tmp_path)
    number = id_number()
    case.text(
        "checks.csv",
        ("班期编号", "检查日期", "方式", "问题"),
        ("YZ2020-0137", "2020-03-01", "现场", f"学员{number}未到"),
    )
    case.text(
        "certificates.csv",
        ("评价批次号", "身份证号", "职业（工种）", "考试日期", "评定结果", "证书编号"),
        ("B1", number, "焊工", "2020-03-01", "合格", f"T{number}"),
    )
    for dataset, path in case.read().reading.candidates.items():
        text = duckdb.sql(f"SELECT string_agg(x::VARCHAR, ' ') FROM '{path}' AS x").fetchone()[0]
        assert number not in text, dataset
