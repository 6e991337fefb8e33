"""The Dagster instance of a home: `home/dagster`, SQLite, no telemetry, nothing that keeps what a step prints.

The command line opens it by `open_instance`. `dagster dev`, started in the project folder without DAGSTER_HOME, finds the
same store through `HomeStorage`, which the project's `dagster.yaml` names. Not here: the graph.
"""

from __future__ import annotations

from typing import Any

import dagster as dg
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
    return dg.DagsterInstance.from_config(str(folder))


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
