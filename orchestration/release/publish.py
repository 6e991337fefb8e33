"""Releases: build, publish, list, resolve, roll back, freeze. A release is one immutable file; CURRENT moves by rename.

Not here: what is checked before publishing (`release/audit.py`), how figures moved (`release/diff.py`), dbt (`dbt_run.py`).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from expectations.sql import literal
from orchestration.errors import SkillhouseError
from orchestration.hashes import file_hash, tree_hash
from orchestration.home import writing
from orchestration.intake.submission import manifests, sync, write_json
from orchestration.settings import PROJECT, Settings

SOURCES = (
    "data/contracts",
    "data/policies",
    "data/reference",
    "dbt_project/models",
    "dbt_project/macros",
    "expectations/suites",
)

Progress = Callable[[str, int, int], None]


class ReleaseError(SkillhouseError):
    """A release that is not there, is damaged, or must not be published."""


def build_release(
    settings: Settings, as_of: str | None = None, data_date: str | None = None, progress: Progress | None = None,
    is_draft: bool = False,
) -> str:  # fmt: skip
    """Build the warehouse, audit it, publish it; the release id. On any failure CURRENT stays where it is.

    `as_of` (ISO time) replays what was committed by then and leaves CURRENT alone when it shows something newer; a draft
    always leaves it alone. Raises BuildError, AuditError, ReleaseError.
    """
    from orchestration.build import clear, prepare
    from orchestration.dbt_run import run_dbt
    from orchestration.release.audit import audit

    tell = progress or (lambda stage, done, total: None)
    with writing(settings):
        tell("build", 0, 4)
        prepare(settings, as_of=as_of, data_date=data_date)
        tell("build", 1, 4)
        run_dbt(settings, progress=None)
        tell("build", 2, 4)
        staged = settings.releases / "staged.tmp"
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir(parents=True)
        try:
            manifest = _seal(settings, staged)
            tell("build", 3, 4)
            manifest["checks"] = audit(staged / "warehouse.duckdb", manifest)
            _publish(settings, staged, manifest)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
        clear(settings)
        current = _manifest(settings, _current_id(settings)) if settings.current.is_symlink() else None
        if not is_draft and (as_of is None or current is None or current["as_of"] <= manifest["as_of"]):
            _point(settings, manifest["release_id"], "build")
        tell("build", 4, 4)
    return manifest["release_id"]


def code_version() -> str:
    """The project's version and a hash of all that decides a figure: contracts, suites, policies, reference, models."""
    from importlib.metadata import version

    return f"{version('skillhouse')}+{tree_hash(*(PROJECT / folder for folder in SOURCES))[:12]}"


