"""The Dagster instance of a home: `home/dagster`, SQLite, no telemetry, nothing that keeps what a step prints.

The command line opens it by `open_instance`. `dagster dev`, started in the project folder without DAGSTER_HOME, finds the
same store through `HomeStorage`, which the project's `dagster.yaml` names. Not here: the graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._core.instance.ref import InstanceRef
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from dagster._serdes import ConfigurableClassData

from orchestration.settings import PROJECT, Settings, load_settings


def open_instance(settings: Settings) -> dg.DagsterInstance:
    """The instance of the home, made on first use."""
    folder = settings.dagster_home
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    config = folder / "dagster.yaml"
    if not config.exists():
        lines = (PROJECT / "dagster.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
        start = next(number for number, line in enumerate(lines) if line.startswith("storage:"))
        stop = next(n for n, line in enumerate(lines) if n > start and line.strip() and not line.startswith(" "))
        config.write_text("".join(lines[:start] + lines[stop:]), encoding="utf-8")
    quick = {"module": "orchestration.instance", "class": "CommandStorage", "config": {"base_dir": str(folder)}}
    reference = InstanceRef.from_dir(str(folder), overrides={"storage": {"custom": quick}})
    return dg.DagsterInstance.from_ref(reference)


class HomeStorage(DagsterSqliteStorage):
    """Dagster's SQLite storage in the home that the settings name, whatever folder Dagster was started from."""

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        """No options: the settings say where the home is."""
        return {}

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> HomeStorage:
        """The storage of `load_settings()`'s home."""
        folder = load_settings().dagster_home
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return cls(str(folder), inst_data=inst_data)


class KeptEventLog(SqliteEventLogStorage):
    """Dagster's event log with its connections kept open: one command logs hundreds of events, each opened two files."""

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Any]:
        from sqlalchemy import create_engine, event
        from sqlalchemy.pool import StaticPool

        kept = self.__dict__.setdefault("_kept", {})
        with self._db_lock:
            if shard not in kept:
                options = {"timeout": 30, "check_same_thread": False}
                engine = create_engine(self.conn_string_for_shard(shard), poolclass=StaticPool, connect_args=options)
                event.listen(engine, "connect", _relaxed)
                self._initdb(engine)
                self._initialized_dbs.add(shard)
                kept[shard] = engine
            with kept[shard].begin() as connection:
                yield connection

    def dispose(self) -> None:
        """Close what was kept."""
        for engine in self.__dict__.pop("_kept", {}).values():
            engine.dispose()
        super().dispose()


def _relaxed(connection: Any, record: Any) -> None:
    # run history may lose its last second on a power cut; submissions and releases are synced by their own writers
    connection.execute("PRAGMA synchronous = OFF")


class CommandStorage(DagsterSqliteStorage):
    """The home's storage as one command uses it: Dagster's own files, connections kept."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        super().__init__(base_dir, inst_data)
        self._event_log_storage = KeptEventLog(str(Path(base_dir) / "history" / "runs"))

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> CommandStorage:
        """The storage in `base_dir`."""
        return cls(config_value["base_dir"], inst_data)
