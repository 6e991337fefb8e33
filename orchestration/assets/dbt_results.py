"""What a dbt run did, as Dagster events, read from dbt's own result files: no import of dagster-dbt, no second run.

Keys follow dagster-dbt's default: [schema, model]; a test is a check on the model it is attached to.
Not here: running dbt (`orchestration.build`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import dagster as dg

from orchestration.settings import Settings

GOOD = ("success", "pass")


def node_events(settings: Settings) -> Iterator[Any]:
    """A materialisation per model and a check evaluation per test of the last dbt run, in dbt's order."""
    target = settings.build / "dbt" / "target"
    nodes = json.loads((target / "manifest.json").read_bytes())["nodes"]
    results = json.loads((target / "run_results.json").read_bytes())["results"]
    for result in results:
        node = nodes.get(result["unique_id"])
        if node is None or result["status"] == "skipped":
            continue
        if node["resource_type"] == "model" and result["status"] in GOOD:
            seconds = round(float(result["execution_time"]), 3)
            yield dg.AssetMaterialization(asset_key=_model_key(node), metadata={"seconds": seconds})
        elif node["resource_type"] == "test":
            model = nodes.get(node.get("attached_node") or "")
            if model is not None:
                yield _evaluation(node, model, result)


def _evaluation(test: dict[str, Any], model: dict[str, Any], result: dict[str, Any]) -> dg.AssetCheckEvaluation:
    is_error = str(test["config"].get("severity") or "error").lower() == "error"
    return dg.AssetCheckEvaluation(
        asset_key=_model_key(model),
        check_name=test["name"],
        passed=result["status"] in GOOD,
        metadata={"failures": int(result.get("failures") or 0)},
        severity=dg.AssetCheckSeverity.ERROR if is_error else dg.AssetCheckSeverity.WARN,
        blocking=is_error,
    )


def _model_key(node: dict[str, Any]) -> dg.AssetKey:
    schema = node["config"].get("schema")
    return dg.AssetKey([schema, node["name"]] if schema else [node["name"]])