def _seal(settings: Settings, staged: Path) -> dict:
    """Move what was built into `staged` and say what it holds; the manifest so far."""
    import duckdb

    target = staged / "warehouse.duckdb"
    (settings.build / "warehouse.duckdb").rename(target)
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"SET threads = {settings.integer('threads')}")
        connection.execute(f"SET memory_limit = '{settings['memory_limit']}'")
        connection.execute(f"ATTACH {literal(settings.build / 'scratch.duckdb')} AS scratch (READ_ONLY)")
        as_of, data_date, preview, version = connection.execute(
            "SELECT strftime(as_of, '%Y-%m-%dT%H:%M:%S.%fZ'), data_date::VARCHAR, preview, code_version"
            " FROM scratch.control.build"
        ).fetchone()
        tables = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'warehouse' ORDER BY ALL"
        ).fetchall()
        hashes = {}
        for schema, table in tables:
            rows, content = connection.execute(f'SELECT {CONTENT} FROM "{schema}"."{table}" AS t').fetchone()
            hashes[f"{schema}.{table}"] = {"rows": rows, "content": content}
        frozen = connection.execute("SELECT period, release_id FROM scratch.control.frozen ORDER BY ALL").fetchall()
        decided = connection.execute(
            "SELECT sha256 FROM scratch.given.allocation_record UNION"
            " SELECT sha256 FROM scratch.given.allocation_change ORDER BY 1"
        ).fetchall()
        connection.execute("DETACH scratch")
        connection.execute("CHECKPOINT")
    if version != code_version():
        raise ReleaseError(
            "生成期间程序或政策文件被改动，未发布。请重新运行 skillhouse build。",
            "code or packs changed during the build; nothing was published. Run `skillhouse build` again.",
        )
    manifest = {
        "as_of": as_of,
        "data_date": data_date,
        "preview": preview,
        "code_version": version,
        "packs": {p.name: tree_hash(p) for p in sorted((PROJECT / "data" / "policies").glob("[0-9]*"))},
        "engine": f"duckdb {duckdb.__version__}",
        "inputs": _inputs(settings, as_of),
        "frozen": dict(frozen),
        "allocations": [sha for (sha,) in decided],
        "tables": hashes,
        "sha256": file_hash(target),
    }
    parts = [manifest[k] for k in ("data_date", "preview", "code_version", "inputs")]
    # what was frozen or decided by then is an input too: it decides what is told as restated and as allocated
    parts += [manifest["frozen"]] if frozen else []
    parts += [manifest["allocations"]] if decided else []
    identity = json.dumps(parts, sort_keys=True)
    manifest["release_id"] = f"{data_date.replace('-', '')}-{hashlib.sha256(identity.encode()).hexdigest()[:10]}"
    return manifest


CONTENT = "count(*), (coalesce(sum(hash(t)::HUGEINT), 0) % 18446744073709551616)::VARCHAR"


def _inputs(settings: Settings, as_of: str) -> list[dict]:
    """Every submission the release knows, with the hashes of what it keeps on disk."""
    inputs = []
    for manifest in manifests(settings):
        if manifest["committed_at"] > as_of:
            continue
        kept = {name: manifest[name] for name in ("rows", "quarantine", "mended") if manifest.get(name)}
        kept["manifest"] = f"lake/_submissions/{manifest['submission_id']}.json"
        inputs.append(
            {
                "submission_id": manifest["submission_id"],
                "dataset": manifest["dataset"],
                "reporting_unit": manifest["reporting_unit"],
                "period": manifest["period"],
                "files": sorted(f["sha256"] for f in manifest["files"]),
                "kept": {
                    path: manifest["hashes"][name] if name != "manifest" else file_hash(settings.home / path)
                    for name, path in kept.items()
                },
            }
        )
    return inputs


def _publish(settings: Settings, staged: Path, manifest: dict) -> None:
    manifest["published_at"] = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    manifest["manifest_sha256"] = seal(manifest)
    sync(staged / "warehouse.duckdb")
    (staged / "warehouse.duckdb").chmod(0o444)
    write_json(staged / "manifest.json", manifest)
    (staged / "manifest.json").chmod(0o444)
    sync(staged)
    target = settings.releases / manifest["release_id"]
    if target.exists():  # the same inputs, code and rules: the release is already there
        return
    os.rename(staged, target)
    sync(settings.releases)


