"""Decided allocations: `allocations/<id>.json` in the home, one immutable file per decision; read, verified, never changed.

The id is the hash of all that was decided, so one changed byte shows. A later decision for the same money is a record of its
own that names the one it replaces. The clock is read here, when a decision is taken, and nowhere else.
Not here: what is proposed (`allocation/propose.py` and the dbt models it runs).
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from orchestration.errors import SkillhouseError
from orchestration.intake.submission import TIME, write_json
from orchestration.settings import Settings

FORM = 1
# what names the money: two records with these in common decide the same thing, and the later one replaces the earlier
SUBJECT = ("allocator_unit", "recipient_kind", "year", "decides")


class RecordError(SkillhouseError):
    """A decision that is not on record, or whose record is damaged."""


def folder(settings: Settings) -> Path:
    """Where the records lie."""
    return settings.home / "allocations"


def identity(content: dict[str, Any]) -> str:
    """Id of a record: first 20 hex digits of SHA-256 over all it says, id and hash left out."""
    return seal(content)[:20]


def seal(content: dict[str, Any]) -> str:
    """SHA-256 over all that a record says, id and hash left out."""
    said = {name: value for name, value in content.items() if name not in ("allocation_id", "sha256")}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def write(settings: Settings, content: dict[str, Any]) -> dict[str, Any]:
    """Record a decision now, whole or not at all; the record with id, hash and the standing record it replaces.

    `content`: decides (allocation; or a kind of `allocation/change.py`), allocator_unit, recipient_kind, year, scheme,
    scheme_sha256, release_id, decided_by, reason, the scheme as it was, and pool_fen with `amounts`, or `changes`. The caller
    holds the home for writing.
    """
    content = {"decides": "allocation"} | content
    standing = standing_record(settings, *(content[name] for name in SUBJECT))
    record = content | {
        "form": FORM,
        "decided_at": datetime.now(UTC).strftime(TIME),
        "replaces": standing["allocation_id"] if standing else None,
    }
    record |= {"sha256": seal(record), "allocation_id": identity(record)}
    path = folder(settings) / f"{record['allocation_id']}.json"
    folder(settings).mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in folder(settings).glob("*.json.tmp"):
        left.unlink()  # of a decision that was broken off
    write_json(path, record)
    path.chmod(0o444)
    return record


def read(settings: Settings, allocation_id: str) -> dict[str, Any]:
    """One record by its id or the beginning of it; RecordError when none or several answer to it, or it is damaged."""
    return _parsed(_only(settings, allocation_id))


def records(settings: Settings, by: str | None = None) -> list[dict[str, Any]]:
    """Every record in order of decision; `by`: only those decided up to this ISO time. RecordError for a damaged one."""
    found = [_parsed(path) for path in _paths(settings)]
    found = [record for record in found if by is None or record["decided_at"] <= by]
    return sorted(found, key=lambda record: (record["decided_at"], record["allocation_id"]))


def standing_records(settings: Settings, by: str | None = None) -> list[dict[str, Any]]:
    """The records that no other one replaces."""
    found = records(settings, by)
    replaced = {record["replaces"] for record in found}
    return [record for record in found if record["allocation_id"] not in replaced]


def standing_record(
    settings: Settings, allocator_unit: str, recipient_kind: str, year: int, decides: str = "allocation"
) -> dict[str, Any] | None:
    """The decision that stands for this money, None where nothing is decided yet."""
    subject = (allocator_unit, recipient_kind, year, decides)
    found = [r for r in standing_records(settings) if tuple(r[name] for name in SUBJECT) == subject]
    return found[-1] if found else None


def verify(settings: Settings, allocation_id: str) -> list[str]:
    """What is wrong with a record and with those it replaces, in Chinese; nothing when every byte is as it was decided.

    RecordError when none or several records answer to the id.
    """
    path: Path | None = _only(settings, allocation_id)
    problems: list[str] = []
    while path is not None:
        problems += problems_of(path)
        replaces = None if problems else _parsed(path)["replaces"]
        path = folder(settings) / f"{replaces}.json" if replaces else None
        if path is not None and not path.is_file():
            return [*problems, f"被替代的决定 {replaces} 缺失"]
    return problems


def verify_all(settings: Settings) -> list[str]:
    """What is wrong with any record, and which records the current release knows that are gone; nothing when all is well."""
    found = [problem for path in _paths(settings) for problem in problems_of(path)]
    return found or [line for path in _paths(settings) for line in verify(settings, path.stem)] or lost(settings)


def lost(settings: Settings) -> list[str]:
    """Decisions that the current release knows and that are on record no more, in Chinese; without a release none."""
    from orchestration.release.publish import resolve

    if not settings.current.is_symlink():
        return []
    release = resolve(settings).parent
    known = json.loads((release / "manifest.json").read_text(encoding="utf-8")).get("allocations", [])
    kept = {record["sha256"] for record in records(settings)} if known else set()
    # the id is the beginning of the hash
    return [f"版本 {release.name} 所载的决定 {sha[:20]} 已不在 allocations 目录" for sha in known if sha not in kept]


def _only(settings: Settings, allocation_id: str) -> Path:
    known = [path for path in _paths(settings) if path.stem.startswith(allocation_id)]
    if len(known) == 1 and allocation_id:
        return known[0]
    raise RecordError(
        f"没有唯一的分配决定 {allocation_id or '（空）'}（找到 {len(known)} 个）：请用 skillhouse allocate list 查看。",
        f"{len(known)} decisions answer to {allocation_id or 'nothing'}: see `skillhouse allocate list`.",
    )


def problems_of(path: Path) -> list[str]:
    """What is wrong with the bytes of one record, in Chinese."""
    content = path.read_bytes()
    try:
        record = json.loads(content)
    except ValueError:
        return [f"{path.name} 内容已被改动：不是有效的 JSON"]
    wrong = []
    if not isinstance(record, dict) or record.get("sha256") != seal(record) or record.get("allocation_id") != path.stem:
        return [f"{path.name} 内容已被改动：与其校验值不符"]
    # spaces and order are bytes too
    if (
        json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True).encode() != content
        or identity(record) != path.stem
    ):
        wrong.append(f"{path.name} 内容已被改动：字节与写入时不同")
    if record.get("decides") == "adjustment" and (
        rest := sum(Decimal(row["change_value"]) for row in record["changes"])
    ):
        wrong.append(f"{path.name} 调剂合计 {rest} 元，应为零")
    wrong += [
        f"{path.name} {row['recipient_id']} 的金额前后不一：{row['amount_fen']} 分与 {row['proposed_yuan']} 元"
        for row in record.get("amounts", [])
        if Decimal(row["proposed_yuan"]) * 100 != row["amount_fen"]
    ]
    total = sum(row["amount_fen"] for row in record.get("amounts", []))
    if total != record.get("pool_fen", 0):
        wrong.append(f"{path.name} 各对象合计 {total} 分，与可分配总额 {record['pool_fen']} 分不等")
    return wrong


def _paths(settings: Settings) -> list[Path]:
    return sorted(folder(settings).glob("*.json"))


def _parsed(path: Path) -> dict[str, Any]:
    try:
        # the first records said nothing of what they decide: it was the allocation
        return {"decides": "allocation"} | json.loads(path.read_bytes())
    except ValueError as error:
        raise RecordError(
            f"分配决定 {path.stem} 已损坏：请从备份恢复 allocations/{path.name}。",
            f"decision {path.stem} is damaged: restore allocations/{path.name} from a backup.",
        ) from error
