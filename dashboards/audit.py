"""What must be remembered of readers: refused requests, and every reveal of a person, before it is shown.

`audit/reveals.jsonl` and `audit/refused.jsonl` under the home are only ever appended to; each line carries the SHA-256
of the line before, so that a line taken out or changed shows. Anybody can cause refusals: their log is turned over at a
size, and the oldest part goes; the chain runs on from part to part. Reveals are never dropped. Not here: who may do what
(`access.py`, `identity.py`).
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path

REVEALS, REFUSED = "reveals.jsonl", "refused.jsonl"
START = "0" * 64
# Bytes of one part of a log that is turned over, and how many earlier parts stay: about 100,000 refusals, 25 MB.
PART_BYTES, PARTS = 5_000_000, 4
TURNED = (REFUSED,)


def append(home: Path, log: str, **entry: str) -> str:
    """Write one entry to the log and to the disk, and return the hash of its line; OSError if it cannot be written."""
    path = Path(home) / "audit" / log
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = _opened(path)
    try:
        at, previous = datetime.now(UTC).isoformat(timespec="seconds"), _last(descriptor)
        if log in TURNED and os.fstat(descriptor).st_size >= PART_BYTES:
            descriptor = _turned(path, descriptor)
        line = json.dumps({"at": at, **entry, "previous": previous}, ensure_ascii=False, sort_keys=True)
        os.write(descriptor, line.encode() + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return _hash(line.encode())


def broken_at(home: Path, log: str) -> int | None:
    """The number of the first line whose predecessor was changed or taken out; None where the chain holds.

    Lines are counted over all parts of the log, the oldest first.
    """
    path = Path(home) / "audit" / log
    parts = [part for part in (*_parts(path)[::-1], path) if part.exists()]
    # Where as many parts lie as may lie, an older one has been dropped: its last line is not known.
    previous = None if len(parts) > PARTS else START
    for number, line in enumerate((line for part in parts for line in part.read_bytes().splitlines()), 1):
        try:
            if previous is not None and json.loads(line)["previous"] != previous:
                return number
        except (ValueError, KeyError, TypeError):
            return number
        previous = _hash(line)
    return None


def pseudonym(secret: bytes, name: str) -> str:
    """A short keyed hash of a reader's name: refusals can be told apart, and name nobody."""
    return hashlib.blake2b(name.encode(), key=secret[:64], digest_size=6).hexdigest()


def _parts(path: Path) -> list[Path]:
    """Earlier parts of a log, the newest first."""
    return [path.with_suffix(f".{number}{path.suffix}") for number in range(1, PARTS + 1)]


def _opened(path: Path) -> int:
    """The log, locked: two servers on one home write one chain."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        # While this one waited, another server may have turned the log over: then this is an earlier part.
        if path.exists() and os.fstat(descriptor).st_ino == path.stat().st_ino:
            return descriptor
        os.close(descriptor)


def _turned(path: Path, descriptor: int) -> int:
    """Begin a new part in place of a full one; the full one stays locked until the new one is."""
    parts = _parts(path)
    for older, newer in zip(parts[::-1], [*parts[-2::-1], path], strict=True):
        if newer.exists():
            os.replace(newer, older)
    begun = _opened(path)
    os.close(descriptor)
    return begun


def _last(descriptor: int) -> str:
    size = os.fstat(descriptor).st_size
    tail = os.pread(descriptor, min(size, 16_384), max(0, size - 16_384))
    lines = tail.splitlines()
    return _hash(lines[-1]) if lines else START


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
