"""Pages fill their view with rows of the release; a page without its mart is not shown."""

from __future__ import annotations

from dashboards.access import RESERVED
from dashboards.address import parse
from dashboards.app import create_app
from dashboards.pages import PAGES, drill, findings, funds, overview, quality, targets
from dashboards.queries import targets as queries
from dashboards.release import Releases
from dashboards.view import Request
from dashboards.words import Words


def ask(home, text: str) -> Request:
    path, _, search = text.partition("?")
    address = parse(path, search)
    return Request(Releases(home).get(address.get("v")), address, Words(address.lang))


def block(view, name: str):
    return next(block for block in view.blocks if block.name == name)


def test_the_course_of_the_years_ends_on_the_span_of_the_mart(home):
    release = Releases(home).get()
    course = queries.course(release, "500103", "person_times")
    span = [row for row in queries.progress(release, "500103") if row["period"] == "2019-2021"]
    whole = next(row for row in span if row["indicator_code"] == "person_times")
    assert course[-1]["running_value"] == whole["actual_value"]
    assert course[-1]["running_target"] == whole["target_value"]
    assert [row["period"] for row in course][:2] == ["2019Q1", "2019Q2"]
    drawn = block(targets.view(ask(home, "/targets")), "course").figure
    plan, actual = drawn.data
    assert list(plan.y)[1:] == [row["running_target"] for row in course if row["running_target"] is not None]
    assert list(actual.y) == [row["running_value"] for row in course]


def test_the_newest_version_of_a_plan_is_shown_and_the_changed_ones_are_listed(release_home, tmp_path):
    import duckdb

    directory = release_home.write_release(tmp_path, "r")
    with duckdb.connect(str(directory / "warehouse.duckdb")) as connection:
        connection.execute(
            "insert into marts.mart_target_progress select * replace (1 as plan_version, 25000 as target_value) "
            "from marts.mart_target_progress where period = '2021' and indicator_code = 'person_times'"
        )
    view = targets.view(ask(tmp_path, "/targets"))
    headline = next(block for block in view.blocks if block.name == "headline")
    assert [row["target_label"] for row in headline.table.rows if row["period"] == "2021"] == ["≥ 25,000"]
    versions = next(block for block in view.blocks if block.name == "versions")
    assert [(row["plan_version"], row["target_label"]) for row in versions.table.rows] == [
        (0, "≥ 24,100"),
        (1, "≥ 25,000"),
    ]


def test_a_target_not_met_before_its_time_is_under_way(release_home, tmp_path):
    import duckdb

    directory = release_home.write_release(tmp_path, "r")
    with duckdb.connect(str(directory / "warehouse.duckdb")) as connection:
        connection.execute("update marts.mart_target_progress set time_progress_ratio = 0.5 where period = '2021'")
        connection.execute(
            "update marts.mart_target_progress set is_met = null, actual_value = null where period = '2019'"
        )
    view = targets.view(ask(tmp_path, "/targets"))
    states = {row["period"]: row["state_label"] for row in view.blocks[0].table.rows}
    assert states == {"2019": "— 无数据", "2020": "✓ 达到", "2021": "… 进行中", "2019-2021": "▼ 未达到"}


def test_funds_say_what_is_unexplained(home):
    view = funds.view(ask(home, "/funds?y=2020"))
    assert "职业技能提升行动专账期末有不明差额 -35,000.00 元，请核对台账。" in view.conclusion
    states = [row["state_label"] for row in block(view, "position").table.rows]
    assert states.count("▼ 有不明差额") == 1 and states.count("✓ 相符") == 2
    assert "各项资金期初、收支与期末余额相符。" in funds.view(ask(home, "/funds?y=2021")).conclusion


def test_money_is_followed_from_claim_to_payment_and_what_waits_is_aged(home):
    view = funds.view(ask(home, "/funds?y=2021"))
    total = block(view, "flow").table.rows[-1]
    assert [total[name] for name in ("claims", "claimed_yuan", "approved_yuan", "paid_yuan", "waiting_yuan")] == [
        3, 30000, 27000, 9000, 18000,
    ]  # fmt: skip
    ages = {row["label"]: (row["claims"], row["waiting_yuan"]) for row in block(view, "ageing").table.rows}
    assert ages["0—30 天"] == (1, 9000) and ages["超过 180 天"] == (1, 9000) and ages["31—60 天"] == (0, 0)
    assert "等待最久的一档为超过 180 天：1 笔，9,000.00 元" in view.conclusion[-2]
    assert "账实核对有 1 项差额未能说明，最大的是台账支出与已拨付补贴：+100,000.00 元。" == view.conclusion[-1]
    # Quota and income by the ledger stand beside the claims, in the table and as the first two bars.
    held = [row for row in funds.view(ask(home, "/funds?y=2021")).blocks if row.name == "position"][0].table.rows
    assert total["quota_yuan"] == sum(row["quota_yuan"] for row in held) > 0
    bars = block(view, "flow").figure.data[0]
    assert [label for label, _ in bars.customdata[:3]] == ["下达额度", "到位资金", "申请"]
    assert list(bars.x[:2]) == [float(total["quota_yuan"]), float(total["income_yuan"])]


def test_a_forecast_stands_on_the_bullet_with_its_error(home):
    view = targets.view(ask(home, "/targets"))
    headline = block(view, "headline")
    expected = {row["period"]: row.get("forecast_value") for row in headline.table.rows}
    assert expected == {"2019": None, "2020": None, "2021": 22900.0, "2019-2021": None}
    assert "平均误差 4.0%" in headline.caption and "不入统计报表" in headline.caption
    assert [trace.name for trace in headline.figure.data][2:4] == ["预计区间（80%）", "预计完成"]


