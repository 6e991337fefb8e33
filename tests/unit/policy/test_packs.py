"""The packs load, say what their texts say, and become tables; a broken pack is told by name and line."""

from __future__ import annotations

import csv
import shutil

import pytest

from orchestration.policy import check as policy_check
from orchestration.policy import packs as policy


@pytest.fixture(scope="module")
def packs():
    return policy.load_packs()


def test_the_six_documents(packs):
    assert [(p.jurisdiction, p.name, p.document["status"]) for p in packs] == [
        ("210200", "DL2011", "in_force"),
        ("500000", "CQ2012", "in_force"),
        ("500000", "CQ2019-124", "unconfirmed"),
        ("500000", "CQ2021", "in_force"),
        ("500103", "YZ2019", "in_force"),
        ("510000", "SC2025", "draft"),
    ]


def test_packs_are_sound(packs):
    assert policy.check(packs) == []


def test_unconfirmed_figures_carry_no_quote(packs):
    pack = next(p for p in packs if p.name == "CQ2019-124")
    assert pack.text == ""
    assert all(row["note"].startswith("unconfirmed") and not row["quote"] for row in pack.tables["rate"])


def test_tables_have_one_shape_each(packs):
    for name, rows in policy.pack_tables(packs).items():
        assert rows, name
        assert len({tuple(row) for row in rows}) == 1, name
        assert {"jurisdiction", "document"} <= set(rows[0])
        assert all(value is None or isinstance(value, str) for row in rows for value in row.values())
        assert not any(value == "" for row in rows for value in row.values())


def test_quotes_may_join_pieces_in_order_and_ignore_white_space():
    text = policy_check.squeeze("按规 定给\n\n予职业培训补贴，原则上每人每年")
    assert policy_check.is_quoted("按规定给予职业 培训补贴", text)
    assert policy_check.is_quoted("按规定…每人每年", text)
    assert not policy_check.is_quoted("每人每年…按规定", text)
    assert not policy_check.is_quoted("按规定给予生活费补贴", text)


def spoil(tmp_path, file, column, value, row=0):
    """A copy of the Yuzhong pack with one cell changed."""
    folder = tmp_path / "500103" / "YZ2019"
    shutil.copytree(policy.PACKS / "500103" / "YZ2019", folder)
    with (folder / file).open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    rows[row][column] = value
    with (folder / file).open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return policy.check(policy.load_packs(tmp_path))


@pytest.mark.parametrize(
    ("file", "column", "value", "told"),
    [
        ("parameters.csv", "quote", "每人每年可享受不超过9次", "引文不在原文中"),
        ("parameters.csv", "valid_from", "2019-02-30", "不是日期"),
        ("parameters.csv", "valid_to", "2018-01-01", "valid_from 晚于 valid_to"),
        ("parameters.csv", "parameter", "limit_nobody_uses", "没有模型使用"),
        ("rules.csv", "state", "maybe", "state 应为"),
        ("rules.csv", "severity", "flag", "必须有 severity"),
        ("categories.csv", "category", "poor_labourer", "有效期重叠"),
    ],
)
def test_a_broken_cell_is_told(tmp_path, file, column, value, told):
    problems = spoil(tmp_path, file, column, value)
    assert any(told in problem and problem.startswith("500103/YZ2019") for problem in problems), problems


def test_a_missing_file_is_told_by_pack(tmp_path):
    shutil.copytree(policy.PACKS / "500103" / "YZ2019", tmp_path / "500103" / "YZ2019")
    (tmp_path / "500103" / "YZ2019" / "rates.csv").unlink()
    with pytest.raises(policy.PolicyError, match="500103/YZ2019"):
        policy.load_packs(tmp_path)


def test_show_rule_gives_text_values_and_tests():
    shown = policy.show_rule("YZ2019-12d")
    assert shown["clause"] == "四(十二)"
    assert [row["value"] for row in shown["parameters"]] == ["0.5"]
    assert [row["test"] for row in shown["tests"]] == [
        "advance_over_half",
        "advance_not_allowed",
        "paid_above_approved",
    ]
    with pytest.raises(policy.PolicyError, match="YZ2019-99"):
        policy.show_rule("YZ2019-99")


def test_diff_sets_limits_side_by_side():
    records = {row["name"]: row for row in policy.diff("YZ2019", "大政发[2011]44号")}
    assert (records["trainings_per_person_year"]["YZ2019"], records["trainings_per_person_year"]["DL2011"]) == (
        "3 2019-09-30..",
        "1 2011-01-01..",
    )
    assert "counting_completion" not in records
    assert records["issued_on"]["YZ2019"] == "2019-09-30"
    assert records["fourth_in_year"]["YZ2019"] == "YZ2019-12b flag 2019-09-30.."
    assert records["second_in_year"]["YZ2019"] == ""
    assert {row["kind"] for row in records.values()} == {"document", "parameter", "category", "catalogue", "rule"}
    with pytest.raises(policy.PolicyError, match="XX"):
        policy.diff("YZ2019", "XX")


def test_diff_with_a_changed_copy(tmp_path):
    copy = tmp_path / "500103" / "YZ2019"
    shutil.copytree(policy.PACKS / "500103" / "YZ2019", copy)
    for name, before, after in [
        ("parameters.csv", "trainings_per_person_year,3,", "trainings_per_person_year,2,"),
        ("categories.csv", "free_training,poor_labourer,", "free_training,graduate,"),
        ("document.yml", "issued_on: '2019-09-30'", "issued_on: '2022-01-01'"),
    ]:
        text = (copy / name).read_text(encoding="utf-8")
        assert before in text
        (copy / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    assert policy.diff("YZ2019", "YZ2019") == []
    found = {(row["kind"], row["name"]): (row["YZ2019"], row["YZ2019*"]) for row in policy.diff("YZ2019", str(copy))}
    assert found == {
        ("document", "issued_on"): ("2019-09-30", "2022-01-01"),
        ("parameter", "trainings_per_person_year"): ("3 2019-09-30..", "2 2019-09-30.."),
        ("category", "free_training"): ("poor_labourer 2019-09-30..", "graduate 2019-09-30.."),
    }
