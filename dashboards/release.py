"""Releases as pages and reports see them: one immutable file, read-only, locked down, within one reader's scope.

Belongs here: finding the release that CURRENT resolves to (or one by its id), its manifest, and rows out of its marts.
Not here: what is asked (`queries/`), which rows a scope holds (`access.py`), and anything that writes.
"""

from __future__ import annotations

import json
import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from dashboards.access import WHOLE, Scope, statements

Row = dict[str, Any]

# One SELECT of a page must never reach a file, a setting or the network, whatever reaches its parameters.
LOCKED = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "2",
    "memory_limit": "1GB",
}
RELEASE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,80}")
# Releases times scopes: a bureau's districts and roles on the current release, and a few old ones.
KEPT_OPEN = 24
KEPT_ANSWERS = 512


# What asking for a mart raises that the scope does not see.
Closed = duckdb.CatalogException
# What a file raises that is not as it was written: its checksums do not hold.
_DAMAGED = (duckdb.IOException, duckdb.InternalException, duckdb.FatalException, duckdb.SerializationException)


class NoRelease(Exception):
    """There is no such release: `zh` and `en` say what to do."""

    def __init__(self, zh: str, en: str):
        super().__init__(zh)
        self.zh, self.en = zh, en


@dataclass
class Release:
    """One open release. `rows` may be called from any thread; answers are kept, since a release never changes."""

    directory: Path
    manifest: dict[str, Any]
    connection: duckdb.DuckDBPyConnection
    scope: Scope = WHOLE
    is_current: bool = True
    is_damaged: bool = False
    _answers: OrderedDict[tuple, list[Row]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def release_id(self) -> str:
        return str(self.manifest.get("release_id") or self.directory.name)

    @property
    def data_date(self) -> str:
        """The day the figures speak of, ISO."""
        return str(self.manifest.get("data_date") or "")[:10]

    @property
    def as_of(self) -> str:
        return str(self.manifest.get("as_of") or "")[:19].replace("T", " ")

    @property
    def code_version(self) -> str:
        return str(self.manifest.get("code_version") or "")

    @property
    def checks(self) -> tuple[int, int]:
        """Checks passed and checks run before this release was published."""
        checks = self.manifest.get("checks") or {}
        return int(checks.get("passed") or 0), int(checks.get("total") or 0)

    @cached_property
    def tables(self) -> dict[str, set[str]]:
        """Columns by mart name: a page whose mart is not here is not shown."""
        found: dict[str, set[str]] = {}
        cursor = self.connection.cursor()
        listed = cursor.execute(
            "select table_name, column_name from duckdb_columns() "
            "where schema_name = 'marts' and database_name = current_database()"
        )
        for table, column in listed.fetchall():
            found.setdefault(table, set()).add(column)
        return found

    def has(self, *tables: str) -> bool:
        return all(table in self.tables for table in tables)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Rows of one SELECT as dictionaries; money stays Decimal. Values reach the statement as parameters only.

        NoRelease where the file turns out to be damaged.
        """
        asked = (sql, tuple(parameters))
        with self._lock:
            if asked in self._answers:
                self._answers.move_to_end(asked)
                return [dict(row) for row in self._answers[asked]]
            # A cursor of its own: DuckDB connections are not to be shared between threads at one time.
            cursor = self.connection.cursor()
        if [statement.type for statement in cursor.extract_statements(sql)] != [duckdb.StatementType.SELECT]:
            raise duckdb.PermissionException("a release answers one SELECT at a time")
        try:
            answer = cursor.execute(sql, list(parameters))
            names = [column[0] for column in answer.description]
            rows = [dict(zip(names, values, strict=True)) for values in answer.fetchall()]
        except _DAMAGED as error:
            self.is_damaged = True
            raise _unreadable(self.directory) from error
        finally:
            cursor.close()
        with self._lock:
            self._answers[asked] = rows
            while len(self._answers) > KEPT_ANSWERS:
                self._answers.popitem(last=False)
        return [dict(row) for row in rows]


class Releases:
    """The releases of one home, each as one scope sees it. `get()` answers from CURRENT as it stands at that moment."""

    def __init__(self, home: Path):
        self.home = Path(home)
        self._open: OrderedDict[tuple[Path, Scope], Release] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, release_id: str | None = None, scope: Scope = WHOLE) -> Release:
        """The current release, or the one named, within a scope; NoRelease if there is none."""
        current = self.home / "CURRENT"
        if release_id is None:
            directory = current.resolve()
            if not (directory / "warehouse.duckdb").is_file():
                raise NoRelease(
                    "还没有已发布的版本：请先运行 skillhouse load 和 skillhouse build。",
                    "Nothing has been published yet: run skillhouse load, then skillhouse build.",
                )
        else:
            if (
                not RELEASE_ID.fullmatch(release_id)
                or not (self.home / "releases" / release_id / "warehouse.duckdb").is_file()
            ):
                raise NoRelease(
                    "没有这个版本：请用 skillhouse release list 查看已有版本。",
                    "There is no such release: see skillhouse release list.",
                )
            directory = (self.home / "releases" / release_id).resolve()
        with self._lock:
            wanted = (directory, scope)
            if wanted not in self._open or self._open[wanted].is_damaged:
                # A damaged file may have been put right since.
                self._open[wanted] = _open(directory, scope)
            self._open.move_to_end(wanted)
            # Readers of a dropped release keep their cursors; its file closes when the last of them is done.
            while len(self._open) > KEPT_OPEN:
                self._open.popitem(last=False)
            release = self._open[wanted]
            release.is_current = directory == current.resolve()
            return release

    def ids(self) -> list[str]:
        """Ids of the published releases, newest first by their manifest's as-of time."""
        found = []
        for manifest in (self.home / "releases").glob("*/manifest.json"):
            if (manifest.parent / "warehouse.duckdb").is_file():
                found.append((str(_manifest(manifest.parent).get("as_of") or ""), manifest.parent.name))
        return [name for _, name in sorted(found, reverse=True)]


def _manifest(directory: Path) -> dict[str, Any]:
    path = directory / "manifest.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, dict) or not isinstance(found.get("checks") or {}, dict):
            raise ValueError("not a manifest")
        return found
    except (OSError, ValueError, RecursionError) as error:
        raise NoRelease(
            f"版本 {directory.name} 的 manifest.json 无法读取：请用 skillhouse release verify {directory.name} 检查。",
            f"The manifest of release {directory.name} cannot be read: run skillhouse release verify.",
        ) from error


def _open(directory: Path, scope: Scope) -> Release:
    manifest = _manifest(directory)
    # The file lies under a name that no statement can know: whatever is asked meets the scope's views alone.
    sealed = f"sealed_{secrets.token_hex(16)}"
    path = str(directory / "warehouse.duckdb").replace("'", "''")
    try:
        connection = duckdb.connect(":memory:", config=LOCKED)
        connection.execute(f"attach '{path}' as {sealed} (read_only)")
        tables = connection.execute(
            "select table_name, list(column_name) from duckdb_columns() "
            "where schema_name = 'marts' and database_name = $1 group by 1",
            [sealed],
        ).fetchall()
        connection.execute("create schema marts")
        for statement in statements(dict(tables), f"{sealed}.marts", scope):
            connection.execute(statement)
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
    except duckdb.Error as error:
        raise _unreadable(directory) from error
    return Release(directory, manifest, connection, scope)


def _unreadable(directory: Path) -> NoRelease:
    return NoRelease(
        f"版本 {directory.name} 无法读取：请用 skillhouse release verify {directory.name} 检查，必要时回退。",
        f"Release {directory.name} cannot be read: run skillhouse release verify {directory.name}, go back if need be.",
    )