def test_findings_show_their_evidence_and_their_clause(home):
    view = findings.view(ask(home, "/findings?k=YZ2019-12b"))
    assert block(view, "findings").table.rows[0]["evidence_label"] == "第几次：4；允许次数：3；前次班期：YZ2021-100"
    assert "每人每年不超过三次" in [row["value"] for row in block(view, "clause").table.rows]
    states = block(findings.view(ask(home, "/findings")), "states").table.rows
    assert [(row["outcome"], row["rules"]) for row in states] == [("found", 2), ("computed", 1), ("not_decidable", 1)]


def test_overview_answers_five_questions(home):
    labels = [tile.label for tile in overview.view(ask(home, "/")).tiles]
    assert labels == ["目标完成了吗？", "落后在哪里？", "钱在哪里？", "数据有什么问题？", "可以签发什么？"]
    sign = overview.view(ask(home, "/")).tiles[-1]
    assert sign.unit == "份待定稿" and sign.detail.startswith("最新：2021年") and sign.detail.endswith("已定稿 0 份")


def test_the_page_on_data_says_first_what_rows_were_set_aside_for(home):
    view = quality.view(ask(home, "/quality"))
    assert "待更正的原因：金额 1 行。" in view.conclusion
    assert {row["unit_name"] for row in block(view, "rules").table.rows} == {"渝中区"}


def test_row_account_adds_up_over_datasets(home):
    rows = quality.view(ask(home, "/quality")).blocks[0].table.rows
    parts, total = rows[:-1], rows[-1]
    assert total["is_total"] and total["label"] == "合计"
    for name in ("rows_read", "rows_accepted", "rows_quarantined", "rows_duplicate", "rows_not_data"):
        assert sum(row[name] for row in parts) == total[name]


def test_drill_leads_from_unit_to_the_rows_of_a_file(home):
    top = drill.view(ask(home, "/drill?p=2021Q2"))
    assert block(top, "institutions").table.rows == []
    year = block(drill.view(ask(home, "/drill?p=2021")), "institutions").table.rows
    assert [row["institution_name"] for row in year] == ["甲职业培训学校", "乙技工学校", "丙企业培训中心"]
    inner = drill.view(ask(home, str(year[0]["address"]))).blocks[0].table.rows
    assert [row["class_id"] for row in inner] == ["YZ2021-100", "YZ2021-200", "YZ2021-300", "YZ2021-400"]
    assert {(row["trainees"], row["person_times"], row["certified"], row["paid"]) for row in inner} == {
        (30, 28, 25, 20)
    }
    card = {block.name: block.table.rows for block in drill.view(ask(home, str(inner[1]["address"]))).blocks}
    assert card["filed"][0]["file_name"] == "classes_2021Q2.xlsx" and card["filed"][0]["row_no"] == 4
    assert (card["roster"][0]["first_row"], card["roster"][0]["last_row"]) == (5, 34)


def test_drill_to_a_class_that_is_not_there_says_so(home):
    assert drill.view(ask(home, "/drill?c=none")).conclusion == ["本版本没有这个班级。"]


def test_overview_lists_what_is_missed_and_leads_there(home):
    view = overview.view(ask(home, "/?lang=en"))
    todo = block(view, "todo").table.rows
    assert [row["state_label"] for row in todo][:3] == ["▼ missed"] * 3
    assert str(todo[0]["address"]) == "/targets?lang=en"


def test_every_page_answers_in_both_languages_and_has_a_workbook(home):
    client = create_app(home).server.test_client()
    for page in PAGES:
        for lang in ("zh", "en"):
            answer = client.get(f"/export/{page.NAME}.xlsx?lang={lang}")
            expected = (403, b"<!") if page.NAME in RESERVED else (200, b"PK")
            assert (answer.status_code, answer.data[:2]) == expected


def test_a_page_without_its_mart_is_not_shown(release_home, tmp_path):
    release_home.write_release(tmp_path, "r", without=("mart_fund_position", "mart_quality", "dim_class"))
    client = create_app(tmp_path).server.test_client()
    assert client.get("/export/funds.xlsx").status_code == 404
    assert client.get("/export/targets.xlsx").status_code == 200
    assert client.get("/export/overview.xlsx").status_code == 200
    assert client.get("/export/drill.xlsx").status_code == 404


def test_findings_are_counted_by_rule_and_lead_to_their_class(home):
    view = findings.view(ask(home, "/findings"))
    assert view.conclusion == ["不予支付 2 项，涉及金额 2,360.00 元。", "提示核查 1 项，涉及金额 — 元。"]
    rules, rows = (block(view, name).table.rows for name in ("rules", "findings"))
    assert [(row["label"], row["findings"]) for row in rules] == [
        ("YZ2019-12b", 2),
        ("合计", 2),
        ("CQ2021-8e", 1),
        ("合计", 1),
    ]
    assert str(rows[0]["address"]) == "/drill?c=YZ2021-200"
    one = findings.view(ask(home, "/findings?k=CQ2021-8e"))
    assert [row["subject"] for row in block(one, "findings").table.rows] == ["2021-0007"]


def test_tiles_lead_with_one_target_of_each_indicator(home):
    labels = [tile.label for tile in targets.view(ask(home, "/targets")).tiles]
    assert [label.split(" · ")[1] for label in labels] == ["2019—2021年", "2019—2021年", "2021年", "2021年"]
    assert len({label.split(" · ")[0] for label in labels}) == 4


def test_a_page_opens_with_a_unit_of_its_own_before_one_that_sums_others_up(home):
    assert "渝中区" in drill.view(ask(home, "/drill?p=2021")).title
