"""Assets `release` and `report`: what is published, and what is written from it.

`release` looks at what CURRENT names after the warehouse was built; the check `hashes` proves it byte by byte.
Not here: publishing (`orchestration.release.publish`), how a report looks (`dashboards.reports`).
"""

import dagster as dg

from orchestration.assets.lake import SLOTS
from orchestration.resources import HomeResource

RELEASE = dg.AssetKey("release")


def release_asset(upstream: list[dg.AssetKey]) -> dg.AssetsDefinition:
    """The current release, downstream of the warehouse's marts."""

    @dg.asset(key=RELEASE, group_name="published", deps=upstream, required_resource_keys={"home"}, kinds={"duckdb"})
    def release(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        """The published warehouse that CURRENT names: one immutable file."""
        from orchestration.release.publish import resolve, show

        home: HomeResource = context.resources.home
        identity = resolve(home.settings).parent.name
        manifest = show(home.settings, identity)
        return dg.MaterializeResult(
            metadata={"release": identity, "data_date": manifest["data_date"], "checks": str(manifest["checks"])}
        )

    return release


@dg.asset(
    key="report",
    group_name="published",
    deps=[RELEASE],
    partitions_def=SLOTS,
    required_resource_keys={"home"},
    kinds={"excel"},
)
def report(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """The quarterly report of a reporting unit, as a workbook in the home's reports folder."""
    from dashboards.reports import write_report

    home: HomeResource = context.resources.home
    unit, period = context.partition_key.split("|", 1)
    folder = home.settings.home / "reports" / unit / period
    written = home.guarded(
        lambda: write_report(
            home.settings.home, "quarterly", period, unit, ["xlsx"], folder, lang=home.settings["lang"]
        )
    )
    return dg.MaterializeResult(metadata={"files": [path.name for path in written]})
