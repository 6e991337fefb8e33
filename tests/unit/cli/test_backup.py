"""`backup` and `restore`: whole or not at all, into an empty home only."""

import json
import os

import pytest


@pytest.fixture
def filled(home, release):
    """A home with a file of every kind."""
    for name in ("landing/0123", "lake/_submissions/aa.json", "vault/claims/aa.parquet", "keys/person_key", "build/x"):
        path = home.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}" if name.endswith("json") else name)
    (home.home / "vault/claims/aa.parquet").chmod(0o600)
    return home


def contents(folder):
    """Every file below a folder but what is made again."""
    left_out = ("build", ".lock")
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and path.relative_to(folder).parts[0] not in left_out
        and "CURRENT" not in path.parts
    }  # fmt: skip


def test_what_is_restored_is_what_was_backed_up(skillhouse, filled, release, tmp_path, monkeypatch):
    assert skillhouse("backup", tmp_path / "kept", "--json").json["copied"] >= 5
    monkeypatch.setenv("SKILLHOUSE_HOME", str(tmp_path / "other"))
    assert skillhouse("restore", tmp_path / "kept").code == 0
    assert contents(tmp_path / "other") == contents(filled.home)
    assert os.readlink(tmp_path / "other" / "CURRENT") == f"releases/{release}"
    assert not (tmp_path / "other" / "build" / "x").exists()
    assert skillhouse("query", "SELECT count(*) AS n FROM marts.mart_indicator", "--json").json == [{"n": 2}]


def test_a_second_backup_copies_what_changed_only(skillhouse, filled, tmp_path):
    skillhouse("backup", tmp_path / "kept")
    (filled.home / "landing" / "4567").write_text("new")
    (filled.home / "landing" / "0123").unlink()
    assert skillhouse("backup", tmp_path / "kept", "--json").json["copied"] == 1
    assert set(contents(tmp_path / "kept" / "home")) == set(contents(filled.home))


@pytest.mark.parametrize("damage", ["changed", "missing", "no inventory"])
def test_a_damaged_backup_is_refused_and_nothing_is_written(skillhouse, filled, tmp_path, monkeypatch, damage):
    skillhouse("backup", tmp_path / "kept")
    kept = tmp_path / "kept" / "home" / "landing" / "0123"
    if damage == "changed":
        kept.write_text("other")
    elif damage == "missing":
        kept.unlink()
    else:
        (tmp_path / "kept" / "backup.json").unlink()
    monkeypatch.setenv("SKILLHOUSE_HOME", str(tmp_path / "other"))
    answer = skillhouse("restore", tmp_path / "kept")
    assert (answer.code, (tmp_path / "other").exists()) == (1, False)


def test_a_home_with_data_is_never_overwritten(skillhouse, filled, tmp_path):
    skillhouse("backup", tmp_path / "kept")
    before = contents(filled.home)
    assert skillhouse("restore", tmp_path / "kept").code == 1
    assert contents(filled.home) == before


def test_a_backup_killed_on_the_way_is_no_backup(skillhouse, filled, tmp_path, monkeypatch):
    import orchestration.backup as module

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "_copy", killed)
        assert skillhouse("backup", tmp_path / "kept").code != 0
    monkeypatch.setenv("SKILLHOUSE_HOME", str(tmp_path / "other"))
    assert skillhouse("restore", tmp_path / "kept").code == 1


@pytest.mark.parametrize("place", ["home/backup", "home"])
def test_the_backup_lies_outside_the_home(skillhouse, filled, tmp_path, place):
    assert skillhouse("backup", tmp_path / place).code == 2


def test_a_folder_with_other_things_is_not_taken(skillhouse, filled, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x")
    assert skillhouse("backup", tmp_path / "mine").code == 1
    assert json.dumps(sorted(p.name for p in (tmp_path / "mine").iterdir())) == '["letter.txt"]'
