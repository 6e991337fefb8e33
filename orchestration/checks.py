"""Asset checks: the gate of each dataset, the audit and the hashes of a release. All block what is downstream.

Not here: the rules (expectations/suites), what the audit looks at (`release/audit.py`).
"""

from collections.abc import Iterable
from typing import Any

import dagster as dg

from orchestration.resources import HomeResource

GATE = "gate"
PASSED = ("accepted", "quarantined", "empty", "unchanged")
COUNTS = ("rows_read", "rows_not_data", "rows_duplicate", "rows_quarantined", "rows_accepted")


def lake_key(dataset: str) -> dg.AssetKey:
    """The asset of a dataset: its accepted rows, by reporting unit and period."""
    return dg.AssetKey(["lake", dataset])


def gate_spec(dataset: str) -> dg.AssetCheckSpec:
    """The gate of a dataset as a blocking check."""
    return dg.AssetCheckSpec(
        GATE,
        asset=lake_key(dataset),
        blocking=True,
        description="Contract and suite of the dataset hold: no file refused, the row account closes.",
    )


def counts(files: Iterable[dict[str, Any]]) -> dict[str, int]:
    """Rows of the files by what became of them."""
    listed = list(files)
    return {name: sum(int(file.get(name) or 0) for file in listed) for name in COUNTS}


def gate_evaluation(dataset: str, partition: str, files: list[dict[str, Any]]) -> dg.AssetCheckEvaluation:
    """What the gate said of one slot: failed if any of its files was refused or the submission is held.

    The metadata name rules and counts; no cell, no file name.
    """
    rules: dict[str, int] = {}
    for file in files:
        for reason in file.get("reasons") or ():
            rules[str(reason.get("rule_id"))] = rules.get(str(reason.get("rule_id")), 0) + 1
    return dg.AssetCheckEvaluation(
        asset_key=lake_key(dataset),
        check_name=GATE,
        passed=all(file["verdict"] in PASSED for file in files),
        metadata={**counts(files), "files": len(files), "reasons": dg.MetadataValue.json(rules)},
        severity=dg.AssetCheckSeverity.ERROR,
        blocking=True,
        partition=partition,
    )


@dg.asset_check(asset=dg.AssetKey("release"), name="hashes", blocking=True, required_resource_keys={"home"})
def release_hashes(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
    """Every byte of the current release and of what it was made from is as its manifest says."""
    from orchestration.release.audit import verify

    home: HomeResource = context.resources.home
    identity = home.settings.current.resolve().name
    problems = home.guarded(lambda: verify(home.settings, identity))
    return dg.AssetCheckResult(passed=not problems, metadata={"release": identity, "problems": problems})
