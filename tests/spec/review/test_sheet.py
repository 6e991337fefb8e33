"""The published self-evaluation of Lüliang's care-worker programme, line by line, and what a sheet may say."""

from pathlib import Path

import pytest

from orchestration.review.sheet import SheetError, evaluate_sheet

PUBLISHED = Path(__file__).resolve().parents[3] / "data/sample/published/luliang_self_evaluation.csv"
HEADER = "一级指标,二级指标,三级指标,年度指标值,实际完成值"

# line -> completion in per cent, met, points, score; None is left to people
LINES = {
    "完成2021年吕梁山护工培训任务": (97.33, False, 6.25, 6.083),
    "完成培训就业质量考核及验收": (100, True, 6.25, 6.25),
    "培训对象符合招生计划规定": (None, None, 6.25, None),
    "参训学员结业考核通过率": (98.79, False, 6.25, 6.1744),
    "培训机构考核验收达标": (100, True, 6.25, 6.25),
    "培训任务完成及时": (None, True, 6.25, 6.25),
    "考核任务完成及时": (None, None, 6.25, None),
    "培训补贴标准达标": (86.67, True, 6.25, 6.25),  # a cost below its target is met
    "参训学员就业率": (89.22, False, 10, 8.9217),
    "提高参训学员技术水平": (None, True, 10, 10),
    "巩固脱贫攻坚成果": (None, True, 10, 10),
    "参培学员满意度": (92.97, False, 10, 9.2968),
}


@pytest.fixture(scope="module")
def luliang():
    return evaluate_sheet(PUBLISHED)


def test_the_sheet_has_the_published_lines_in_their_order(luliang):
    assert [row["level3"] for row in luliang["lines"]] == list(LINES)


@pytest.mark.parametrize("name", LINES)
def test_a_line(luliang, name):
    row = next(row for row in luliang["lines"] if row["level3"] == name)
    completion = None if row["completion_ratio"] is None else round(100 * row["completion_ratio"], 2)
    assert (completion, row["is_met"], row["points"], row["score"]) == LINES[name]


def test_the_total_is_told_between_what_people_may_still_judge(luliang):
    total = luliang["total"]
    assert (round(total["score"], 4), total["points"], total["to_judge"]) == (75.4759, 90, 2)
    assert (total["at_least"], total["at_most"]) == (83.86, 97.75)


@pytest.mark.parametrize(
    ("target", "actual", "score"),
    [
        ("≥60%", "60%", 10), ("不低于60%", "30%", 5), ("60%以上", "61％", 10), ("≤30天", "60天", 5), ("30天及以下", "15天", 10),
        ("1,000人", "500人", 5), ("1,000人", "500", 5), ("100人", "50%", None), ("10-20人", "15人", None), ("100%", "-5%", 0),
    ],
)  # fmt: skip
def test_what_a_cell_may_say(tmp_path, target, actual, score):
    path = tmp_path / "sheet.csv"
    path.write_text(f'{HEADER},分值\n产出指标,数量,一项,"{target}","{actual}",10\n', encoding="utf-8-sig")
    assert evaluate_sheet(path)["lines"][0]["score"] == score


def test_a_file_that_is_no_sheet_is_refused(tmp_path):
    path = tmp_path / "sheet.csv"
    with pytest.raises(SheetError, match="没有文件"):
        evaluate_sheet(path)
    path.write_text("指标,目标\na,1\n", encoding="utf-8")
    with pytest.raises(SheetError, match="缺少列 一级指标"):
        evaluate_sheet(path)
    path.write_text(f"{HEADER}\n加分项,数量,一项,1,1\n", encoding="utf-8")
    with pytest.raises(SheetError, match="加分项"):
        evaluate_sheet(path)
