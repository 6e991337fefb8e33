"""The Dagster graph: what the command line runs is what `dagster dev` shows."""

import subprocess
import sys
from datetime import datetime
from types import SimpleNamespace

import dagster as dg
import pytest

from orchestration.resources import HiddenFault, HomeResource
from orchestration.settings import SettingsError, load_settings

SYNTHETIC_ID = "50990119900101001X"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Settings of an empty home."""
    monkeypatch.setenv("SKILLHOUSE_HOME", str(tmp_path / "home"))
    return load_settings()


def file(dataset, period, verdict, **counts):
    """One entry of `load --json`."""
    rows = dict.fromkeys(("rows_read", "rows_not_data", "rows_duplicate", "rows_quarantined", "rows_accepted"), 0)
    reasons = [{"rule_id": f"{dataset}.required"}] if verdict == "refused" else []
    own = {"dataset": dataset, "reporting_unit": "500103", "period": period, "verdict": verdict, "reasons": reasons}
    return rows | counts | own


def submission(dataset, period, state):
    """One submission of a load."""
    own = {"dataset": dataset, "reporting_unit": "500103", "period": period}
    return own | {"state": state, "submission_id": "0123456789abcdef0123"}


@pytest.fixture
def run_load(home, monkeypatch):
    """Run the job `load` in process over a load that answers as told; the instance."""
    from orchestration.intake import load as intake_load
    from orchestration.ops import load_job

    def run(files=(), submissions=(), fault=None, instance=None):
        def answer(*_, **__):
            if fault:
                raise fault
            return SimpleNamespace(files=list(files), submissions=list(submissions), refused=False)

        monkeypatch.setattr(intake_load, "load", answer)
        instance = instance or dg.DagsterInstance.ephemeral()
        load_job.execute_in_process(
            run_config={"ops": {"load_files": {"config": {"paths": ["drop"]}}}},
            instance=instance,
            resources={"home": HomeResource(home)},
        )
        return instance

    return run


def test_every_committed_slot_is_a_materialised_partition(run_load):
    instance = run_load(
        [file("claims", "2021Q1", "accepted", rows_accepted=3), file("claims", "2021Q2", "refused")],
        [submission("claims", "2021Q1", "committed"), submission("claims", "2021Q2", "refused")],
    )
    claims = dg.AssetKey(["lake", "claims"])
    assert set(instance.get_dynamic_partitions("slot")) == {"500103|2021Q1", "500103|2021Q2"}
    assert instance.get_materialized_partitions(claims) == {"500103|2021Q1"}
    record = instance.get_latest_materialization_event(claims)
    assert record.asset_materialization.metadata["rows_accepted"].value == 3


def test_the_gate_of_every_judged_slot_is_a_check_evaluation(run_load):
    instance = run_load(
        [
            file("claims", "2021Q1", "accepted"),
            file("claims", "2021Q1", "quarantined"),
            file("classes", "2021Q1", "refused"),
            file("projects", "2021", "unchanged"),
        ],
        [submission("claims", "2021Q1", "committed")],
    )
    records = instance.event_log_storage.get_event_records(
        dg.EventRecordsFilter(dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    )
    told = [record.event_log_entry.dagster_event.event_specific_data for record in records]
    assert {(e.asset_key.path[-1], e.partition, e.passed) for e in told} == {
        ("claims", "500103|2021Q1", True),
        ("classes", "500103|2021Q1", False),
    }


def test_an_unexpected_fault_leaves_no_data_in_the_event_log(run_load):
    instance = dg.DagsterInstance.ephemeral()
    with pytest.raises(HiddenFault) as raised:
        run_load(fault=RuntimeError(f"bad cell {SYNTHETIC_ID}"), instance=instance)
    log = "".join(str(entry) for run in instance.get_runs() for entry in instance.all_logs(run.run_id))
    assert "HiddenFault" in log
    for told in (raised.value.zh, raised.value.en, log):
        assert SYNTHETIC_ID not in told


def test_a_drop_in_the_inbox_starts_one_load_whatever_it_is_called_twice(home):
    from orchestration.sensors import inbox_sensor

    def requests():
        context = dg.build_sensor_context()
        return [r for r in inbox_sensor(context) if isinstance(r, dg.RunRequest)]

    assert requests() == []
    drop = home.home / "inbox" / "500103" / "2021Q1"
    drop.mkdir(parents=True)
    assert requests() == []
    (drop / "a.csv").write_text("x")
    first, again = requests(), requests()
    assert [r.run_key for r in first] == [r.run_key for r in again]
    assert first[0].run_config["ops"]["load_files"]["config"] == {
        "paths": [str(drop)],
        "unit": "500103",
        "period": "2021Q1",
    }
    (drop / "a.csv").write_text("y")
    assert requests()[0].run_key != first[0].run_key


def test_closings_fall_on_the_tenth_of_the_month_after():
    from orchestration.schedules import schedules

    crons = {s.name: s.cron_schedule.split()[2:4] for s in schedules(load_settings())}
    assert crons == {"quarter_close": ["10", "1,4,7,10"], "year_close": ["10", "1"], "target_table": ["10", "*"]}
    assert {s.cron_schedule.split()[2] for s in schedules(load_settings(close_day="15"))} == {"15"}
    with pytest.raises(SettingsError, match="close_day"):
        schedules(load_settings(close_day="31"))


@pytest.mark.parametrize(
    ("name", "tick", "kind", "period", "day"),
    [
        ("quarter_close", "2021-07-10", "quarterly", "2021Q2", "2021-06-30"),
        ("quarter_close", "2022-01-10", "quarterly", "2021Q4", "2021-12-31"),
        ("year_close", "2022-01-10", "annual", "2021", "2021-12-31"),
        ("target_table", "2021-03-10", "targets", "202102", "2021-02-28"),
        ("target_table", "2022-01-10", "targets", "202112", "2021-12-31"),
    ],
)
def test_a_closing_drafts_the_report_of_the_period_that_is_over(home, name, tick, kind, period, day):
    from orchestration.schedules import schedules

    (schedule,) = [s for s in schedules(home) if s.name == name]
    context = dg.build_schedule_context(scheduled_execution_time=datetime.fromisoformat(f"{tick}T06:00:00+08:00"))
    (request,) = schedule.evaluate_tick(context).run_requests
    assert request.run_config["ops"]["write_draft"]["config"] == {"kind": kind, "period": period, "data_date": day}


def test_importing_the_graph_imports_nothing_heavy():
    heavy = "{'dagster_dbt', 'great_expectations', 'pandas', 'pyarrow', 'dash', 'plotly', 'dbt', 'duckdb'}"
    code = f"import sys, orchestration.definitions; found = {heavy} & set(sys.modules); sys.exit(', '.join(found) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    """The whole graph, from a manifest parsed for it."""
    from orchestration.definitions import build_defs

    return build_defs(home=HomeResource(load_settings(tmp_path_factory.mktemp("graph"))))


def test_the_graph_runs_from_files_to_reports(graph):
    from expectations.contract import contracts

    assets = graph.resolve_asset_graph()
    keys = assets.get_all_asset_keys()
    for dataset in contracts():
        lake, staging = dg.AssetKey(["lake", dataset]), dg.AssetKey(["staging", f"stg_{dataset}"])
        assert {lake, staging} <= keys
        assert lake in assets.get(staging).parent_keys
    assert dg.AssetKey(["marts", "mart_indicator"]) in assets.get(dg.AssetKey("release")).parent_keys
    assert assets.get(dg.AssetKey("report")).parent_keys == {dg.AssetKey("release")}


def test_every_dataset_has_a_blocking_gate(graph):
    from expectations.contract import contracts

    checks = graph.resolve_asset_graph().asset_check_keys
    for dataset in contracts():
        assert dg.AssetCheckKey(dg.AssetKey(["lake", dataset]), "gate") in checks
    from orchestration.checks import gate_spec

    assert gate_spec("claims").blocking


def test_jobs_schedules_and_sensors_are_there(graph):
    assert {job.name for job in graph.resolve_all_job_defs()} >= {"load", "build", "draft"}
    assert {s.name for s in graph.schedules} == {"quarter_close", "year_close", "target_table"}
    assert {s.name for s in graph.sensors} == {"inbox", "build_after_load"}
