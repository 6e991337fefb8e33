"""Reports written outside the server: orders, how far they are, and their files.

An order is `reports/runs/<id>.json` under the home; whoever runs it (the starter that the command line gives) rewrites
that file whole at each step. Not here: how a report is written (`reports/`), the process that writes it.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dashboards.access import Scope

ID = re.compile(r"[0-9]{14}-[0-9a-f]{8}")
FILE = re.compile(r"[0-9A-Za-z_.-]{1,120}")
UNDER_WAY = ("queued", "running")
# A report takes a core for seconds: more at a time would make readers wait.
AT_ONCE = 2
SHOWN = 20

Run = dict[str, Any]
Starter = Callable[[Path, str], None]


def folder(home: Path) -> Path:
    """Where orders lie."""
    return Path(home) / "reports" / "runs"


def order(home: Path, start: Starter, **wanted: Any) -> tuple[str | None, str]:
    """Write an order and start it; its id and '', or None and the text that says why not.

    `wanted`: kind, period, unit, formats, lang, release_id, role. The same order under way is not started twice.
    """
    same = ("kind", "period", "unit", "formats", "lang", "release_id")
    runs = [run for run in _all(home) if run["state"] in UNDER_WAY]
    for run in runs:
        if all(run.get(name) == wanted[name] for name in same):
            return str(run["id"]), ""
    if len(runs) >= AT_ONCE:
        return None, "reports.run.busy"
    now = datetime.now(UTC)
    identity = f"{now:%Y%m%d%H%M%S}-{secrets.token_hex(4)}"
    run = {**wanted, "id": identity, "asked_at": now.isoformat(timespec="seconds"), "state": "queued", "done": 0,
           "total": len(wanted["formats"]), "files": []}  # fmt: skip
    write(home, run)
    start(Path(home), identity)
    return identity, ""


def write(home: Path, run: Run) -> None:
    """Put a run's state in place of the one before, whole."""
    path = folder(home) / f"{run['id']}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_text(json.dumps(run, ensure_ascii=False), encoding="utf-8")
    os.replace(temporary, path)


def read(home: Path, identity: str) -> Run | None:
    """One run, None where there is none of this id."""
    path = folder(home) / f"{identity}.json"
    if not ID.fullmatch(identity) or not path.is_file():
        return None
    run = json.loads(path.read_text(encoding="utf-8"))
    if run["state"] == "running" and not _lives(run.get("process")):
        run["state"] = "broken"
    return run


def listed(home: Path | None, scope: Scope) -> list[Run]:
    """Runs of the units that the scope covers, the newest first."""
    if home is None or not scope.opens("reports"):
        return []
    return [run for run in _all(Path(home)) if scope.covers(str(run["unit"]))][:SHOWN]


def file_of(home: Path, identity: str, name: str, scope: Scope) -> Path | None:
    """A file of a run that the scope covers, None for anything else."""
    run = read(home, identity)
    if run is None or not scope.covers(str(run["unit"])) or not FILE.fullmatch(name):
        return None
    path = folder(home) / identity / name
    return path if name in [one["name"] for one in run["files"]] and path.is_file() else None


def _all(home: Path) -> list[Run]:
    found = sorted((path.stem for path in folder(home).glob("*.json")), reverse=True)[: 3 * SHOWN]
    return [run for run in (read(home, identity) for identity in found) if run is not None]


def _lives(process: Any) -> bool:
    if not isinstance(process, int):
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