def seal(manifest: dict) -> str:
    """The hash of a manifest's own content, without the seal itself."""
    content = {k: v for k, v in manifest.items() if k != "manifest_sha256"}
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _point(settings: Settings, release_id: str, reason: str) -> None:
    """Move CURRENT by one rename and keep the move on record."""
    temporary = settings.home / ".CURRENT.tmp"
    temporary.unlink(missing_ok=True)
    os.symlink(f"releases/{release_id}", temporary)
    os.replace(temporary, settings.current)
    sync(settings.home)
    line = {"at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "release_id": release_id, "reason": reason}
    with (settings.releases / "journal.jsonl").open("a", encoding="utf-8") as handle:
        handle.write(json.dumps(line, ensure_ascii=False) + "\n")
        handle.flush()
        os.fsync(handle.fileno())


def _current_id(settings: Settings) -> str:
    return Path(os.readlink(settings.current)).name


def _manifest(settings: Settings, release_id: str) -> dict:
    path = settings.releases / release_id / "manifest.json"
    if "/" in release_id or not path.is_file():
        raise ReleaseError(
            zh=f"没有版本 {release_id}。用 skillhouse release list 查看现有版本。",
            en=f"there is no release {release_id}; see `skillhouse release list`.",
        )
    try:
        return json.loads(path.read_bytes())
    except ValueError as error:
        raise _damaged(release_id) from error


def _damaged(release_id: str) -> ReleaseError:
    return ReleaseError(
        zh=f"版本 {release_id} 已损坏，不能读取。请 skillhouse release rollback 到其他版本，或重新 build。",
        en=f"release {release_id} is damaged; roll back to another one or run `skillhouse build` again.",
    )


def resolve(settings: Settings, release_id: str | None = None) -> Path:
    """The warehouse file of a release, by default of the one CURRENT names; ReleaseError when there is none."""
    if release_id is None:
        if not settings.current.is_symlink():
            raise ReleaseError(
                zh=f"{settings.home} 里还没有版本。请先运行 skillhouse load 和 skillhouse build。",
                en=f"{settings.home} holds no release yet; run `skillhouse load` and `skillhouse build` first.",
            )
        release_id = _current_id(settings)
    _manifest(settings, release_id)
    path = settings.releases / release_id / "warehouse.duckdb"
    if not path.is_file():
        raise _damaged(release_id)
    return path


def list_releases(settings: Settings) -> list[dict]:
    """Every release, newest first: release_id, data_date, as_of, published_at, checks, is_current, is_draft, frozen periods.

    A draft is a release that CURRENT has never named; so is a replay of an earlier state.
    """
    from orchestration.release.freeze import frozen as known_frozen

    current = _current_id(settings) if settings.current.is_symlink() else None
    frozen = known_frozen(settings)
    journal, rows = settings.releases / "journal.jsonl", []
    moves = journal.read_text(encoding="utf-8").splitlines() if journal.is_file() else []
    named = {json.loads(line)["release_id"] for line in moves}
    for path in settings.releases.glob("????????-*/manifest.json"):
        manifest = _manifest(settings, path.parent.name)
        rows.append(
            {k: manifest[k] for k in ("release_id", "data_date", "as_of", "published_at", "code_version")}
            | {"checks": f"{manifest['checks']['passed']}/{manifest['checks']['total']}"}
            | {"is_current": manifest["release_id"] == current, "is_draft": manifest["release_id"] not in named}
            | {"frozen": sorted(p for p, e in frozen.items() if e["release_id"] == manifest["release_id"])}
        )
    return sorted(rows, key=lambda r: (r["published_at"], r["release_id"]), reverse=True)


def show(settings: Settings, release_id: str) -> dict:
    """The manifest of a release."""
    return _manifest(settings, release_id)


def rollback(settings: Settings, release_id: str, reason: str = "rollback") -> None:
    """Point CURRENT at another release, on record (`reason`: rollback, publish); refused if that one does not verify."""
    _manifest(settings, release_id)
    with writing(settings):
        problems = verify(settings, release_id)
        if problems:
            raise ReleaseError(zh=f"不能改用该版本：{problems[0]}", en=f"cannot use this release: {problems[0]}")
        _point(settings, release_id, reason)


def diff(settings: Settings, before: str, after: str) -> dict:
    """What moved between two releases; see `release_diff.diff`."""
    from orchestration.release.diff import diff as compare

    return compare(settings, before, after)


def verify(settings: Settings, release_id: str) -> list[str]:
    """The problems of a release and of what it was made from, none when all is whole; see `audit.verify`."""
    from orchestration.release.audit import verify as rehash

    return rehash(settings, release_id)


def freeze(settings: Settings, release_id: str, period: str) -> None:
    """Mark the official release of a closed period; see `release_freeze.freeze`."""
    from orchestration.release.freeze import freeze as mark

    mark(settings, release_id, period)
