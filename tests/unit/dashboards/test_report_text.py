"""The text of a report and its state: sentences from rows alone, in the words of an office; frozen, later, restated."""

from __future__ import annotations

import json

import duckdb
import pytest

from dashboards.release import Releases
from dashboards.reports import write_report
from dashboards.reports.content import read_report
from dashboards.reports.narrative import narrative
from dashboards.reports.printed import headers
from dashboards.words import Words


@pytest.fixture
def frozen_home(release_home, tmp_path):
    """2021Q1 is frozen as r-0001; r-0002 holds what moved since."""
    first = release_home.write_release(tmp_path, "r-0001")
    with duckdb.connect(str(first / "warehouse.duckdb")) as connection:
        connection.execute("delete from marts.mart_restatement")
    release_home.write_release(tmp_path, "r-0002")
    listed = {"2021Q1": {"release_id": "r-0001", "frozen_at": "2021-05-06T07:08:09Z"}}
    (tmp_path / "releases" / "frozen.json").write_text(json.dumps(listed), encoding="utf-8")
    return tmp_path


def report(home, kind="quarterly", period="2021Q2", lang="zh", release=None):
    releases = Releases(home)
    return read_report(releases.get(release), kind, period, "500103", Words(lang), releases.get() if release else None)


def told(made):
    return {section.heading: section.text for section in narrative(made)}


def test_a_quarter_is_told_from_its_rows(home):
    text = told(report(home))
    assert list(text) == ["一、总体情况", "二、增减变化", "三、进度情况", "四、资金情况", "五、数据质量与修订"]
    assert text["一、总体情况"].startswith(
        "数据截至2021年12月31日。2021年第二季度，渝中区补贴性职业技能培训结业6,330人次，年初以来累计结业10,430人次。"
        "完成年度目标（24,100人次）的43.3%。"
    )
    assert "增长10%以上的有" in text["二、增减变化"] and "下降" not in text["二、增减变化"]
    assert text["三、进度情况"] == "完成率低于时间进度的有渝中区（低6.3个百分点）。"
    assert "多100,000.00元，应逐笔核对" in text["四、资金情况"]
    assert "渝中区21行" in text["五、数据质量与修订"]


def test_what_fell_is_told_apart_from_what_rose(home):
    made = report(home)
    for row in made.rows("J1"):
        row["change_ratio"] = {"person_times": -0.31, "enrolled": -0.09}.get(row["code"])
    assert told(made)["二、增减变化"] == "与上年同期相比，下降10%以上的有结业人次（下降31.0%）。"


def test_nothing_lags_when_every_unit_keeps_pace(home):
    made = report(home)
    for row in made.rows("J2"):
        row["time_gap_ratio"] = 0.01
    assert told(made)["三、进度情况"] == "各单位完成率均不低于时间进度。"


def test_what_is_hidden_is_not_told(home):
    made = report(home)
    for row in made.rows("J1"):
        if row["code"] == "apprentices":
            row["cumulative_value"] = None
    for row in made.rows("J7"):
        row["frozen_value"], row["reason"] = None, ""
    text = "".join(told(made).values())
    assert "—" not in text and "新型学徒" not in text and "修订" not in text.replace("数据质量与修订", "")


def test_agreement_of_ledger_and_claims_is_told_too(home):
    made = report(home, "funds")
    for row in made.rows("J5-2"):
        row["difference_yuan"] = 0
    assert told(made)["三、资金情况"].endswith("台账支出与已拨付申领核对相符。")


def test_a_fund_notice_says_when_and_where_objections_are_heard(home):
    text = told(report(home, "funds"))["二、公示与联系方式"]
    assert all(word in text for word in ("公示时间", "受理单位：渝中区", "联系人", "联系电话", "联系地址", "电子邮箱"))


def test_english_text_holds_no_chinese_but_names(home):
    text = "".join(told(report(home, lang="en")).values()).replace("渝中区", "")
    # names of lines come from the mart, of synthetic rows too
    assert not [letter for letter in text.replace("补报或更正", "") if "\u4e00" <= letter <= "\u9fff"]


def test_the_head_says_whether_the_period_is_frozen(frozen_home):
    assert report(frozen_home).status == "草稿（本期尚未定稿）"
    assert report(frozen_home, period="2021Q1", release="r-0001").status == "已定稿（2021-05-06）"
    assert report(frozen_home, period="2021Q1").status.startswith("本期已由版本 r-0001 定稿（2021-05-06）")


def test_the_next_report_and_the_frozen_one_tell_what_was_restated(frozen_home, tmp_path):
    said = "2021年第一季度补贴性职业技能培训人次（定稿数4,080，现数4,100）"
    reason = "修订原因为补报或更正：培训花名册（渝中区，2021年第一季度）。"
    for made in (report(frozen_home), report(frozen_home, period="2021Q1", release="r-0001")):
        text = told(made)["五、数据质量与修订"] if made.rows("J6") else "".join(told(made).values())
        assert said in text and reason in text
    page = write_report(frozen_home, "quarterly", "2021Q2", "500103", ["html"], tmp_path)[0].read_text(encoding="utf-8")
    assert ">4,080<" in page and ">4,100<" in page


def test_a_quarter_tells_restatements_up_to_itself_and_of_its_year_alone(frozen_home):
    with duckdb.connect(str(frozen_home / "releases" / "r-0002" / "warehouse.duckdb")) as connection:
        connection.execute("insert into marts.mart_restatement select * replace ('2021Q3' as period) from marts.mart_restatement")
        connection.execute(
            "insert into marts.mart_restatement select * replace ('2020Q1' as period) from marts.mart_restatement limit 1"
        )
    assert [row["period"] for row in report(frozen_home).rows("J7")] == ["2021Q1"]
    assert [row["period"] for row in report(frozen_home, "annual", "2021").rows("N5")] == ["2021Q1", "2021Q3"]


def test_nothing_restated_is_said(frozen_home):
    with duckdb.connect(str(frozen_home / "releases" / "r-0002" / "warehouse.duckdb")) as connection:
        connection.execute("delete from marts.mart_restatement")
    assert "没有定稿后修订的数据" in told(report(frozen_home))["五、数据质量与修订"]


def test_a_target_table_of_a_month_says_what_the_year_is_expected_to_come_to(home):
    made = report(home, "targets", "202106")
    (total,) = [row for row in made.rows("C2") if row["unit_code"] is None]
    assert (total["forecast_value"], total["forecast_range"]) == (22900.0, "22,100—23,800")
    assert "预计全年结业22,900人次（80%区间为22,100—23,800人次，以往年份回测误差4.0%）。" in told(made)["一、进度情况"]
    form = next(form for form, _ in made.forms if form.code == "C2")
    heads = {head.text for heads in headers(form, made) for head in heads}
    assert {"本月", "80%区间", "回测误差"} <= heads and "本季" not in heads


def test_a_restatement_with_many_reasons_stays_a_sentence(home):
    made = report(home)
    row = made.rows("J7")[0]
    made.rows("J7")[:] = [row | {"reason": f"原因{number}"} for number in range(9)]
    assert "修订原因为原因0；原因1等。" in told(made)["五、数据质量与修订"]
