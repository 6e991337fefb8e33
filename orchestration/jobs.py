"""Runs the Dagster jobs in this process, on the home's own instance: `dagster dev` shows what the command line did.

Not here: the graph (`definitions.py`, `assets/`) and the work itself (intake, release).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from orchestration.settings import Settings

Progress = Callable[[str, int, int], None]


def run_load(settings: Settings, paths: list[str], *, progress: Progress | None = None, **options: Any) -> Any:
    """Load files through the job `load`; the LoadReport. Raises what the load raises."""
    from expectations.engine import Engine

    with Engine() as engine:  # its import takes seconds and runs beside Dagster's and the reading
        from orchestration.ops import load_job

        config = {"paths": paths, **{name: value for name, value in options.items() if value is not None}}
        return _run(load_job, "load_files", config, settings, progress, engine)


def run_build(
    settings: Settings, *, as_of: str | None = None, data_date: str | None = None, progress: Progress | None = None
) -> str:
    """Build and publish through the job `build`; the release id. Raises what the build raises."""
    from orchestration.ops import build_job

    config = {name: value for name, value in (("as_of", as_of), ("data_date", data_date)) if value is not None}
    return _run(build_job, "build_and_publish", config, settings, progress)


def _run(
    job: Any, op: str, config: dict[str, Any], settings: Settings, progress: Progress | None, engine: Any = None
) -> Any:
    from orchestration.home import writing
    from orchestration.instance import open_instance
    from orchestration.resources import HomeResource

    home = HomeResource(settings, progress, engine=engine)
    run_config = {
        "ops": {op: {"config": config}},
        # the command says what happened; Dagster's own lines and tracebacks stay in its event log
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }
    with writing(settings), open_instance(settings) as instance:
        job.execute_in_process(run_config=run_config, instance=instance, resources={"home": home})
    return home.answer
