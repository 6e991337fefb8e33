"""The Dagster graph, assembled. `dagster dev` loads `defs`; tests call `build_defs` with overrides.

Only wiring: assets, checks, jobs, schedules and sensors live in their modules. Nothing heavy is imported before the graph
is asked for.
"""

from __future__ import annotations

import warnings
from typing import Any

import dagster as dg


def build_defs(**overrides: Any) -> dg.Definitions:
    """A fresh graph. Overrides: `home` (a HomeResource), `manifest` (path of a dbt manifest)."""
    # blocking checks and single-run backfills are marked beta; the versions are pinned
    warnings.filterwarnings("ignore", category=dg.BetaWarning)
    from orchestration.assets.lake import lake_assets
    from orchestration.assets.manifest import current_manifest
    from orchestration.assets.published import release_asset, report
    from orchestration.assets.warehouse import warehouse_assets
    from orchestration.checks import release_hashes
    from orchestration.drafts import draft_job
    from orchestration.ops import build_job, load_job
    from orchestration.resources import HomeResource
    from orchestration.schedules import schedules
    from orchestration.sensors import SENSORS

    home = overrides.get("home") or HomeResource()
    warehouse = warehouse_assets(overrides.get("manifest") or current_manifest(home.settings))
    marts = sorted(key for key in warehouse.keys if key.path[0] == "marts")
    return dg.Definitions(
        assets=[*lake_assets(), warehouse, release_asset(marts), report],
        asset_checks=[release_hashes],
        jobs=[load_job, build_job, draft_job],
        schedules=schedules(home.settings),
        sensors=SENSORS,
        resources={"home": home},
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """What `dagster dev` shows."""
    return build_defs()
