"""Allocation as a bureau meets it: proposed, compared, decided on record, verified, replayed; refused with the reason."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from orchestration.allocation.compare import moved
from orchestration.allocation.decide import decide, replay
from orchestration.allocation.propose import AllocationError, Request, propose
from orchestration.allocation.record import folder, read, records, standing_records, verify
from orchestration.allocation.scenario import Scenario, read_scenarios
from orchestration.errors import UsageError
from orchestration.query import run_query
from orchestration.scheme.read import find_scheme

POOL = 2_000_000_000


def yuan(rows, name="proposed_yuan"):
    return sum(Decimal(row[name]) for row in rows)


def test_the_proposal_comes_to_the_pool_and_its_parts_to_each_amount(bureau):
    found = propose(bureau.settings, Request(2022, POOL))
    rows = found["scenarios"][0]["rows"]
    assert (found["allocator_unit"], found["recipient_kind"]) == ("500103", "institution"), (
        "one district: its institutions"
    )
    assert yuan(rows) == Decimal(POOL) / 100
    parts = ("base_yuan", "task_yuan", "performance_yuan", "difficulty_yuan", "input_yuan", "adjustment_yuan")
    for row in rows:
        assert sum(Decimal(row[part]) for part in parts) == Decimal(row["proposed_yuan"])
        assert Decimal(row["floor_yuan"]) <= Decimal(row["proposed_yuan"]) <= Decimal(row["cap_yuan"])
        assert row["reason"].startswith("建议") and row["reason_en"]


def test_the_release_holds_the_same_proposal_for_its_own_pool(bureau):
    with run_query(
        bureau.settings, "SELECT recipient_id, proposed_yuan FROM marts.mart_allocation WHERE year = 2022"
    ) as answer:
        published = dict(row for rows in answer.batches() for row in rows)
    again = propose(bureau.settings, Request(2022))["scenarios"][0]["rows"]
    assert published and published == {row["recipient_id"]: row["proposed_yuan"] for row in again}


def test_three_scenarios_stand_side_by_side_and_each_comes_to_the_pool(bureau):
    asked = read_scenarios(["now", "strong:performance=60", "steady:floor=0.98,cap=1.02"])
    found = propose(bureau.settings, Request(2022, POOL, scenarios=tuple(asked)))["scenarios"]
    assert [yuan(scenario["rows"]) for scenario in found] == [Decimal(POOL) / 100] * 3
    shares = {factor["factor"]: factor["share"] for factor in found[1]["factors"]}
    assert shares["performance"] == 60 and sum(shares.values()) == 100
    assert (found[2]["floor"], found[2]["cap"]) == ({"of_last_year": Decimal("0.98")}, {"of_last_year": Decimal("1.02")})
    with pytest.raises(UsageError):
        read_scenarios(["a", "b", "c", "d"])


def test_sensitivity_moves_money_both_ways_and_no_more_than_there_is(bureau):
    lines = moved(bureau.settings, Request(2022, POOL))
    assert {line["direction"] for line in lines} == {"up", "down"} and len(lines) == 8
    assert all(0 <= Decimal(line["moved_yuan"]) <= Decimal(POOL) / 100 for line in lines)
    assert all(
        Decimal(line["most_gain"]["change_yuan"]) >= 0 >= Decimal(line["most_loss"]["change_yuan"]) for line in lines
    )


def test_a_locked_amount_stands_and_the_rest_is_shared(bureau):
    rows = propose(bureau.settings, Request(2022, POOL))["scenarios"][0]["rows"]
    name = rows[0]["recipient_id"]
    again = propose(bureau.settings, Request(2022, POOL, locks={name: 12_345}))["scenarios"][0]["rows"]
    assert {row["recipient_id"]: row["proposed_yuan"] for row in again}[name] == "123.45"
    assert yuan(again) == Decimal(POOL) / 100
    with pytest.raises(UsageError):
        propose(bureau.settings, Request(2022, POOL, locks={"nobody": 1}))


def test_what_cannot_be_met_is_refused_with_the_reason(bureau):
    wide = Scenario("wide", bounds={"floor": Decimal(3), "cap": Decimal(4)})
    with pytest.raises(AllocationError, match="下限合计"):
        propose(bureau.settings, Request(2022, 100_000_000, scenarios=(wide,)))
    with pytest.raises(AllocationError, match="应大于0"):
        propose(bureau.settings, Request(2022, 0))
    with pytest.raises(AllocationError, match="2030"):
        propose(bureau.settings, Request(2030, POOL))


@pytest.fixture
def decisions(bureau):
    """The bureau without decisions before and after a test: they are files of their own."""
    yield bureau.settings
    for path in folder(bureau.settings).glob("*.json"):
        path.unlink()


def test_a_decision_is_a_record_and_another_one_names_it(decisions):
    first = decide(decisions, Request(2022, POOL), "局长办公会", "首次")
    second = decide(decisions, Request(2022, POOL), "局长办公会", "复核")
    assert first["replaces"] is None and second["replaces"] == first["allocation_id"]
    assert [r["allocation_id"] for r in standing_records(decisions)] == [second["allocation_id"]]
    assert len(records(decisions)) == 2
    assert (
        verify(decisions, second["allocation_id"]) == []
        and replay(decisions, second["allocation_id"])["differences"] == []
    )
    with pytest.raises(UsageError):
        decide(decisions, Request(2022, POOL), " ", "没有决定人")


def test_a_decision_by_another_scheme_is_replayed_to_the_fen(decisions):
    scheme = find_scheme("hunan_2014_factors")
    request = Request(
        2022, POOL, scheme=scheme, scenarios=(Scenario("x", {"performance": Decimal(70)}, {"floor": Decimal("0.5")}),)
    )
    record = decide(decisions, request, "办公会", "试算")
    assert record["scores"] is not None
    assert replay(decisions, record["allocation_id"]) == {
        "allocation_id": record["allocation_id"], "release_id": record["release_id"], "problems": [], "differences": [],
    }  # fmt: skip


@pytest.mark.parametrize("change", ["digit", "space", "letter"])
def test_one_changed_byte_of_a_record_is_found(decisions, change):
    record = decide(decisions, Request(2022, POOL), "局长办公会", "首次")
    path = folder(decisions) / f"{record['allocation_id']}.json"
    content = path.read_bytes()
    wanted, other = {
        "digit": (b'"amount_fen": 1', b'"amount_fen": 2'),
        "space": (b": ", b":  "),
        "letter": ("首".encode(), "再".encode()),
    }[change]
    assert wanted in content
    path.chmod(0o644)
    path.write_bytes(content.replace(wanted, other, 1))
    assert verify(decisions, record["allocation_id"]) != []
    assert replay(decisions, record["allocation_id"])["problems"] != []


def test_a_record_holds_what_was_decided_and_by_whom(decisions):
    record = read(decisions, decide(decisions, Request(2022, POOL), "办公会", "首次")["allocation_id"][:8])
    assert {"decided_by", "decided_at", "reason", "scheme_sha256", "release_id", "scenario", "sha256"} <= set(record)
    assert sum(row["amount_fen"] for row in record["amounts"]) == POOL
    assert json.dumps(record, ensure_ascii=False)
