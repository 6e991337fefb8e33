"""A page reads the release that CURRENT names at that moment, and can reach nothing else."""

from __future__ import annotations

import threading
import time

import duckdb
import pytest

from dashboards.release import NoRelease, Releases

ACTUAL = (
    "select actual_value from marts.mart_target_progress where indicator_code = 'person_times' and period = '2019-2021'"
)


def test_current_is_served_and_an_older_release_by_its_id(home):
    releases = Releases(home)
    assert releases.get().release_id == "r-0002"
    assert releases.get().is_current
    old = releases.get("r-0001")
    assert not old.is_current
    assert old.rows(ACTUAL) == [{"actual_value": 58000.0}]
    assert releases.get().rows(ACTUAL) == [{"actual_value": 59479.0}]
    assert releases.ids() == ["r-0002", "r-0001"]


def test_the_next_question_after_current_moves_is_answered_by_the_new_release(release_home, tmp_path):
    release_home.write_release(tmp_path, "a", person_times=1)
    releases = Releases(tmp_path)
    before = releases.get()
    release_home.write_release(tmp_path, "b", person_times=2)
    assert releases.get().rows(ACTUAL) == [{"actual_value": 2.0}]
    assert before.rows(ACTUAL) == [{"actual_value": 1.0}], "a reader in the middle of a page keeps its release"


def test_one_connection_serves_one_release(home):
    releases = Releases(home)
    assert releases.get().connection is releases.get().connection


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_text('/etc/hostname')",
        "select * from '/etc/hostname'",
        "attach ':memory:' as other",
        "copy (select 1) to '/tmp/out.csv'",
        "install httpfs",
        "set enable_external_access = true",
        "create table marts.x (a integer)",
        "delete from marts.mart_indicator",
    ],
)
def test_a_release_is_locked_down(home, statement):
    with pytest.raises(duckdb.Error):
        Releases(home).get().rows(statement)


@pytest.mark.parametrize("name", ["../releases/r-0001", "none", "", ".", "r-0001/..", "r-0001\n"])
def test_an_unknown_release_is_refused_with_what_to_do(home, name):
    with pytest.raises(NoRelease, match="skillhouse release list"):
        Releases(home).get(name)


def test_a_home_without_a_release_says_how_to_make_one(tmp_path):
    with pytest.raises(NoRelease, match="skillhouse build"):
        Releases(tmp_path).get()


def test_a_damaged_manifest_is_named(release_home, tmp_path):
    directory = release_home.write_release(tmp_path, "r")
    (directory / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(NoRelease, match="skillhouse release verify r"):
        Releases(tmp_path).get()


def test_answers_are_kept_but_a_caller_cannot_change_them(home):
    release = Releases(home).get()
    release.rows(ACTUAL)[0]["actual_value"] = 0
    assert release.rows(ACTUAL) == [{"actual_value": 59479.0}]


def test_eight_threads_read_the_same_rows(home):
    release, seen = Releases(home).get(), []

    def read(number: int) -> None:
        seen.append(release.rows("select count(*) + ? - ? as n from marts.mart_indicator", [number, number])[0]["n"])

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 8 and len(set(seen)) == 1


def test_readers_see_one_whole_release_while_others_are_published(release_home, tmp_path):
    names = [f"r{number}" for number in range(6)]
    for number, name in enumerate(names):
        release_home.write_release(tmp_path, name, person_times=number)
    releases, done, wrong, reads = Releases(tmp_path), threading.Event(), [], []

    def read() -> None:
        while not done.is_set():
            release = releases.get()
            seen = release.rows(ACTUAL)[0]["actual_value"]
            reads.append(seen)
            if f"r{int(seen)}" != release.release_id:
                wrong.append((seen, release.release_id))

    readers = [threading.Thread(target=read) for _ in range(5)]
    for reader in readers:
        reader.start()
    # More releases than are kept open, several times over, so that files are opened and let go under the readers.
    for name in names * 10:
        release_home.move_current(tmp_path, name)
        time.sleep(0.01)
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == [] and len(reads) > 100
