"""A kill at any moment loses nothing, doubles nothing, and the next command heals the home by itself."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time

import duckdb
import pytest

from orchestration.intake.submission import manifests, standing
from orchestration.release import publish as release
from orchestration.sample import write_sample
from orchestration.settings import load_settings

# zero failures in N trials proves a rate below 3/N
LOAD_KILLS, PUBLISH_KILLS = 6, 5


def run(what, home, given, kill_after=None) -> bool:
    """Run the driver; True if it came to its end before the kill."""
    command = [sys.executable, "-m", "tests.integration.kill_driver", what, str(home), str(given)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        out, err = process.communicate(timeout=kill_after or 120)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return False
    assert "done" in out, err[-2000:]
    return True


def content(home) -> dict:
    """Standing rows by slot, and the files of the lake that no manifest names."""
    settings = load_settings(home)
    rows = {}
    for slot, manifest in standing(manifests(settings)).items():
        query = f"FROM read_parquet('{home / manifest['rows']}') ORDER BY ALL"
        rows[slot] = (manifest["submission_id"], duckdb.execute(query).fetchall())
    named = {str(home / m[k]) for m in manifests(settings) for k in ("rows", "quarantine") if m[k]}
    there = {str(p) for top in ("lake", "quarantine") for p in (home / top).rglob("*.parquet")}
    return {"rows": rows, "stray": there - named, "tmp": [p.name for p in home.rglob("*.tmp")]}


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """One quarter of a very small district."""
    root = tmp_path_factory.mktemp("exports")
    write_sample(root, people=40, first="2021-01", last="2021-03", seed=5)
    return root


@pytest.fixture(scope="module")
def whole(tmp_path_factory, exports):
    """A home loaded without a kill, and the seconds that took; its keys are those of every other home here."""
    home = tmp_path_factory.mktemp("whole") / "home"
    started = time.monotonic()
    assert run("load", home, exports)
    return home, time.monotonic() - started


def test_a_load_killed_anywhere_is_made_whole_by_the_next(whole, exports, tmp_path):
    expected = content(whole[0])
    assert expected["rows"] and not expected["stray"]
    chance = random.Random(17)
    for trial in range(LOAD_KILLS):
        home = tmp_path / f"home{trial}"
        home.mkdir()
        shutil.copytree(whole[0] / "keys", home / "keys")
        run("load", home, exports, kill_after=whole[1] * chance.uniform(0.2, 1.0))
        assert run("load", home, exports)
        assert content(home) == expected, f"trial {trial}"


def test_a_publish_killed_anywhere_leaves_current_whole(bureau, tmp_path):
    from orchestration.build import prepare
    from orchestration.dbt_run import run_dbt

    home = tmp_path / "home"
    shutil.copytree(bureau.settings.home, home, symlinks=True)
    settings = load_settings(home)
    built = tmp_path / "built"
    first = release.resolve(settings).parent.name
    prepare(settings, data_date="2021-09-30")
    run_dbt(settings)
    shutil.copytree(settings.build, built, ignore=shutil.ignore_patterns("dbt"))
    started = time.monotonic()
    assert run("publish", home, built)
    seconds = time.monotonic() - started
    second = release.resolve(settings).parent.name
    assert second != first
    chance = random.Random(23)
    for trial in range(PUBLISH_KILLS):
        release.rollback(settings, first)
        shutil.rmtree(settings.releases / second, ignore_errors=True)
        ended = run("publish", home, built, kill_after=seconds * chance.uniform(0.2, 1.0))
        now = release.resolve(settings).parent.name
        assert now == second if ended else now in (first, second), f"trial {trial}"
        assert release.verify(settings, now) == [], f"trial {trial}"
        assert run("publish", home, built)
        assert release.resolve(settings).parent.name == second
        assert not list(settings.releases.glob("*.tmp"))
