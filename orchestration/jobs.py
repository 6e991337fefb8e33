"""Runs the Dagster jobs in this process, on the home's own instance, so that `dagster dev` shows what the command line did.

Not here: the graph (`definitions.py`, `assets/`) and the work itself (intake, release).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from orchestration.settings import Settings

Progress = Callable[[str, int, int], None]


def run_load(settings: Settings, paths: list[str], *, progress: Progress | None = None, **options: Any) -> Any:
    """Load files; the LoadReport."""
    from orchestration.intake.load import load

    return load(settings, paths, progress=progress, **options)


def run_build(
    settings: Settings, *, as_of: str | None = None, data_date: str | None = None, progress: Progress | None = None
) -> str:
    """Build and publish; the release id."""
    from orchestration.release import build_release

    return build_release(settings, as_of=as_of, data_date=data_date, progress=progress)
