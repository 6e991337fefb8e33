"""Assets `lake/<dataset>`: the accepted rows of each dataset, partitioned by `unit|period`, behind a blocking gate.

Files arrive through the job `load`, which logs the slots it changed. Materialising a partition here reads and judges its
landed files again and demands what was committed: re-running a slot must give the same rows.
Not here: how files are read and judged (orchestration.intake, expectations).
"""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from orchestration.checks import counts, gate_evaluation, gate_spec, lake_key
from orchestration.resources import HomeResource

SLOTS = dg.DynamicPartitionsDefinition(name="slot")


def slot_key(unit: str, period: str) -> str:
    """The partition of one reporting unit and period."""
    return f"{unit}|{period}"


def lake_assets() -> list[dg.AssetsDefinition]:
    """One asset per contract."""
    from expectations.contract import contracts

    return [_lake_asset(contract) for contract in contracts().values()]


def _lake_asset(contract: Any) -> dg.AssetsDefinition:
    @dg.asset(
        key=lake_key(contract.dataset),
        group_name="lake",
        description=f"{contract.title_zh}: {contract.grain}. Standing submissions.",
        partitions_def=SLOTS,
        backfill_policy=dg.BackfillPolicy.single_run(),
        check_specs=[gate_spec(contract.dataset)],
        required_resource_keys={"home"},
        metadata={"key": ", ".join(contract.key), "columns": len(contract.columns)},
        kinds={"parquet"},
    )
    def lake(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        from orchestration.assets.rejudge import rejudge

        home: HomeResource = context.resources.home
        slots = [tuple(key.split("|", 1)) for key in context.partition_keys]
        files = home.guarded(lambda: rejudge(home.settings, contract.dataset, slots))
        differing = [file for file in files if not file["same"]]
        return dg.MaterializeResult(
            metadata={**counts(files), "files": len(files)},
            check_results=[
                dg.AssetCheckResult(
                    check_name="gate", passed=not differing, metadata={"files": len(files), "differing": len(differing)}
                )
            ],
        )

    return lake


def record_load(context: dg.OpExecutionContext, files: list[dict[str, Any]], submissions: list[dict[str, Any]]) -> None:
    """Log a materialisation for every slot the load committed and a gate evaluation for every slot it judged."""
    by_slot: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for file in files:
        if file.get("dataset") and file.get("reporting_unit") and file.get("period"):
            slot = (file["dataset"], slot_key(file["reporting_unit"], file["period"]))
            by_slot.setdefault(slot, []).append(file)
    partitions = sorted({partition for _, partition in by_slot})
    if partitions:
        context.instance.add_dynamic_partitions(SLOTS.name or "slot", partitions)
    for event in _events(by_slot, submissions):
        context.log_event(event)


def _events(by_slot: dict[tuple[str, str], list[dict[str, Any]]], submissions: list[dict[str, Any]]) -> Iterator[Any]:
    for item in submissions:
        if item["state"] != "committed":
            continue
        partition = slot_key(item["reporting_unit"], item["period"])
        listed = by_slot.get((item["dataset"], partition), [])
        yield dg.AssetMaterialization(
            asset_key=lake_key(item["dataset"]),
            partition=partition,
            metadata={**counts(listed), "files": len(listed), "submission": item["submission_id"] or ""},
        )
    for (dataset, partition), listed in sorted(by_slot.items()):
        if any(file["verdict"] != "unchanged" for file in listed):
            yield gate_evaluation(dataset, partition, listed)
