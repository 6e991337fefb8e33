"""What a load decides for each slot, from what reading and the gate found: commit, hold, leave as it is.

Pure functions over small dictionaries: one per (file, dataset). Not here: reading, judging, writing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from orchestration.intake.submission import Slot, phase_of, submission_id

ROWS = ("rows_read", "rows_not_data", "rows_duplicate", "rows_quarantined", "rows_accepted")
FEN = ("fen_read", "fen_duplicate", "fen_quarantined", "fen_accepted")
LANDED = ("accepted", "quarantined", "empty")


@dataclass
class Decision:
    """What becomes of one slot: `state` is committed, held, unchanged, refused or empty; `files` are what it commits."""

    slot: Slot
    state: str
    files: list[dict] = field(default_factory=list)
    replaces: str | None = None
    submission_id: str | None = None

    @property
    def verdict(self) -> str:
        """The submission's verdict: accepted, quarantined (in part), or the state it ended in."""
        if self.state == "committed":
            return "quarantined" if any(f["verdict"] == "quarantined" for f in self.files) else "accepted"
        return self.state


def mark_repeats(files: list[dict]) -> None:
    """The same bytes twice in one slot of one drop: the second and later ones are `unchanged`, in place."""
    seen: set[tuple] = set()
    for file in files:
        key = (file["dataset"], file["reporting_unit"], file["period"], file["sha256"])
        if file["verdict"] in LANDED and key in seen:
            file.update(verdict="unchanged", **dict.fromkeys(ROWS + FEN, 0), reasons=[], notices=[])
        seen.add(key)


def account_gap(file: dict) -> str | None:
    """The difference in a file's row account, as text, or None where rows and fen add up."""
    rows = file["rows_read"] - sum(file[name] for name in ROWS[1:])
    fen = file["fen_read"] - sum(file[name] for name in FEN[1:])
    return f"{file['file_name']}: {rows} 行, {fen} 分" if rows or fen else None


def decide(
    files: Iterable[dict], standing: dict[Slot, dict], *, add: bool, phase: str = "final"
) -> list[Decision]:
    """One decision per slot that has a file, in slot order. `files` carry the gate's verdicts and are marked in place.

    A refused file holds every slot of its unit and period that would replace an earlier submission (its own dataset
    alone where that is known); slots that are first commit the rest. With `add` nothing is held. The same bytes judged in
    another `phase` are a submission of their own.
    """
    files = list(files)
    slots: dict[Slot, list[dict]] = {}
    for file in files:
        if file["dataset"] and file["reporting_unit"] and file["period"]:
            slots.setdefault(Slot(file["dataset"], file["reporting_unit"], file["period"]), []).append(file)
    refused = [f for f in files if f["verdict"] == "refused"]
    decisions = []
    for slot in sorted(slots):
        members, earlier = slots[slot], standing.get(slot)
        good = [f for f in members if f["verdict"] in LANDED]
        is_same_phase = earlier is not None and phase_of(earlier) == phase
        held_hashes = {f["sha256"] for f in earlier["files"]} if is_same_phase else set()
        if not good:
            state = "unchanged" if any(f["verdict"] == "unchanged" for f in members) else "refused"
            decisions.append(Decision(slot, state))
        elif {f["sha256"] for f in good} <= held_hashes and (not add or _same(good, held_hashes)):
            for file in good:
                file.update(verdict="unchanged", **dict.fromkeys(ROWS + FEN, 0))
            decisions.append(Decision(slot, "unchanged", replaces=earlier["submission_id"]))
        elif all(f["verdict"] == "empty" for f in good):
            identifier = submission_id(slot, (f["sha256"] for f in good), "empty")
            decisions.append(Decision(slot, "empty", good, None, identifier))
        elif earlier and not add and any(_touches(f, slot) for f in refused):
            for file in good:
                file["verdict"] = "held"
            decisions.append(Decision(slot, "held", replaces=earlier["submission_id"]))
        else:
            replaces = earlier["submission_id"] if earlier else None
            identifier = submission_id(slot, (f["sha256"] for f in good), replaces)
            decisions.append(Decision(slot, "committed", good, replaces, identifier))
    return decisions


def _same(good: list[dict], held_hashes: set[str]) -> bool:
    return {f["sha256"] for f in good} == held_hashes


def _touches(refused: dict, slot: Slot) -> bool:
    return (
        refused["dataset"] in (None, slot.dataset)
        and refused["reporting_unit"] in (None, slot.unit)
        and refused["period"] in (None, slot.period)
    )
