"""Figures hold the rows they are given, unchanged, and offer to share nothing."""

from __future__ import annotations

import datetime

from dashboards.charts.account import account_bars
from dashboards.charts.allocation import MOST_BARS, amount_bars
from dashboards.charts.axis import Axis, money
from dashboards.charts.bullet import bullet
from dashboards.charts.burn_up import burn_up
from dashboards.charts.funds import fund_bars
from dashboards.charts.stages import stages
from dashboards.charts.style import DARK, LIGHT, breadth, config, wrapped
from dashboards.words import Words

NAMES = {
    "target": "目标", "actual": "实际", "time": "时间进度", "plan": "计划", "data_date": "数据截至", "axis": "人次",
    "opening_yuan": "期初", "income_yuan": "收入", "outlay_yuan": "支出", "closing_yuan": "期末",
    "rows_quarantined": "隔离", "rows_duplicate": "重复",
}  # fmt: skip


def bullets(*ratios: float | None) -> list[dict]:
    return [
        {"label": str(2019 + place), "completion_ratio": ratio, "time_progress_ratio": 0.5, "text": f"{ratio}"}
        for place, ratio in enumerate(ratios)
    ]


def test_a_bullet_is_a_target_a_thin_bar_and_a_line_of_time():
    figure = bullet(bullets(0.9, 1.1), NAMES, LIGHT)
    target, actual, time = figure.data
    assert list(target.x) == [1, 1]
    assert list(actual.x) == [0.9, 1.1]
    assert list(time.x) == [0.5, 0.5]
    assert actual.width < target.width
    assert {note.text for note in figure.layout.annotations} == {"<b>2019</b>", "<b>2020</b>", "0.9", "1.1"}


def test_a_bullet_far_over_its_target_does_not_flatten_the_others():
    assert bullet(bullets(0.9, 9.0), NAMES, LIGHT).layout.xaxis.range[1] == 1.5
    assert bullet(bullets(0.2), NAMES, LIGHT).layout.xaxis.range[1] == 1.2


def test_a_target_without_an_actual_has_an_empty_bar():
    assert list(bullet(bullets(None), NAMES, LIGHT).data[1].x) == [0]


def test_the_plan_starts_at_nought_on_new_years_day_and_steps_by_year():
    day = datetime.date
    actual = [{"ends_on": day(2019, 3, 31), "label": "一季度", "running_value": 100}]
    plan = [
        {"ends_on": day(2019, 12, 31), "running_target": 400},
        {"ends_on": day(2020, 12, 31), "running_target": 900},
    ]
    figure = burn_up(actual, plan, NAMES, LIGHT, "2019-03-31")
    assert list(figure.data[0].x) == [day(2019, 1, 1), day(2019, 12, 31), day(2020, 12, 31)]
    assert list(figure.data[0].y) == [0, 400, 900]
    assert list(figure.data[1].y) == [100]
    assert figure.layout.yaxis.rangemode == "tozero"


def test_a_course_without_a_plan_is_drawn_alone():
    figure = burn_up([{"ends_on": datetime.date(2019, 3, 31), "label": "", "running_value": 1}], [], NAMES, LIGHT)
    assert len(figure.data) == 1


def test_fund_bars_and_account_bars_hold_every_row():
    fund = {"label": "专账", "opening_yuan": 1, "income_yuan": 2, "outlay_yuan": 3, "closing_yuan": None}
    assert [list(bar.y) for bar in fund_bars([fund], NAMES, LIGHT, Axis("元")).data] == [[1], [2], [3], [0]]
    rows = [{"label": "补贴申领", "rows_quarantined": 4}, {"label": "培训班", "rows_quarantined": 1}]
    assert [list(bar.x) for bar in account_bars(rows, "行", LIGHT).data] == [[4, 1]]


def test_amounts_are_told_in_units_that_people_read():
    assert money(Words("zh"), 34_956_600).of(34_956_600)["ticktext"] == ["0", "1,000", "2,000", "3,000"]
    assert money(Words("zh"), 125_590).of(125_590)["ticktext"] == ["0", "5", "10"]
    assert money(Words("zh"), 900).label == "元" and money(Words("en"), 900).label == "yuan"
    axis = money(Words("en"), 34_956_600)
    assert (axis.label, axis.of(34_956_600)["ticktext"]) == ("million yuan", ["0", "10", "20", "30"])
    assert money(Words("en"), 125_590).label == "thousand yuan"
    assert money(Words("zh"), 0).of(0)["ticktext"] == ["0"]


def test_what_is_late_apart_or_given_is_told_by_more_than_its_colour():
    row = {"label": "", "text": "", "value": 1}
    bar = stages([row, {**row, "is_late": True}, {**row, "is_apart": True}, {**row, "is_given": True}], LIGHT, Axis("元")).data[0]
    assert list(bar.marker.pattern.shape) == ["", "/", "/", ""]
    assert len(set(bar.marker.color)) == 4


def test_a_long_label_is_broken_at_a_space_or_anywhere_in_chinese():
    assert wrapped("职业技能提升行动专账", 12) == "职业技能提升<br>行动专账"
    assert wrapped("Unemployment insurance", 12) == "Unemployment<br>insurance"
    assert wrapped("专账", 12) == "专账" and breadth("<b>专账</b> 1") == 6


def test_labels_too_wide_for_a_phone_stand_on_a_line_of_their_own():
    row = {"label": "企业新型学徒人数 2019—2021年", "text": "2,162 / 2,000　<b>108.1%</b>", "completion_ratio": 1,
           "time_progress_ratio": 1}  # fmt: skip
    heights = {note.yshift for note in bullet([row], NAMES, LIGHT).layout.annotations}
    assert len(heights) == 2
    assert len({note.yshift for note in bullet(bullets(1), NAMES, LIGHT).layout.annotations}) == 1


def test_the_largest_allocations_are_drawn_with_their_names_and_amounts():
    rows = [{"recipient_name": f"学校{n}", "last_year_yuan": None, "proposed_yuan": 100 - n} for n in range(30)]
    figure = amount_bars(rows, {"last_year_yuan": "上年", "proposed_yuan": "建议"}, LIGHT, Axis("元"))
    assert [len(bar.x) for bar in figure.data] == [MOST_BARS] * 2
    assert {"学校0", "<b>100.00</b>"} <= {note.text for note in figure.layout.annotations}


def test_a_figure_follows_the_theme_and_leaves_the_shared_default_alone():
    import plotly.io as pio

    before = pio.templates.default
    assert bullet(bullets(1), NAMES, DARK).layout.font.color != bullet(bullets(1), NAMES, LIGHT).layout.font.color
    assert pio.templates.default == before


def test_no_figure_is_sent_anywhere():
    for language, locale in (("zh", "zh-CN"), ("en", "en")):
        given = config(language)
        assert (given["showSendToCloud"], given["plotlyServerURL"], given["displaylogo"]) == (False, "", False)
        assert given["locale"] == locale
