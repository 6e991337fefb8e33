"""Files already held: bytes that a standing submission of the same unit and period has are not read again.

Not here: what becomes of a slot (`outcome.py`).
"""

from __future__ import annotations

import dataclasses

from orchestration.intake.outcome import FEN, ROWS
from orchestration.intake.submission import Slot, phase_of


def split_unchanged(
    drops: list, earlier: list[dict], standing: dict[Slot, dict], phase: str = "final"
) -> tuple[list, list[dict]]:
    """Drops to read, and the `unchanged` entries of those whose unit and period are known and wholly held already.

    A unit and period with one new file is read whole: its submissions are replaced whole. What was judged in another phase
    is read again.
    """
    from orchestration.release.publish import file_hash

    held: dict[tuple, dict[str, list[dict]]] = {}
    for manifest in [*standing.values(), *(m for m in earlier if m["verdict"] == "empty")]:
        if phase_of(manifest) != phase:
            continue
        shas = held.setdefault((manifest["reporting_unit"], manifest["period"]), {})
        for file in manifest["files"]:
            shas.setdefault(file["sha256"], []).append(manifest)
    groups: dict[tuple, list] = {}
    for drop in drops:
        groups.setdefault((drop.unit, drop.period), []).append(drop)
    to_read, unchanged = [], []
    for place, members in groups.items():
        shas = held.get(place, {})
        known = [(d, sha, shas.get(sha, [])) for d in members for sha in [file_hash(d.path)]] if shas else []
        if known and all(found for _, _, found in known):
            unchanged += [_entry(drop, sha, manifest) for drop, sha, found in known for manifest in found]
        else:
            to_read += members
    return sorted(to_read, key=lambda d: d.no), unchanged


def _entry(drop, sha: str, manifest: dict) -> dict:
    return {
        "path": drop.display_path,
        "file_name": drop.name,
        "sha256": sha,
        "submission_id": manifest["submission_id"],
        "dataset": manifest["dataset"],
        "reporting_unit": manifest["reporting_unit"],
        "period": manifest["period"],
        "verdict": "unchanged",
        **dict.fromkeys(ROWS + FEN, 0),
        "feedback_file": None,
        "reasons": [],
        "notices": [],
    }


def with_standing_files(drops: list, standing: dict[Slot, dict], settings) -> tuple[list, set[int]]:
    """For `--add`: the new drops and, from landing, the files that stand in their units and periods, in path order.

    The numbers of the old files come second: they are judged again with the new ones and not told of.
    """
    from orchestration.intake.discover import Drop

    places = {(d.unit, d.period) for d in drops}
    old = [
        Drop(
            no=-1,
            path=settings.landing / file["sha256"],
            display_path=file["path"],
            name=file["file_name"],
            unit=slot.unit,
            period=slot.period,
            dataset=slot.dataset,
        )
        for slot, manifest in standing.items()
        if (slot.unit, slot.period) in places
        for file in manifest["files"]
    ]
    together = sorted([*drops, *old], key=lambda d: (d.display_path, d.no == -1))
    old_numbers = {number for number, d in enumerate(together) if d.no == -1}
    return [dataclasses.replace(d, no=number) for number, d in enumerate(together)], old_numbers
