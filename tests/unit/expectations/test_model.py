"""Suites are data: a rule that breaks the form is named with what to mend."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from expectations.contract import contracts
from expectations.model import SuiteError, build_suite, read_suite, state_of, suite_sha256, suites

GOOD = {
    "id": "claims.some_rule",
    "where": "paid_yuan > 1",
    "column": "paid_yuan",
    "severity": "warn",
    "reason": "amount",
    "message": {"zh": "甲有误：必须乙；请核对丙。", "en": "A is wrong: you must b; check c."},
    "why": "Because.",
}


def _read(tmp_path: Path, *rules: dict):
    path = tmp_path / "claims.yml"
    path.write_text(yaml.safe_dump({"dataset": "claims", "rules": list(rules)}, allow_unicode=True), encoding="utf-8")
    return read_suite(path, contracts()["claims"])


def test_a_good_rule_is_read(tmp_path: Path) -> None:
    (rule,) = _read(tmp_path, GOOD)
    assert rule.id == "claims.some_rule" and not rule.is_derived


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"id": "classes.some_rule"}, "the id must be claims.<what>"),
        ({"where": None}, "exactly one of where and expect"),
        ({"expect": "ExpectTableRowCountToBeBetween"}, "exactly one of where and expect"),
        ({"severity": "fatal"}, "severity must be one of"),
        ({"phase": {"later": "warn"}}, "phase must name"),
        ({"phase": {"preview": "none"}}, "severity must be one of"),
        ({"reason": "other"}, "reason must be one of"),
        ({"column": "no_such"}, "column no_such is not in the contract"),
        ({"message": {"zh": "错误", "en": GOOD["message"]["en"]}}, "message.zh must read"),
        ({"message": {"zh": GOOD["message"]["zh"]}}, "message.en must read"),
        ({"why": " "}, "why must say"),
        ({"wher": "x"}, "unknown keys"),
    ],
)
def test_a_rule_that_breaks_the_form_is_told(tmp_path: Path, change: dict, told: str) -> None:
    with pytest.raises(SuiteError, match=told):
        _read(tmp_path, {**GOOD, **change})


@pytest.mark.parametrize("key", ["id", "severity", "reason", "message", "why"])
def test_what_a_rule_cannot_be_without(tmp_path: Path, key: str) -> None:
    with pytest.raises(SuiteError, match=f"{key} is missing"):
        _read(tmp_path, {k: v for k, v in GOOD.items() if k != key})


def test_ids_are_unique(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="unique"):
        build_suite(contracts()["claims"], _read(tmp_path, GOOD, GOOD))


def test_a_suite_is_of_its_own_dataset(tmp_path: Path) -> None:
    path = tmp_path / "classes.yml"
    path.write_text("dataset: claims\nrules: []\n", encoding="utf-8")
    with pytest.raises(SuiteError, match="dataset must be classes"):
        read_suite(path, contracts()["classes"])


def test_a_given_narrows_the_predicate(tmp_path: Path) -> None:
    (rule,) = _read(tmp_path, {**GOOD, "given": "claim_status = 'paid'"})
    assert rule.predicate == "(claim_status = 'paid') AND (paid_yuan > 1)"


def test_states() -> None:
    assert [state_of(5, 0), state_of(5, 1), state_of(0, 0), state_of(5, 0, "x")] == [
        "passed", "failed", "not_applicable", "error",
    ]  # fmt: skip


def test_all_datasets_have_a_suite_and_its_hash_is_stable() -> None:
    assert set(suites()) == set(contracts())
    assert suite_sha256("claims") == suite_sha256("claims") != suite_sha256("classes")
