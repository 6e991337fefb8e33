"""How strictly each rule judges by phase: never more strictly before than in the final one, and as its suite says.

The gate counts in DuckDB here; that Great Expectations counts alike is tested in tests/unit/expectations.
"""

from __future__ import annotations

import pytest

from expectations.contract import contracts
from expectations.gate import Gate
from expectations.model import PHASES, SEVERITIES, suites
from tests.spec.suites.test_suites import cases
from tests.unit.expectations.candidates import write_candidate
from tests.unit.expectations.counting import CountingEngine

RULES = [rule for suite in suites().values() for rule in suite.rules]
SOFTER = [rule for rule in RULES if rule.phase]
STATE = {"refuse": "refused", "quarantine": "quarantined", "warn": "accepted"}


@pytest.mark.parametrize("dataset", sorted(suites()))
def test_no_rule_is_stricter_before_the_final_phase(dataset: str) -> None:
    for rule in suites()[dataset].rules:
        places = [SEVERITIES.index(rule.severity_in(phase)) for phase in PHASES]
        assert places == sorted(places, reverse=True), rule.id
        assert rule.severity_in("final") == rule.severity, rule.id


@pytest.mark.parametrize("dataset", sorted(suites()))
def test_identity_key_and_required_values_bind_in_every_phase(dataset: str) -> None:
    """Only one rule of identity is softer in a preview: of a payee, who is no trainee and counted nowhere."""
    firm = [r for r in suites()[dataset].rules if r.reason in ("identity", "key", "required") and r.phase]
    assert [r.id for r in firm] == (["claims.payee_identity"] if dataset == "claims" else [])


@pytest.mark.parametrize("phase", PHASES)
def test_a_row_fares_as_the_severity_of_the_phase_says(tmp_path, phase: str) -> None:
    """Each rule that is softer somewhere, on a row of its own in a file of its own."""
    assert {r.dataset for r in SOFTER} >= {"claims", "fund_ledger", "classes", "followups"}
    for dataset in sorted({rule.dataset for rule in SOFTER}):
        mine = [rule for rule in SOFTER if rule.dataset == dataset]
        document = cases(dataset)
        rows = []
        for number, rule in enumerate(mine):
            fault = (rule.where or "").removeprefix("list_contains(faults, '").removesuffix("')")
            given = document["rules"].get(rule.id)
            change = given["fires"] if given else {"faults": [fault]}
            rows.append({**document["base"], **change, "file_no": number, "file_name": f"{number}.csv"})
        candidate = write_candidate(tmp_path / f"{dataset}.parquet", contracts()[dataset], rows)
        verdict = Gate(CountingEngine()).judge(contracts()[dataset], candidate, tmp_path, phase=phase)
        assert verdict.phase == phase and verdict.is_judged
        for number, rule in enumerate(mine):
            severity = rule.severity_in(phase)
            file = verdict.files[number]
            assert file.state == STATE[severity], rule.id
            assert (rule.id in file.reason_counts) == (severity != "warn"), rule.id
            assert (rule.id in {notice["rule_id"] for notice in file.notices}) == (severity == "warn"), rule.id
