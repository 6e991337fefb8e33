"""The gate: each row in one bucket, rows and fen adding up, Great Expectations and the split of one mind."""

from __future__ import annotations

import pytest

from expectations.contract import contracts
from expectations.engine import Engine, EngineError, Judgement
from expectations.gate import Gate
from expectations.model import Rule, Suite, suites
from tests.unit.expectations.candidates import write_candidate
from tests.unit.expectations.conftest import CLAIM

MESSAGE = {"zh": "甲有误：必须乙；请核对丙。", "en": "A is wrong: you must b; check c."}


def refusing(where: str, **more) -> Suite:
    rule = Rule("claims.refusing", "claims", "refuse", "structure", MESSAGE, where=where, **more)
    return Suite("claims", (*suites()["claims"].rules, rule))


def test_every_row_ends_in_one_bucket_and_fen_add_up(judge, read) -> None:
    verdict = judge(
        "claims",
        [
            CLAIM,
            {**CLAIM, "duplicate_of": 0},
            {**CLAIM, "claim_id": None, "amount_fen": 7},
            {**CLAIM, "claim_id": "A2", "faults": ["paid_yuan:unreadable", "advance_yuan:error_cell"]},
            {**CLAIM, "claim_id": "A3", "faults": ["advance_on:no_year"], "file_no": 1, "file_name": "b.csv"},
        ],
    )
    assert verdict.is_judged
    first, second = verdict.files[0], verdict.files[1]
    assert first.state == "quarantined"
    assert first.rows == {"duplicate": 1, "quarantined": 2, "accepted": 1, "refused": 0}
    assert first.fen == {"duplicate": 10000, "quarantined": 10007, "accepted": 10000, "refused": 0}
    assert second.state == "accepted" and second.rows["accepted"] == 1
    assert [n["rule_id"] for n in second.notices] == ["claims.advance_on.no_year"]
    assert read(verdict.accepted, "claim_id") == [("A1",), ("A3",)]
    assert read(verdict.quarantine, "row_id, rule_id, reason, column_name, amount_fen") == [
        (2, "claims.claim_id.required", "key", "claim_id", 7),
        (3, "claims.advance_yuan.error_cell", "amount", "advance_yuan", 10000),
        (3, "claims.paid_yuan.unreadable", "amount", "paid_yuan", 10000),
    ]


def test_accepted_rows_carry_neither_faults_nor_repeats(judge, read) -> None:
    verdict = judge("claims", [CLAIM])
    import duckdb

    with duckdb.connect() as connection:
        described = connection.execute(f"DESCRIBE FROM read_parquet('{verdict.accepted}')").fetchall()
    columns = [name for name, *_ in described]
    assert "faults" not in columns and "duplicate_of" not in columns and "row_id" in columns


def test_a_broken_balance_refuses_the_file_and_no_other(judge, read) -> None:
    line = {"voucher_no": "记-1", "line_no": 1, "booked_on": "2021-04-01", "account": "special_account",
            "purpose": "training", "outlay_yuan": "5", "balance_yuan": "95", "claim_id": "A1", "amount_fen": 500}  # fmt: skip
    verdict = judge(
        "fund_ledger",
        [
            line,
            {**line, "line_no": 2, "faults": ["balance_yuan:balance"]},
            {**line, "file_no": 1, "file_name": "b.csv", "voucher_no": "记-2"},
        ],
    )
    refused, accepted = verdict.files[0], verdict.files[1]
    assert refused.is_refused and refused.rows == {"duplicate": 0, "quarantined": 0, "accepted": 0, "refused": 2}
    assert [(r["rule_id"], r["reason"], r["row_no"]) for r in refused.reasons] == [
        ("fund_ledger.running_balance", "balance", 3)
    ]
    assert accepted.state == "accepted"
    assert read(verdict.accepted, "file_no") == [(1,)] and read(verdict.quarantine) == []
    assert {r.state for r in verdict.rules if r.rule_id == "fund_ledger.running_balance"} == {"passed"}


def test_a_repeat_takes_the_place_of_a_row_whose_file_falls(judge, read) -> None:
    verdict = judge(
        "claims",
        [
            {**CLAIM, "file_no": 0},
            {**CLAIM, "claim_id": "BAD", "file_no": 0},
            {**CLAIM, "file_no": 1, "file_name": "b.csv", "duplicate_of": 0},
            {**CLAIM, "file_no": 1, "file_name": "b.csv", "duplicate_of": 0},
        ],
        suite=refusing("claim_id = 'BAD'"),
    )
    assert verdict.is_judged and verdict.files[0].is_refused
    assert verdict.files[1].rows == {"duplicate": 1, "quarantined": 0, "accepted": 1, "refused": 0}
    assert read(verdict.accepted, "row_id") == [(2,)]


def test_a_failed_table_expectation_refuses_every_file(judge) -> None:
    rule = Rule("claims.volume", "claims", "refuse", "structure", MESSAGE, expect="ExpectTableRowCountToBeBetween",
                arguments={"min_value": 100})  # fmt: skip
    verdict = judge("claims", [CLAIM], suite=Suite("claims", (*suites()["claims"].rules, rule)))
    assert verdict.files[0].is_refused and verdict.files[0].reasons[0]["rule_id"] == "claims.volume"


@pytest.mark.parametrize(
    ("phase", "state"), [("preview", "accepted"), ("in_year", "quarantined"), ("final", "refused")]
)
def test_a_rule_may_be_softer_in_a_phase(judge, phase: str, state: str) -> None:
    suite = refusing("claimed_yuan = 100", phase={"preview": "warn", "in_year": "quarantine"})
    verdict = judge("claims", [CLAIM], suite=suite, phase=phase)
    assert verdict.files[0].state == state


