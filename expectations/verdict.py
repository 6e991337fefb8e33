"""What the gate says of a candidate: files, rules, and where the accepted and the set-aside rows lie.

Not here: how it comes to say so (gate, split) and what a load does about it (orchestration.intake).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from expectations.model import RuleResult


@dataclass(frozen=True)
class FileVerdict:
    """One file of the candidate: its rows and fen by bucket, why rows or the file failed, what was only noticed.

    `rows` and `fen` have the keys duplicate, quarantined, accepted, refused and add up to the file's candidate rows;
    in a refused file all but the duplicates are `refused`. `reasons` lists rule_id, reason, sheet, row_no, column,
    message (zh, en), amount_fen, heads: key conflicts first, then by money; capped, while `reason_counts` is exact.
    """

    file_no: int
    file_name: str
    slot_unit: str
    slot_period: str
    state: str
    rows: dict[str, int]
    fen: dict[str, int]
    reasons: list[dict[str, Any]] = field(default_factory=list)
    reason_counts: dict[str, int] = field(default_factory=dict)
    notices: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Whether nothing of the file may be committed."""
        return self.state == "refused"


@dataclass(frozen=True)
class Verdict:
    """The gate's word on one candidate. `state` error: nothing may be committed, `problems` says why (zh, en)."""

    dataset: str
    phase: str
    state: str
    files: dict[int, FileVerdict] = field(default_factory=dict)
    rules: list[RuleResult] = field(default_factory=list)
    accepted: Path | None = None
    quarantine: Path | None = None
    errors: Path | None = None
    problems: list[dict[str, str]] = field(default_factory=list)

    @property
    def is_judged(self) -> bool:
        """Whether Great Expectations and the split agree, so that the rows may be committed."""
        return self.state == "judged"

    def rules_of(self, unit: str, period: str) -> list[RuleResult]:
        """The results of one submission; a load may judge hundreds of one dataset."""
        return self._by_slot.get((unit, period), [])

    @cached_property
    def _by_slot(self) -> dict[tuple[str, str], list[RuleResult]]:
        found: dict[tuple[str, str], list[RuleResult]] = {}
        for result in self.rules:
            found.setdefault((result.slot_unit, result.slot_period), []).append(result)
        return found
