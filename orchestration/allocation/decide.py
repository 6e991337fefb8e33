"""Deciding an allocation, and running a decision again on its release. Not here: the record's form (`allocation/record.py`)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from orchestration.allocation.change import compute_again
from orchestration.allocation.propose import Request, propose
from orchestration.allocation.record import read, verify, write
from orchestration.allocation.scenario import Scenario
from orchestration.errors import UsageError
from orchestration.scheme.read import Scheme, find_scheme
from orchestration.settings import Settings


def decide(settings: Settings, request: Request, by: str, reason: str, release: str | None = None) -> dict[str, Any]:
    """Propose, and put the one scenario asked for on record; the record. UsageError without a name or a reason."""
    from orchestration.home import writing

    if not by.strip() or not reason.strip():
        raise UsageError(
            "请用 --by 写明决定人，用 --reason 写明理由。", "say who decides with --by and why with --reason."
        )
    if len(request.scenarios) != 1:
        raise UsageError(
            "只能决定一个情景：请只给一个 --scenario。", "one scenario can be decided: give one --scenario."
        )
    proposed = propose(settings, request, release)
    scheme = request.scheme or find_scheme(proposed["scheme"])
    scenario = request.scenarios[0]
    rows = proposed["scenarios"][0]["rows"]
    content = {
        name: proposed[name]
        for name in ("allocator_unit", "recipient_kind", "year", "release_id", "pool_fen", "locks", "scores")
    }
    content |= {
        "decided_by": by.strip(),
        "reason": reason.strip(),
        "scheme": scheme.name,
        "scheme_sha256": scheme.sha256,
        "scheme_content": scheme.content,
        "scenario": scenario.name,
        "shares": {name: str(value) for name, value in scenario.shares.items()},
        "bounds": {name: str(value) for name, value in scenario.bounds.items()},
        "amounts": [row | {"amount_fen": int(Decimal(row["proposed_yuan"]) * 100)} for row in rows],
    }
    with writing(settings):
        return write(settings, content)


def replay(settings: Settings, allocation_id: str) -> dict[str, Any]:
    """Run a decision again on its own release: {allocation_id, release_id, problems, differences}; equal when both are empty."""
    record = read(settings, allocation_id)
    problems = verify(settings, record["allocation_id"])
    if problems:
        return {
            "allocation_id": record["allocation_id"],
            "release_id": record["release_id"],
            "problems": problems,
            "differences": [],
        }
    if record["decides"] != "allocation":
        return {
            "allocation_id": record["allocation_id"],
            "release_id": record["release_id"],
            "problems": [],
            "differences": compute_again(settings, record),
        }
    scheme = Scheme(record["scheme_content"], record["scheme_sha256"], Path(record["scheme"]))
    numbers = [{name: Decimal(value) for name, value in record[what].items()} for what in ("shares", "bounds")]
    # scores of the release itself are read again; those of another scheme are taken as they were
    request = Request(
        record["year"], record["pool_fen"], record["allocator_unit"], record["recipient_kind"], scheme,
        (Scenario(record["scenario"], *numbers),), record["locks"], record["scores"], False,
    )  # fmt: skip
    again = propose(settings, request, record["release_id"])["scenarios"][0]["rows"]
    now = {row["recipient_id"]: int(Decimal(row["proposed_yuan"]) * 100) for row in again}
    then = {row["recipient_id"]: row["amount_fen"] for row in record["amounts"]}
    differences = [
        {"recipient_id": name, "decided_fen": then.get(name), "replayed_fen": now.get(name)}
        for name in sorted(then.keys() | now.keys())
        if then.get(name) != now.get(name)
    ]
    return {
        "allocation_id": record["allocation_id"],
        "release_id": record["release_id"],
        "problems": [],
        "differences": differences,
    }
