"""Materialising a slot reads and judges its landed files again and demands what was committed."""

import dagster as dg
import pytest

from orchestration.assets.lake import lake_assets
from orchestration.assets.rejudge import rejudge
from orchestration.jobs import run_load
from orchestration.resources import HomeResource


@pytest.fixture(scope="module")
def claims():
    """The asset of one dataset."""
    return next(asset for asset in lake_assets() if asset.key == dg.AssetKey(["lake", "claims"]))


def test_two_slots_in_one_run_give_the_committed_rows(bureau, claims):
    slots = ["500103|2021Q1", "500103|2021Q2"]
    instance = dg.DagsterInstance.ephemeral()
    instance.add_dynamic_partitions("slot", slots)
    tags = {"dagster/asset_partition_range_start": slots[0], "dagster/asset_partition_range_end": slots[1]}
    done = dg.materialize([claims], instance=instance, resources={"home": HomeResource(bureau.settings)}, tags=tags)
    (check,) = done.get_asset_check_evaluations()
    assert check.passed and check.metadata["files"].value >= 2
    assert instance.get_materialized_partitions(claims.key) == set(slots)


def test_other_bytes_in_landing_are_noticed(own_bureau):
    before = rejudge(own_bureau.settings, "classes", [("500103", "2021Q2")])
    assert before and all(file["same"] for file in before)
    manifest = next(m for m in _manifests(own_bureau.settings) if (m["dataset"], m["period"]) == ("classes", "2021Q2"))
    landed = own_bureau.settings.landing / manifest["files"][0]["sha256"]
    text = landed.read_bytes()
    landed.chmod(0o600)
    landed.write_bytes(text[: len(text) // 2])
    assert not all(file["same"] for file in rejudge(own_bureau.settings, "classes", [("500103", "2021Q2")]))


def _manifests(settings):
    from orchestration.intake.submission import manifests, standing

    return standing(manifests(settings)).values()


def test_loading_the_same_folder_again_is_unchanged_and_on_record(own_bureau):
    from orchestration.instance import open_instance

    report = run_load(own_bureau.settings, [str(own_bureau.exports / "500103" / "2021Q2")])
    assert {file["verdict"] for file in report.files} == {"unchanged"}
    with open_instance(own_bureau.settings) as instance:
        (run,) = instance.get_runs()
        assert (run.job_name, run.status) == ("load", dg.DagsterRunStatus.SUCCESS)
