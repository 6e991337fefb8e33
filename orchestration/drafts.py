"""Drafts at the close of a quarter, a year and a month: a release that CURRENT does not yet name, and its reports.

A person looks at the drafts, publishes the release (`release publish`) and freezes the period (`release freeze`). Not here:
when a draft is made (`schedules.py`), how a report looks (`dashboards.reports`).
"""

import dagster as dg

from orchestration.assets.dbt_results import node_events
from orchestration.resources import HomeResource, home_resource

FORMATS = {"quarterly": ["xlsx", "docx"], "annual": ["xlsx", "docx"], "targets": ["xlsx"]}


class DraftConfig(dg.Config):
    """Which report of which period, and the day its figures speak of."""

    kind: str
    period: str
    data_date: str


@dg.op(required_resource_keys={"home"}, out=dg.Out(dg.Nothing))
def write_draft(context: dg.OpExecutionContext, config: DraftConfig) -> None:
    """Build a draft release of the day and write the report of each reporting unit into `reports/drafts/<release>`."""
    from dashboards.reports import write_report
    from orchestration.query import connect
    from orchestration.release.publish import build_release

    home: HomeResource = context.resources.home
    settings = home.settings
    identity = home.guarded(lambda: build_release(settings, data_date=config.data_date, is_draft=True))
    home.answer = identity
    for event in node_events(settings):
        context.log_event(event)
    connection = connect(settings, identity)
    try:
        units = connection.execute(
            "SELECT reporting_unit FROM marts.dim_unit WHERE is_reporting OR is_rollup ORDER BY reporting_unit"
        ).fetchall()
    finally:
        connection.close()
    folder = settings.home / "reports" / "drafts" / identity
    written = []
    for (unit,) in units:
        written += home.guarded(
            lambda unit=unit: write_report(
                settings.home, config.kind, config.period, unit, FORMATS[config.kind], folder / unit,
                lang=settings["lang"], release=identity,
            )
        )  # fmt: skip
    context.log_event(
        dg.AssetMaterialization(
            asset_key=dg.AssetKey("draft"),
            metadata={"release": identity, "period": config.period, "files": [path.name for path in written]},
        )
    )


@dg.job(name="draft", executor_def=dg.in_process_executor, resource_defs={"home": home_resource})
def draft_job() -> None:
    """Make a draft release and its reports."""
    write_draft()
