"""What must be remembered of readers: refused requests, and every reveal of a person, before it is shown.

`audit/reveals.jsonl` and `audit/refused.jsonl` under the home are only ever appended to; each line carries the SHA-256
of the line before, so that a line taken out or changed shows. Not here: who may do what (`access.py`, `identity.py`).
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


def append(home: Path, log: str, **entry: str) -> str:
    """Write one entry to the log and to the disk, and return the hash of its line; OSError if it cannot be written."""
    path = Path(home) / "audit" / log
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        # Two servers on one home write one chain.
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        line = json.dumps({"at": at, **entry, "previous": _last(descriptor)}, ensure_ascii=False, sort_keys=True)
        os.write(descriptor, line.encode() + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return _hash(line.encode())


def broken_at(home: Path, log: str) -> int | None:
    """The number of the first line whose predecessor was changed or taken out; None where the chain holds."""
    path = Path(home) / "audit" / log
    previous = START
    for number, line in enumerate(path.read_bytes().splitlines() if path.exists() else [], 1):
        try:
            if json.loads(line)["previous"] != previous:
                return number
        except (ValueError, KeyError, TypeError):
            return number
        previous = _hash(line)
    return None


def pseudonym(secret: bytes, name: str) -> str:
    """A short keyed hash of a reader's name: refusals can be told apart, and name nobody."""
    return hashlib.blake2b(name.encode(), key=secret[:64], digest_size=6).hexdigest()


def _last(descriptor: int) -> str:
    size = os.fstat(descriptor).st_size
    tail = os.pread(descriptor, min(size, 16_384), max(0, size - 16_384))
    lines = tail.splitlines()
    return _hash(lines[-1]) if lines else START


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
