"""The home directory: who may write in it, and what a killed run left behind.

One process writes at a time. A run that was killed leaves candidates, half-written files and files no manifest names;
the next writer clears them before it starts, so every command can simply be run again.
Not here: what is written (intake, build, release) and where each thing lies (settings).
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration.errors import SkillhouseError
from orchestration.settings import Settings

WAIT_SECONDS = 2.0
PRIVATE = 0o077
# build/ also holds what dbt keeps between runs, so only what a run leaves is named here
LEFTOVERS = (
    "build/intake*",
    "build/scratch.duckdb*",
    "build/warehouse.duckdb*",
    "build/tmp*",
    "releases/.tmp-*",
    "releases/*.tmp",
    ".CURRENT.tmp",
)

_held: set[Path] = set()


class HomeLocked(SkillhouseError):
    """Another process is writing in the same home."""


class HomeUnusable(SkillhouseError):
    """The home cannot be created or written."""


@contextmanager
def writing(settings: Settings) -> Iterator[None]:
    """Hold the home for writing, healed of what a killed run left; nested use in one process holds it once.

    HomeLocked after a wait of two seconds if another process writes; HomeUnusable if the folder cannot be written.
    """
    home = settings.home.resolve()
    if home in _held:
        yield
        return
    from filelock import FileLock, Timeout

    before = os.umask(PRIVATE)
    try:
        create(settings)
        writer = home / ".writer"
        lock = FileLock(home / ".lock", timeout=WAIT_SECONDS, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            pid = _pid(writer)
            raise HomeLocked(
                f"{home} 正被另一进程（pid {pid}）写入：请等它结束后再试。",
                f"{home} is being written by another process (pid {pid}): wait until it ends, then try again.",
            ) from None
        _held.add(home)
        try:
            writer.write_text(f"{os.getpid()}\n", encoding="ascii")
            heal(settings)
            yield
        finally:
            writer.unlink(missing_ok=True)
            _held.discard(home)
            lock.release()
    finally:
        os.umask(before)


def _pid(writer: Path) -> str:
    try:
        return writer.read_text(encoding="ascii").strip() or "?"
    except OSError:
        return "?"


def create(settings: Settings) -> None:
    """Make the home, readable by its owner alone; HomeUnusable if that fails."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = settings.home / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise HomeUnusable(
            f"无法写入数据目录 {settings.home}（{error.strerror}）：请检查权限与磁盘，或另设 SKILLHOUSE_HOME。",
            f"cannot write in {settings.home} ({error.strerror}): check rights and disk, or set SKILLHOUSE_HOME.",
        ) from error


def heal(settings: Settings) -> list[str]:
    """Remove what a killed run left; the caller holds the home. Returns the removed paths, relative to the home."""
    removed: list[str] = []
    for pattern in LEFTOVERS:
        for path in sorted(settings.home.glob(pattern)):
            _remove(path, settings.home, removed)
    for folder in (settings.landing, settings.lake, settings.quarantine, settings.vault, settings.feedback):
        for path in sorted(folder.rglob("*.tmp")) if folder.is_dir() else ():
            _remove(path, settings.home, removed)
    committed, named = _manifests(settings)
    for folder in (settings.lake, settings.quarantine, settings.vault):
        for path in sorted(folder.rglob("*.parquet")) if folder.is_dir() else ():
            if path.stem not in committed and path.relative_to(settings.home).as_posix() not in named:
                _remove(path, settings.home, removed)
    return removed


def _manifests(settings: Settings) -> tuple[set[str], set[str]]:
    ids: set[str] = set()
    named: set[str] = set()
    for path in sorted(settings.submissions.glob("*.json")) if settings.submissions.is_dir() else ():
        ids.add(path.stem)
        document = json.loads(path.read_text(encoding="utf-8"))
        named.update(value for value in document.values() if isinstance(value, str) and value.endswith(".parquet"))
    return ids, named


def _remove(path: Path, home: Path, removed: list[str]) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif path.exists() or path.is_symlink():
        path.unlink()
    else:
        return
    removed.append(path.relative_to(home).as_posix())
