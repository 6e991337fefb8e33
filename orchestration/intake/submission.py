"""Submissions on disk: manifests, which one stands, the commit.

A submission is all files of one (dataset, reporting unit, period). Its manifest in `lake/_submissions` is written last,
by rename: the manifest is the commit. Not here: reading files, judging rows, deciding what a load commits.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from expectations.json_text import by_line
from orchestration.errors import SkillhouseError
from orchestration.hashes import file_hash
from orchestration.settings import Settings

TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


class DamagedError(SkillhouseError):
    """A file of the lake that is no longer what was committed."""


@dataclass(frozen=True, order=True)
class Slot:
    """What a submission is for: one dataset of one reporting unit and period."""

    dataset: str
    unit: str
    period: str


def slot_of(manifest: dict) -> Slot:
    """The slot a manifest belongs to."""
    return Slot(manifest["dataset"], manifest["reporting_unit"], manifest["period"])


def phase_of(manifest: dict) -> str:
    """The phase in which a submission was judged: preview, in_year or final."""
    return manifest.get("phase", "final")


def manifests(settings: Settings) -> list[dict]:
    """Every committed manifest, oldest first."""
    found = [json.loads(path.read_bytes()) for path in settings.submissions.glob("*.json")]
    return sorted(found, key=lambda m: (m["committed_at"], m["submission_id"]))


def standing(found: Iterable[dict], as_of: str | None = None) -> dict[Slot, dict]:
    """The standing submission of each slot: the latest committed by `as_of` (text in the form of `committed_at`).

    A submission of nothing but empty files replaces nothing and never stands.
    """
    result: dict[Slot, dict] = {}
    for manifest in found:
        if manifest["verdict"] != "empty" and (as_of is None or manifest["committed_at"] <= as_of):
            result[slot_of(manifest)] = manifest
    return result


def submission_id(slot: Slot, hashes: Iterable[str], replaces: str | None) -> str:
    """Twenty hex digits that name this content in this place of the slot's chain; the same input gives the same id."""
    text = "\n".join([slot.dataset, slot.unit, slot.period, *sorted(hashes), replaces or ""])
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def next_commit_time(found: list[dict]) -> str:
    """The time of a commit made now: never at or before an earlier one, whatever the clock says."""
    now = datetime.now(UTC)
    if found:
        last = datetime.strptime(found[-1]["committed_at"], TIME).replace(tzinfo=UTC)
        now = max(now, last + timedelta(microseconds=1))
    return now.strftime(TIME)


def sync(path: Path) -> None:
    """Force a file or folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_json(path: Path, content: dict) -> None:
    """Write JSON whole or not at all: temporary file, fsync, rename, fsync of the folder."""
    _write_whole(path, json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True))


def _write_whole(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_text(text, encoding="utf-8")
    sync(temporary)
    os.replace(temporary, path)
    sync(path.parent)


def commit(settings: Settings, manifest: dict) -> None:
    """Make a submission stand: its row files are on disk, so write the manifest."""
    for name in ("rows", "quarantine", "mended"):
        if manifest.get(name):
            sync(settings.home / manifest[name])
            sync((settings.home / manifest[name]).parent)
    _write_whole(settings.submissions / f"{manifest['submission_id']}.json", by_line(manifest, sort_keys=True))


def check_unchanged(settings: Settings, found: Iterable[dict], stand: Container[str]) -> None:
    """Hold the files a build reads against the hashes of their commit; DamagedError names the first that differs.

    `found`: manifests; `stand`: ids of those whose rows are read. What was set aside is read of all.
    """
    for manifest in found:
        for name, sha in manifest.get("hashes", {}).items():
            if name == "rows" and manifest["submission_id"] not in stand:
                continue
            path = settings.home / manifest[name]
            if not path.is_file() or file_hash(path) != sha:
                raise DamagedError(
                    zh=f"{manifest[name]} 与入库时不一致，未生成任何结果。请从备份恢复该文件后重试。",
                    en=f"{manifest[name]} is not what was committed; nothing was built. Restore the file from a backup.",
                )


def record_attempt(settings: Settings, at: str, files: list[dict], submissions: list[dict]) -> None:
    """Keep what was refused, held or unchanged, so that `submissions --all` can tell it."""
    digest = hashlib.sha256(json.dumps([at, files], ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]
    content = {"attempted_at": at, "files": files, "submissions": submissions}
    write_json(settings.home / "attempts" / f"{at.replace(':', '').replace('.', '')}-{digest}.json", content)


def list_submissions(settings: Settings, all: bool = False) -> list[dict]:
    """What has been accepted, superseded or refused, and when, newest first.

    Without `all` only what stands. Keys: at, dataset, reporting_unit, period, submission_id, state (standing,
    superseded, empty, refused, held, unchanged), files, rows_accepted, rows_quarantined.
    """
    found = manifests(settings)
    stand = {m["submission_id"] for m in standing(found).values()}
    rows = []
    for manifest in found:
        identifier = manifest["submission_id"]
        state = "standing" if identifier in stand else "empty" if manifest["verdict"] == "empty" else "superseded"
        rows.append(
            {
                "at": manifest["committed_at"],
                "dataset": manifest["dataset"],
                "reporting_unit": manifest["reporting_unit"],
                "period": manifest["period"],
                "submission_id": identifier,
                "state": state,
                "files": [f["file_name"] for f in manifest["files"]],
                "rows_accepted": sum(f["rows_accepted"] for f in manifest["files"]),
                "rows_quarantined": sum(f["rows_quarantined"] for f in manifest["files"]),
            }
        )
    if not all:
        return [r for r in rows if r["state"] == "standing"][::-1]
    for path in (settings.home / "attempts").glob("*.json"):
        attempt = json.loads(path.read_bytes())
        for file in attempt["files"]:
            rows.append(
                {
                    "at": attempt["attempted_at"],
                    "dataset": file["dataset"],
                    "reporting_unit": file["reporting_unit"],
                    "period": file["period"],
                    "submission_id": None,
                    "state": file["verdict"],
                    "files": [file["file_name"]],
                    "rows_accepted": 0,
                    "rows_quarantined": 0,
                }
            )
    return sorted(rows, key=lambda r: (r["at"], str(r["dataset"]), str(r["files"])), reverse=True)
