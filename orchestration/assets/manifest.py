"""The dbt manifest that the graph is drawn from: the last run's, or a fresh parse where the project has changed since.

Not here: running models (`dbt_run.py`).
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from orchestration.build import BuildError
from orchestration.dbt_run import dbt_command
from orchestration.settings import PROJECT, Settings

SUFFIXES = (".sql", ".yml")


def current_manifest(settings: Settings) -> Path:
    """Path of a manifest no older than any file of the dbt project; parses if need be. BuildError if dbt cannot parse."""
    manifest = settings.build / "dbt" / "target" / "manifest.json"
    project = PROJECT / "dbt_project"
    files = (path for path in project.rglob("*") if path.suffix in SUFFIXES and "target" not in path.parts)
    newest = max(path.stat().st_mtime for path in files)
    if not manifest.is_file() or manifest.stat().st_mtime < newest:
        manifest.parent.mkdir(parents=True, exist_ok=True)
        run = subprocess.run(dbt_command(settings, "parse", "--quiet"), capture_output=True, text=True, check=False)
        if run.returncode != 0:
            last = next((line for line in reversed(run.stdout.splitlines()) if line.strip()), "")
            raise BuildError(f"dbt 项目无法解析：{last}", f"the dbt project cannot be parsed: {last}")
    return manifest
