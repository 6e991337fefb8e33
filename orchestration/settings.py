"""Settings: the only module that reads environment variables and `skillhouse.toml`.

Each setting has one name: `SKILLHOUSE_<NAME>` in the environment, `<name>` in the file; the environment wins.
Not here: anything that acts on a setting.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]

DEFAULTS: dict[str, str] = {
    "lang": "zh",
    "preview": "",
    "close_day": "10",
    "threads": "2",
    "memory_limit": "4GB",
    "sheet_seconds": "60",
    "sheet_memory_mb": "2048",
    "sheet_cells": "20000000",
    "csv_bytes": "8000000000",
    "unzipped_mb": "1024",
}


class SettingsError(Exception):
    """A setting that cannot be read: says which, where and what to do."""


@dataclass(frozen=True)
class Settings:
    """Where the home is and every other setting with its source (default, toml, environment)."""

    home: Path
    home_source: str
    values: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def integer(self, name: str) -> int:
        """The setting as a whole number; SettingsError if it is none."""
        try:
            return int(self.values[name])
        except ValueError as error:
            raise SettingsError(
                f"设置 {name} = {self.values[name]!r} 不是整数（来源 {self.sources[name]}）：请改为整数。"
            ) from error

    @property
    def landing(self) -> Path:
        return self.home / "landing"

    @property
    def lake(self) -> Path:
        return self.home / "lake"

    @property
    def submissions(self) -> Path:
        return self.home / "lake" / "_submissions"

    @property
    def quarantine(self) -> Path:
        return self.home / "quarantine"

    @property
    def feedback(self) -> Path:
        return self.home / "feedback"

    @property
    def vault(self) -> Path:
        return self.home / "vault"

    @property
    def keys(self) -> Path:
        return self.home / "keys"

    @property
    def build(self) -> Path:
        return self.home / "build"

    @property
    def releases(self) -> Path:
        return self.home / "releases"

    @property
    def current(self) -> Path:
        return self.home / "CURRENT"

    @property
    def dagster_home(self) -> Path:
        return self.home / "dagster"


def load_settings(home: Path | str | None = None, **overrides: str) -> Settings:
    """Read the settings; `home` and `overrides` (from the command line) win over the environment and the file."""
    if home is not None:
        root, home_source = Path(home), "argument"
    elif os.environ.get("SKILLHOUSE_HOME"):
        root, home_source = Path(os.environ["SKILLHOUSE_HOME"]), "SKILLHOUSE_HOME"
    else:
        root, home_source = Path("warehouse"), "default"
    root = root.absolute()
    values, sources = dict(DEFAULTS), dict.fromkeys(DEFAULTS, "default")
    config = root / "skillhouse.toml"
    if config.is_file():
        try:
            given = tomllib.loads(config.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{config} 无法读取：{error}。请修正该文件。") from error
        for name, value in given.items():
            if name not in DEFAULTS:
                raise SettingsError(f"{config}：没有名为 {name} 的设置。可用：{', '.join(sorted(DEFAULTS))}。")
            values[name] = ",".join(map(str, value)) if isinstance(value, list) else str(value)
            sources[name] = str(config)
    for name in DEFAULTS:
        variable = f"SKILLHOUSE_{name.upper()}"
        if variable in os.environ:
            values[name], sources[name] = os.environ[variable], variable
    for name, value in overrides.items():
        if value is not None:
            values[name], sources[name] = value, "argument"
    return Settings(root, home_source, values, sources)
