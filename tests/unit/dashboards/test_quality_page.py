"""The page on data quality: what waits, what came back, and the answer to each file, dearest errors first."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from dashboards import feedback
from dashboards.access import WHOLE, Scope
from dashboards.address import parse
from dashboards.pages import quality
from dashboards.release import Releases
from dashboards.view import Request
from dashboards.words import Words
from tests.browser.release_home import UNIT
from tests.browser.release_home import write_release as write

PERIOD = "2020Q2"
SAID = {"zh": "金额有误：必须…；请核对。", "en": "The amount is wrong: you must …; check it."}
FIRST = {
    "submission_id": "s",
    "file_name": "a.xlsx",
    "sheet": "一班",
    "row_no": 9,
    "committed_at": "2020-04-02T08:00:00Z",
}


def error(row_no: int, fen: int, severity: str = "quarantine", **more) -> dict:
    own = {"column": "paid_yuan", "severity": severity, "rules": ["claims.amount"], "amount_fen": fen, "stake_fen": fen}
    return own | {"heads": 1, "partners": [], "first": None, "sheet": "一班", "row_no": row_no} | more


def answer(**changes) -> dict:
    rule = {
        "rule_id": "claims.amount",
        "severity": "quarantine",
        "column": "paid_yuan",
        "rows": 2,
        "stake_fen": 300,
        "heads": 2,
    }
    across = [{"rule_id": "claims.class_known", "state": "pending", "checked": 7, "failed": 0, "message": SAID}]
    return {
        "form": 1, "file_name": "claims_2020Q2.xlsx", "dataset": "claims", "reporting_unit": UNIT, "period": PERIOD,
        "submission_id": f"{1:020x}", "verdict": "quarantined", "layout": [], "refused": [], "notices": [],
        "rows": {"read": 12, "not_data": 1, "duplicate": 0, "quarantined": 2, "accepted": 9},
        "stake": {"rows": 2, "fen": 123456, "heads": 2, "basis": None}, "rules": [rule | {"message": SAID}],
        "errors": [error(17, 300, first=FIRST), error(4, 100, partners=[{"row_no": 5}]), error(3, 0, "warn")],
        "across": across, "mended": [{"sheet": "一班", "row_no": 8, "first": FIRST}],
    } | changes  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A release, an answer to a file of it that has a workbook, and a file refused and not sent again."""
    home = tmp_path_factory.mktemp("home")
    write(home, "r")
    folder = home / "feedback" / UNIT / PERIOD
    folder.mkdir(parents=True)
    row = Releases(home).get().rows(f"from marts.mart_row_account where dataset = 'claims' and period = '{PERIOD}'")[0]
    told = answer(submission_id=row["submission_id"], file_name=row["file_name"])
    refused = answer(file_name="坏.xlsx", verdict="refused", submission_id=None, refused=[
        {"rule_id": "file.no_header", "sheet": "一班", "row_no": None, "message": SAID}])  # fmt: skip
    for name, text in ((f"claims_{PERIOD}-0a1b2c3d", told), ("坏-00000001", refused), ("好-00000002", refused),
                       ("好-00000003", answer(verdict="accepted"))):  # fmt: skip
        (folder / f"{name}{feedback.ANSWER}").write_text(json.dumps(text), encoding="utf-8")
    (folder / f"claims_{PERIOD}-0a1b2c3d{feedback.ENDING}").write_bytes(b"PK")
    return home


def page(home, text: str = "/quality", scope: Scope = WHOLE):
    path, _, search = text.partition("?")
    address = parse(path, search)
    return quality.view(Request(Releases(home).get(None, scope), address, Words(address.lang), home))


def table(view, name: str) -> list:
    return next((block.table.rows for block in view.blocks if block.name == name), [])


def test_what_waits_for_another_table_is_listed_and_told(home):
    view = page(home)
    (row,) = table(view, "pending")
    assert (row["rule_id"], row["checked"], row["period_label"]) == ("enrollments.class_known", 418, "2019年第一季度")
    assert row["message"].startswith("班期编号可疑") and "有 1 项核对在等其他报表。" in view.conclusion
    assert "1 checks wait for another table." in page(home, "/quality?lang=en").conclusion


def test_rows_that_came_back_stand_with_their_first_appearance(home):
    view = page(home)
    (row,) = table(view, "mended")
    assert (row["file_name"], row["row_no"]) == ("claims_2020Q2.xlsx", 9)
    assert (row["first_file_name"], row["first_row_no"], row["first_on"]) == ("claims_2020Q1.xlsx", 12, "2020-04-08")
    assert "以前隔离的 1 行已改正并接收，涉及 1,180.00 元。" in view.conclusion


def test_a_row_that_came_back_with_another_period_waits_no_more(home, tmp_path):
    import duckdb

    directory = write(tmp_path, "r")
    assert len(table(page(tmp_path), "rows")) == 1
    with duckdb.connect(str(directory / "warehouse.duckdb")) as connection:
        connection.execute(
            "update marts.mart_mended_row set first_submission_id = printf('%020x', 2), first_row_no = 17"
        )
    view = page(tmp_path)
    assert table(view, "rows") == [] and not any(line.startswith("待更正的原因") for line in view.conclusion)


def test_a_file_leads_to_its_answer_and_what_mending_it_brings_back(home):
    row = next(row for row in table(page(home), "feedback") if row["dataset"] == "claims" and row["period"] == PERIOD)
    assert (row["yuan"], row["heads"], row["feedback"]) == (Decimal("1234.56"), 2, "下载")
    assert table(page(home), "feedback")[0] == row, "the dearest file stands first"
    view = page(home, str(row["address"]))
    assert view.title == row["file_name"] and [tile.value for tile in view.tiles] == ["12", "1", "0", "2", "9"]
    assert view.conclusion[1:] == ["结论：部分接收，有错误的行未接收。", "改正这 2 行：1,234.56 元、2 人次。"]
    first, second, last = table(view, "errors")
    assert (first["row_no"], first["column"], first["seen"]) == (17, "拨付金额", "2020-04-02 已被隔离一次")
    assert "同一主键的行：5。" in second["text"] and last["yuan"] is None
    assert [row["label"] for row in table(view, "across")] == ["… 待定"] and table(view, "mended")[0][
        "first_row_no"
    ] == 9


def test_a_refused_file_is_listed_until_it_is_sent_again(home):
    (row,) = table(page(home), "not_taken")
    assert row["file_name"] == "坏.xlsx"
    assert table(page(home, str(row["address"]) + "&lang=en"), "refused")[0]["text"] == SAID["en"]


@pytest.mark.parametrize("scope", [Scope("planner", ("500199",)), Scope("finance"), Scope("public")])
def test_an_answer_is_shown_to_nobody_else(home, scope):
    assert feedback.answer_of(home, UNIT, PERIOD, "0a1b2c3d", scope) is None
    assert feedback.not_taken(home, "", scope) == []
    assert feedback.answer_of(home, UNIT, PERIOD, "0a1b2c3d", WHOLE)["rows"]["read"] == 12
