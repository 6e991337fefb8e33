"""Hashes of files and of folders. Only that: what is hashed, and why, stands with the caller."""

from __future__ import annotations

import hashlib
from pathlib import Path

from orchestration.settings import PROJECT


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def tree_hash(*folders: Path) -> str:
    """SHA-256 over the names and bytes of all files of folders of the project, in order."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            digest.update(str(path.relative_to(PROJECT)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
