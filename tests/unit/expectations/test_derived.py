"""Rules that follow from a contract: what sets a row aside, what is only noticed, under which reason."""

from __future__ import annotations

import pytest

from expectations.contract import contracts
from expectations.derived import ALWAYS, NOTICES, fault_rule, faults_of, rule_of
from expectations.model import MESSAGE_EN, MESSAGE_ZH, REASONS, suites
from tests.unit.expectations.conftest import CLAIM

QUARANTINE = [
    # interface, "When is what refused": required or key value bad, money bad in any column, identity bad
    ("claims", "claimed_on", "unreadable", "date"),
    ("claims", "claimed_on", "no_year", "date"),
    ("claims", "fund_source", "unknown_code", "code"),
    ("claims", "paid_yuan", "unreadable", "amount"),
    ("claims", "cut_yuan", "error_cell", "amount"),
    ("claims", "standard_yuan", "damaged", "amount"),
    ("claims", "claim_id", "error_cell", "key"),
    ("claims", "ojt_month", "ambiguous", "date"),
    ("claims", "person_id", "checksum", "identity"),
    ("enrollments", "person_id", "damaged", "identity"),
    ("enrollments", "person_id", "birth_date", "identity"),
    ("enrollments", "trainee_categories", "unknown_code", "code"),
    ("projects", "skill_level", "unknown_code", "code"),
    ("institutions", "district_code", "unknown_code", "code"),
    ("targets", "target_value", "unreadable", "amount"),
    ("workforce_stats", "employed_total", "unreadable", "amount"),
    ("*", "*", "key_conflict", "key"),
    ("*", "*", "test_row", "identity"),
    ("attendance", "lessons", "lessons_missing", "required"),
    ("attendance", "lessons", "mark", "code"),
    ("enrollments", "person_name", "test_row", "identity"),
]
WARN = [
    # a bad value in another optional column becomes null with a notice
    ("claims", "advance_on", "unreadable", "date"),
    ("claims", "channel", "unknown_code", "code"),
    ("claims", "claimed_headcount", "unreadable", "amount"),
    ("classes", "skill_level", "unknown_code", "code"),
    ("classes", "institution_id", "checksum", "code"),
    ("institutions", "longitude", "unreadable", "amount"),
    ("enrollments", "person_id", "area_code", "identity"),
    ("enrollments", "person_id", "sex", "identity"),
    ("enrollments", "person_id", "id_upgraded", "identity"),
    ("enrollments", "person_name", "name_damaged", "code"),
    ("claims", "paid_yuan", "unit_suspect", "amount"),
    ("*", "*", "merged", "key"),
]


def _rule(dataset: str, column: str, fault: str):
    return fault_rule(contracts()["claims" if dataset == "*" else dataset], column, fault)


@pytest.mark.parametrize(("dataset", "column", "fault", "reason"), QUARANTINE)
def test_faults_that_set_the_row_aside(dataset: str, column: str, fault: str, reason: str) -> None:
    rule = _rule(dataset, column, fault)
    assert (rule.severity, rule.reason) == ("quarantine", reason)


@pytest.mark.parametrize(("dataset", "column", "fault", "reason"), WARN)
def test_faults_that_are_only_noticed(dataset: str, column: str, fault: str, reason: str) -> None:
    rule = _rule(dataset, column, fault)
    assert (rule.severity, rule.reason) == ("warn", reason)


def test_every_kind_of_fault_has_a_rule_that_fires(judge) -> None:
    contract = contracts()["claims"]
    faults = [f"{column.name}:{fault}" for column in contract.columns for fault in faults_of(column)]
    faults += [f"*:{fault}" for fault in ("key_conflict", "test_row", "merged")]
    rows = [{**CLAIM, "claim_id": f"A{n}", "faults": [fault]} for n, fault in enumerate(faults)]
    verdict = judge("claims", rows)
    fired = {r.rule_id for r in verdict.rules if r.failed}
    wanted = {f"claims.{f.replace('*', 'row').replace(':', '.')}" for f in faults}
    assert verdict.is_judged and wanted <= fired


@pytest.mark.parametrize("dataset", sorted(contracts()))
def test_required_columns_are_required_and_others_are_not(dataset: str, judge) -> None:
    contract = contracts()[dataset]
    verdict = judge(dataset, [{}])
    fired = {r.rule_id for r in verdict.rules if r.failed and r.rule_id.endswith(".required")}
    assert fired == {f"{dataset}.{c.name}.required" for c in contract.columns if c.is_required}
    assert verdict.files[0].rows["quarantined"] == 1


def test_an_unreadable_cell_is_not_also_blank(judge) -> None:
    row = {**CLAIM, "claimed_on": None, "faults": ["claimed_on:unreadable"]}
    assert set(judge("claims", [row]).files[0].reason_counts) == {"claims.claimed_on.unreadable"}


def test_an_empty_list_is_blank(judge) -> None:
    row = {"class_id": "YZ2021-0001", "person_key": "k", "completion": "completed", "trainee_categories": []}
    assert set(judge("enrollments", [row]).files[0].reason_counts) == {"enrollments.trainee_categories.required"}


def test_messages_say_what_must_be_and_what_to_check() -> None:
    for suite in suites().values():
        for rule in suite.rules:
            assert MESSAGE_ZH.fullmatch(rule.message["zh"]), rule.id
            assert MESSAGE_EN.fullmatch(rule.message["en"]), rule.id
            assert rule.reason in REASONS and rule.why


def test_only_these_written_rules_set_rows_aside_or_refuse() -> None:
    """A false quarantine changes every indicator: policy and plausibility are notices here and findings at build."""
    hard = {r.id: r.severity for s in suites().values() for r in s.rules if not r.is_derived and r.severity != "warn"}
    assert hard == {"claims.payee_identity": "quarantine", "fund_ledger.running_balance": "refuse"}


def test_rules_of_unforeseen_faults_are_found_by_id() -> None:
    assert rule_of("claims", "claims.claimed_yuan.new_fault").severity == "quarantine"
    assert rule_of("claims", "claims.row.test_row").reason == "identity"
    assert set(ALWAYS) & set(NOTICES) == set()
