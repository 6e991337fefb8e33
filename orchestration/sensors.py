"""What starts by itself when files arrive in `inbox/<unit>/<period>/`: a load, then a build.

A drop is keyed by the hash of its bytes, so the same files never start a second run. Not here: reading them.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import dagster as dg

from orchestration.ops import build_job, load_job
from orchestration.settings import load_settings


def drops(inbox: Path) -> list[Path]:
    """The folders `<unit>/<period>` of the inbox that hold a file, in path order."""
    folders = (path for path in sorted(inbox.glob("*/*")) if path.is_dir())
    return [path for path in folders if any(item.is_file() for item in path.rglob("*"))]


def content_hash(folder: Path) -> str:
    """SHA-256 over the names and bytes of a folder's files."""
    digest = hashlib.sha256()
    for path in sorted(item for item in folder.rglob("*") if item.is_file()):
        digest.update(str(path.relative_to(folder)).encode("utf-8", "surrogateescape"))
        with path.open("rb") as handle:
            digest.update(hashlib.file_digest(handle, "sha256").digest())
    return digest.hexdigest()


@dg.sensor(name="inbox", job=load_job, minimum_interval_seconds=60)
def inbox_sensor(context: dg.SensorEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """Load every drop of the inbox whose content was not loaded before."""
    inbox = load_settings().home / "inbox"
    found = drops(inbox)
    if not found:
        yield dg.SkipReason(f"no files in {inbox}/<unit>/<period>/")
    for folder in found:
        unit, period = folder.parts[-2:]
        yield dg.RunRequest(
            run_key=content_hash(folder),
            run_config={"ops": {"load_files": {"config": {"paths": [str(folder)], "unit": unit, "period": period}}}},
        )


@dg.run_status_sensor(
    name="build_after_load",
    run_status=dg.DagsterRunStatus.SUCCESS,
    monitored_jobs=[load_job],
    request_job=build_job,
    minimum_interval_seconds=60,
)
def build_after_load(context: dg.RunStatusSensorContext) -> dg.RunRequest | dg.SkipReason:
    """Build once after each load that the inbox started; a load from the command line is built by its own command."""
    if "dagster/sensor_name" not in context.dagster_run.tags:
        return dg.SkipReason("not started by the inbox")
    return dg.RunRequest(run_key=context.dagster_run.run_id)


SENSORS = [inbox_sensor, build_after_load]
