"""Backup and restore of a home: every file that cannot be made again, with its hash; restored whole or not at all.

A backup folder can be used again: only what is new or differs is copied. It holds the keys, so it must be kept as safe as the
home itself. Not here: rebuilding (a release can be rebuilt from the lake) and `release verify`.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from orchestration.errors import SkillhouseError, UsageError
from orchestration.home import writing
from orchestration.settings import Settings

# what is made again at need or belongs to one machine; all else in the home is kept
LEFT_OUT = {"build", "logs", "bench", ".lock", ".writer"}
INVENTORY = "backup.json"
FORM = 1


class BackupError(SkillhouseError):
    """A backup that is damaged, or a home that must not be overwritten."""


def backup(settings: Settings, directory: Path) -> dict[str, Any]:
    """Copy the home into `directory`; files, bytes and how many were copied now. The inventory is written last."""
    from orchestration.intake.submission import write_json

    target = directory.resolve()
    if target == settings.home.resolve() or settings.home.resolve() in target.parents:
        raise UsageError(
            f"备份目录不能在数据目录之内：{directory}", f"the backup must lie outside the home: {directory}"
        )
    if directory.exists() and any(directory.iterdir()) and not (directory / INVENTORY).is_file():
        raise BackupError(
            f"{directory} 不是空目录，也不是以前的备份：请另选目录。",
            f"{directory} is neither empty nor a backup: choose another.",
        )
    with writing(settings):
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        earlier = _inventory(directory)["files"] if (directory / INVENTORY).is_file() else {}
        (directory / INVENTORY).unlink(missing_ok=True)
        files, copied = {}, 0
        for path in _kept(settings.home):
            name = path.relative_to(settings.home).as_posix()
            files[name] = _hash(path)
            copy = directory / "home" / name
            if earlier.get(name) != files[name] or not copy.is_file() or _hash(copy) != files[name]:
                _copy(path, copy)
                copied += 1
        gone = [n for n in earlier if n not in files]
        for name in gone:
            (directory / "home" / name).unlink(missing_ok=True)
        current = os.readlink(settings.current) if settings.current.is_symlink() else None
        write_json(directory / INVENTORY, {"form": FORM, "current": current, "files": files})
    size = sum((directory / "home" / name).stat().st_size for name in files)
    return {"directory": str(directory), "files": len(files), "bytes": size, "copied": copied}


def restore(settings: Settings, directory: Path) -> dict[str, Any]:
    """Bring a backup back into an empty home, every hash checked before and after. BackupError, and nothing is changed."""
    inventory = _inventory(directory)
    if settings.home.exists() and any(p.name not in LEFT_OUT for p in settings.home.iterdir()):
        raise BackupError(
            f"{settings.home} 不是空的：恢复只写入空的数据目录，请另设 SKILLHOUSE_HOME。",
            f"{settings.home} is not empty: restore writes into an empty home only; set SKILLHOUSE_HOME elsewhere.",
        )
    wrong = [n for n, sha in inventory["files"].items() if _hash_or_none(directory / "home" / n) != sha]
    if wrong:
        raise BackupError(
            f"备份已损坏，未恢复任何内容：{len(wrong)} 个文件缺失或被改动，第一个是 {wrong[0]}。",
            f"the backup is damaged, nothing was restored: {len(wrong)} files missing or changed, first {wrong[0]}.",
        )
    with writing(settings):
        # apart first, so that a kill on the way leaves no half of a home; the next writer clears it
        half = settings.build / "tmp-restore"
        for name in inventory["files"]:
            _copy(directory / "home" / name, half / name)
        for path in sorted(half.iterdir()) if half.is_dir() else ():
            os.rename(path, settings.home / path.name)
        if inventory["current"]:
            os.symlink(inventory["current"], settings.current)
        shutil.rmtree(half, ignore_errors=True)
    changed = [n for n, sha in inventory["files"].items() if _hash_or_none(settings.home / n) != sha]
    if changed:
        raise BackupError(f"恢复后核对不符：{changed[0]}", f"restored, but {changed[0]} differs")
    return {"home": str(settings.home), "files": len(inventory["files"]), "current": inventory["current"]}


def _inventory(directory: Path) -> dict[str, Any]:
    import json

    try:
        found = json.loads((directory / INVENTORY).read_bytes())
    except (OSError, ValueError):
        found = {}
    if found.get("form") != FORM:
        raise BackupError(f"{directory} 里没有完整的备份。", f"there is no whole backup in {directory}.")
    return found


def _kept(home: Path) -> list[Path]:
    tops = (path for path in sorted(home.iterdir()) if path.name not in LEFT_OUT and not path.is_symlink())
    return [item for top in tops for item in ([top] if top.is_file() else sorted(top.rglob("*"))) if item.is_file()]


def _hash(path: Path) -> str:
    from orchestration.release.publish import file_hash

    return file_hash(path)


def _hash_or_none(path: Path) -> str | None:
    return _hash(path) if path.is_file() else None


def _copy(source: Path, target: Path) -> None:
    from orchestration.intake.submission import sync

    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = target.with_name(target.name + ".half")
    shutil.copy2(source, half)
    sync(half)
    os.replace(half, target)
