"""Jobs `load` and `build`: the steps that the command line runs in process, and that schedules and sensors start.

Not here: the work itself (orchestration.intake, orchestration.release.publish).
"""

from pathlib import Path

import dagster as dg

from orchestration.assets.dbt_results import node_events
from orchestration.assets.lake import record_load
from orchestration.resources import HomeResource, home_resource


class LoadConfig(dg.Config):
    """What to load, as on the command line."""

    paths: list[str]
    unit: str | None = None
    period: str | None = None
    dataset: str | None = None
    add: bool = False
    dry_run: bool = False
    phase: str = "final"
    answers: str | None = None
    lang: str = "zh"


class BuildConfig(dg.Config):
    """What to build, as on the command line."""

    as_of: str | None = None
    data_date: str | None = None


@dg.op(required_resource_keys={"home"}, out=dg.Out(dg.Nothing))
def load_files(context: dg.OpExecutionContext, config: LoadConfig) -> None:
    """Load files and folders; logs every slot that changed and what the gate said of each."""
    from orchestration.intake.load import load

    home: HomeResource = context.resources.home
    report = home.guarded(
        lambda: load(
            home.settings,
            config.paths,
            unit=config.unit,
            period=config.period,
            dataset=config.dataset,
            add=config.add,
            dry_run=config.dry_run,
            phase=config.phase,
            answers=Path(config.answers) if config.answers else None,
            lang=config.lang,
            progress=home.progress,
            engine=home.engine,
        )
    )
    home.answer = report
    if not config.dry_run:
        record_load(context, report.files, report.submissions)


@dg.op(required_resource_keys={"home"}, out=dg.Out(dg.Nothing))
def build_and_publish(context: dg.OpExecutionContext, config: BuildConfig) -> None:
    """Build, audit and publish in one step; logs every model and test of the dbt run and the release."""
    from orchestration.release.publish import build_release

    home: HomeResource = context.resources.home
    identity = home.guarded(
        lambda: build_release(home.settings, as_of=config.as_of, data_date=config.data_date, progress=home.progress)
    )
    home.answer = identity
    for event in node_events(home.settings):
        context.log_event(event)
    context.log_event(dg.AssetMaterialization(asset_key=dg.AssetKey("release"), metadata={"release": identity}))


@dg.job(name="load", executor_def=dg.in_process_executor, resource_defs={"home": home_resource})
def load_job() -> None:
    """Take files into the lake."""
    load_files()


@dg.job(name="build", executor_def=dg.in_process_executor, resource_defs={"home": home_resource})
def build_job() -> None:
    """Build, audit, publish."""
    build_and_publish()
