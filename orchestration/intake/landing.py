"""Landing: the bytes as they came, under their SHA-256, read-only.

Not here: which files are taken (`discover.py`) and what they hold.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from orchestration.intake.reasons import Refusal
from orchestration.settings import Settings

_CHUNK = 1 << 20


def receive(path: Path, settings: Settings) -> tuple[str, Path]:
    """Copy a file to `landing/<sha256>` (0444; temp, fsync, rename); the same bytes land once. Returns hash and place.

    Refusal for anything but a regular file. A file that changes while it is copied lands as it was read.
    """
    settings.landing.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        # O_NONBLOCK: a pipe put in place of the file must not hang the load
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise Refusal("intake.unreadable") from error
    with os.fdopen(handle, "rb") as source:
        if not stat.S_ISREG(os.fstat(source.fileno()).st_mode):
            raise Refusal("intake.not_regular")
        if path.parent == settings.landing and not path.is_symlink():
            return path.name, path
        return _store(source, settings.landing)


def _store(source, landing: Path) -> tuple[str, Path]:
    digest = hashlib.sha256()
    temporary, name = tempfile.mkstemp(dir=landing, suffix=".tmp")
    try:
        with os.fdopen(temporary, "wb") as out:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            target = landing / digest.hexdigest()
            if target.exists():
                return digest.hexdigest(), target
            os.fsync(out.fileno())
            os.fchmod(out.fileno(), 0o444)
        os.rename(name, target)
        directory = os.open(landing, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
        return digest.hexdigest(), target
    finally:
        if os.path.exists(name):
            os.unlink(name)