def test_a_fault_no_rule_names_is_still_judged(judge) -> None:
    verdict = judge("claims", [{**CLAIM, "faults": ["claimed_yuan:new_fault", "elsewhere:new_fault"]}])
    assert verdict.is_judged
    assert verdict.files[0].reason_counts == {"claims.claimed_yuan.new_fault": 1}
    assert [n["rule_id"] for n in verdict.files[0].notices] == ["claims.row.elsewhere.new_fault"]


def test_key_conflicts_come_first_then_money(judge) -> None:
    rows = [
        {**CLAIM, "claim_id": "A1", "claimed_yuan": "9", "faults": ["paid_yuan:unreadable"]},
        {**CLAIM, "claim_id": "A2", "claimed_yuan": "0.05", "faults": ["*:key_conflict"]},
        {**CLAIM, "claim_id": "A3", "claimed_yuan": "10", "faults": ["paid_yuan:unreadable"]},
    ]
    reasons = judge("claims", rows).files[0].reasons
    assert [(r["reason"], r["stake_fen"]) for r in reasons] == [("key", 5), ("amount", 1000), ("amount", 900)]
    assert set(reasons[0]["message"]) == {"zh", "en"}


def test_reasons_are_capped_and_counts_are_not(judge, monkeypatch) -> None:
    monkeypatch.setattr("expectations.gate.REASON_ROWS", 200)
    rows = [{**CLAIM, "claim_id": f"A{n}", "faults": ["paid_yuan:unreadable"]} for n in range(250)]
    file = judge("claims", rows).files[0]
    assert len(file.reasons) == 200 and file.reason_counts == {"claims.paid_yuan.unreadable": 250}


def test_the_four_states_of_a_rule(judge) -> None:
    verdict = judge("claims", [{**CLAIM, "claim_id": None}])
    states = {r.rule_id: r.state for r in verdict.rules}
    assert states["claims.claim_id.required"] == "failed"
    assert states["claims.payee_id.required"] == "passed"
    assert states["claims.paid_above_approved"] == "not_applicable", "nothing paid, nothing to speak of"
    repeats_only = judge("claims", [{**CLAIM, "row_id": 1, "duplicate_of": 0}])
    assert {r.state for r in repeats_only.rules} == {"not_applicable"}


def test_each_slot_has_its_own_results(judge) -> None:
    rows = [{**CLAIM, "claim_id": None}, {**CLAIM, "file_no": 1, "slot_period": "2021Q3"}]
    found = {(r.slot_period, r.failed) for r in judge("claims", rows).rules if r.rule_id == "claims.claim_id.required"}
    assert found == {("2021Q2", 1), ("2021Q3", 0)}


class Liar(Engine):
    """An engine that counts one row more than there is."""

    def judge(self, candidate, expectations, *, timeout: float = 1) -> dict[str, Judgement]:
        return {e.id: Judgement(e.id, True, 1, None) for e in expectations}


class Dead(Engine):
    """An engine whose process is gone."""

    def judge(self, candidate, expectations, *, timeout: float = 1) -> dict[str, Judgement]:
        raise EngineError("质检进程已退出：本次未提交任何数据，请重新加载。")


def test_nothing_is_committed_when_the_two_counts_differ(tmp_path) -> None:
    candidate = write_candidate(tmp_path / "claims.parquet", contracts()["claims"], [CLAIM])
    verdict = Gate(Liar()).judge(contracts()["claims"], candidate, tmp_path)
    assert not verdict.is_judged and verdict.accepted is None and not list(tmp_path.glob("*.accepted.parquet"))
    assert "两次判定不一致" in verdict.problems[0]["zh"]


def test_nothing_is_committed_without_the_engine(tmp_path) -> None:
    candidate = write_candidate(tmp_path / "claims.parquet", contracts()["claims"], [CLAIM])
    verdict = Gate(Dead()).judge(contracts()["claims"], candidate, tmp_path)
    assert verdict.state == "error" and "质检进程已退出" in verdict.problems[0]["zh"]


def test_a_candidate_that_breaks_its_contract_is_an_error(engine, tmp_path) -> None:
    import duckdb

    path = tmp_path / "claims.parquet"
    write_candidate(path, contracts()["claims"], [CLAIM])
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT * EXCLUDE (paid_yuan) FROM read_parquet('{path}')) TO '{path}.2' (FORMAT parquet)"
        )
    verdict = Gate(engine).judge(contracts()["claims"], tmp_path / "claims.parquet.2", tmp_path)
    assert verdict.state == "error" and "paid_yuan" in verdict.problems[0]["zh"]


@pytest.mark.parametrize("dataset", sorted(contracts()))
def test_every_suite_is_judged_alike_by_both(judge, dataset: str) -> None:
    """The rows of the suite's own cases, good and bad together: the verdict stands only if all counts agree."""
    from tests.spec.suites.test_suites import cases

    document = cases(dataset)
    changes = [case[kind] for case in document["rules"].values() for kind in ("fires", "clean")]
    rows = [{**document["base"], **change} for change in changes]
    verdict = judge(dataset, rows)
    assert verdict.is_judged, verdict.problems
    failed = {r.rule_id for r in verdict.rules if r.failed}
    refusing_rules = {r.id for r in suites()[dataset].rules if r.severity == "refuse"}
    assert failed >= set(document["rules"]) - refusing_rules or any(f.is_refused for f in verdict.files.values())
