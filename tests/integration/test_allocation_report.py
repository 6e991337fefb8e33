"""Report E of a bureau: every form is there, prints rows of the marts as they are, and its checks hold in every format."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboards.release import Releases
from dashboards.reports import write_report
from dashboards.reports.content import ReportError, read_report
from dashboards.reports.printed import bars, check_lines
from dashboards.words import Words


@pytest.fixture(scope="module")
def report(bureau):
    return read_report(Releases(bureau.settings.home).get(), "review", "2021", "500103", Words("zh"))


def test_the_report_has_its_forms_and_their_checks_hold(report):
    assert [form.code for form, _ in report.forms] == ["E1", "E1-2", "E2", "E3", "E4", "E4-2"], "E4-3 once decided"
    checks = check_lines(report)
    assert len(checks["E3"]) == 2 and all(holds for lines in checks.values() for _, holds in lines)


def test_amounts_are_those_of_the_mart(report, bureau):
    rows = bureau.query(
        "SELECT recipient_name, proposed_yuan FROM marts.mart_allocation WHERE year = 2022 AND scenario = 'proposal'"
    )
    printed = {row["institution_name"]: row["proposed_yuan"] for row in report.rows("E3") if not row["is_total"]}
    assert printed == dict(rows)
    (total,) = [row for row in report.rows("E3") if row["is_total"]]
    assert total["proposed_yuan"] == sum(amount for _, amount in rows)


def test_parameters_come_to_the_whole_pool(report):
    lines = report.rows("E4-2")
    assert sum(Decimal(str(line["share_ratio"])) for line in lines) == pytest.approx(1)
    assert sum(line["part_yuan"] for line in lines) == next(
        r["computed_yuan"] for r in report.rows("E3") if r["is_total"]
    )


def test_scores_of_the_self_evaluation_come_to_the_total(report):
    *lines, total = report.rows("E1")
    assert total["is_total"] and sum(line["score"] or 0 for line in lines) == total["score"]


def test_every_point_of_a_subject_stands_under_one_heading_whatever_the_scheme_calls_it(report):
    parts = ("task_score", "quality_score", "effect_score", "money_score", "satisfaction_score", "conduct_score")
    for row in report.rows("E2"):
        if row["total_score"]:
            assert sum(row[part] or 0 for part in parts) == row["total_score"]


def test_the_money_of_the_year_is_that_which_the_budget_line_is_scored_by(report):
    *funds, total = report.rows("E1-2")
    (line,) = [row for row in report.rows("E1") if row["sheet_part"] == "money"]
    assert total["is_total"] and float(total["execution_ratio"]) == pytest.approx(line["raw_value"])
    assert sum(row["available_yuan"] for row in funds) == total["available_yuan"]
    assert all(row["available_yuan"] == row["opening_yuan"] + row["received_yuan"] for row in funds)


def test_a_chart_stands_on_one_page(report):
    (form,) = [form for form, _ in report.forms if form.code == "E4"]
    many = [row for row in report.rows("E4") if not row["is_total"]] * 3
    assert len(bars(form, many)) == 20 < len(many)


def test_it_is_written_in_both_languages(bureau, tmp_path):
    for lang in ("zh", "en"):
        written = write_report(bureau.settings.home, "review", "2021", "500103", ["xlsx", "html"], tmp_path, lang=lang)
        assert all(path.stat().st_size > 5000 for path in written)


def test_a_quarter_has_no_such_report(bureau):
    with pytest.raises(ReportError):
        read_report(Releases(bureau.settings.home).get(), "review", "2021Q2", "500103", Words("zh"))
