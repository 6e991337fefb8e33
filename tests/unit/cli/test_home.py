"""The home: one writer at a time, healed of what a killed run left."""

import json
import os
import stat
import subprocess
import sys

import pytest

from orchestration import home as homes
from orchestration.home import HomeLocked, heal, writing

HOLD = """
import sys, time
from orchestration.home import writing
from orchestration.settings import load_settings
with writing(load_settings(sys.argv[1])):
    print("held", flush=True)
    time.sleep(30)
"""


@pytest.fixture
def other_writer(home):
    """Another process that holds the home."""
    child = subprocess.Popen([sys.executable, "-c", HOLD, str(home.home)], stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline().strip() == "held"
    yield child
    child.kill()
    child.wait()


def test_a_second_writer_is_refused_and_told_who_holds_the_home(home, other_writer, monkeypatch):
    monkeypatch.setattr(homes, "WAIT_SECONDS", 0.1)
    with pytest.raises(HomeLocked) as refused, writing(home):
        pass
    assert str(other_writer.pid) in refused.value.zh and str(other_writer.pid) in refused.value.en


def test_a_killed_writer_frees_the_home(home, other_writer):
    other_writer.kill()
    other_writer.wait()
    with writing(home):
        assert home.home.is_dir()


def test_nested_use_in_one_process_holds_it_once(home):
    with writing(home), writing(home):
        (home.home / "build").mkdir()
    with writing(home):
        assert not (home.home / ".writer").read_text() == ""
    assert not (home.home / ".writer").exists()


def test_the_home_and_what_is_written_in_it_is_the_owners_alone(home):
    before = os.umask(0o022)
    try:
        with writing(home):
            (home.home / "note").write_text("x")
        assert stat.S_IMODE(home.home.stat().st_mode) == 0o700
        assert stat.S_IMODE((home.home / "note").stat().st_mode) == 0o600
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(before)


def test_healing_removes_what_no_manifest_names_and_nothing_else(home):
    committed = {"rows": "lake/claims/unit=500103/period=2021Q2/aaaa.parquet", "quarantine": None}
    kept = [
        "lake/claims/unit=500103/period=2021Q2/aaaa.parquet",
        "vault/claims/aaaa.parquet",
        "lake/_submissions/aaaa.json",
        "landing/0123",
        "releases/20211231-1/warehouse.duckdb",
        "build/dbt/target/manifest.json",
        "feedback/aaaa/x.xlsx",
    ]
    swept = [
        "lake/claims/unit=500103/period=2021Q2/bbbb.parquet",
        "quarantine/claims/unit=500103/period=2021Q2/bbbb.parquet",
        "vault/claims/bbbb.parquet",
        "lake/_submissions/bbbb.json.tmp",
        "landing/4567.tmp",
        "build/intake/claims.parquet",
        "build/warehouse.duckdb",
        "build/warehouse.duckdb.wal",
        "releases/.tmp-77/warehouse.duckdb",
    ]
    for name in kept + swept:
        path = home.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(committed) if name.endswith("aaaa.json") else "x")
    heal(home)
    assert [name for name in kept if not (home.home / name).exists()] == []
    assert [name for name in swept if (home.home / name).exists()] == []
    assert heal(home) == []


def test_a_home_that_cannot_be_made_is_told(tmp_path):
    from orchestration.settings import load_settings

    (tmp_path / "file").write_text("x")
    with pytest.raises(homes.HomeUnusable), writing(load_settings(tmp_path / "file" / "home")):
        pass
