"""The dbt models as assets, from the project's manifest. Importing this module costs seconds: only `build_defs` does it.

One step builds, audits and publishes (`build_release`), because the writer's lock must be held from the first table to the
moved pointer; see docs/decisions. Not here: what a model means (dbt_project).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, dbt_assets

from orchestration.assets.dbt_results import node_events
from orchestration.resources import HomeResource


class Translator(DagsterDbtTranslator):
    """Groups by the model's folder, so that the graph shows the rooms of the project."""

    def get_group_name(self, dbt_resource_props: Any) -> str | None:
        """The first folder under models/: staging, core, intermediate, policy, marts."""
        return dbt_resource_props["fqn"][1] if len(dbt_resource_props["fqn"]) > 2 else "warehouse"


def warehouse_assets(manifest: Path) -> dg.AssetsDefinition:
    """All models and their tests (as blocking checks) as one asset that cannot be run in parts."""

    @dbt_assets(
        manifest=manifest,
        name="warehouse",
        dagster_dbt_translator=Translator(),
        exclude="resource_type:unit_test",
        required_resource_keys={"home"},
    )
    def warehouse(context: dg.AssetExecutionContext) -> Iterator[Any]:
        from orchestration.release.publish import build_release

        home: HomeResource = context.resources.home
        home.guarded(lambda: build_release(home.settings, progress=home.progress))
        wanted = context.selected_asset_keys
        for event in node_events(home.settings):
            if isinstance(event, dg.AssetCheckEvaluation):
                if dg.AssetCheckKey(event.asset_key, event.check_name) in context.selected_asset_check_keys:
                    yield dg.AssetCheckResult(
                        asset_key=event.asset_key,
                        check_name=event.check_name,
                        passed=event.passed,
                        severity=event.severity,
                        metadata=event.metadata,
                    )
            elif event.asset_key in wanted:
                yield dg.MaterializeResult(asset_key=event.asset_key, metadata=event.metadata)

    return warehouse
