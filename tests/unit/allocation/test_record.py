"""Decisions on record without a release: verified byte by byte, found by their id, missed when they are gone."""

from __future__ import annotations

import json
import os

import pytest

from orchestration.allocation.record import (
    RecordError,
    folder,
    identity,
    read,
    records,
    seal,
    verify,
    verify_all,
    write,
)
from orchestration.settings import load_settings

CONTENT = {
    "allocator_unit": "500103", "recipient_kind": "institution", "year": 2022, "pool_fen": 3, "decided_by": "办公会",
    "amounts": [{"recipient_id": name, "amount_fen": n, "proposed_yuan": f"0.0{n}"} for name, n in (("a", 1), ("b", 2))],
}  # fmt: skip


@pytest.fixture
def settings(tmp_path):
    return load_settings(tmp_path)


def released(settings, shas: list[str]) -> None:
    """A current release that knows these decisions."""
    release = settings.releases / "20211231-0123456789"
    release.mkdir(parents=True)
    (release / "warehouse.duckdb").touch()
    (release / "manifest.json").write_text(json.dumps({"release_id": release.name, "allocations": shas}))
    settings.current.symlink_to(release)


def forged(settings, made: dict, **changes: object) -> None:
    """The record with other content, its hash, id and file name made anew."""
    other = made | changes
    other |= {"sha256": seal(other), "allocation_id": identity(other)}
    path = folder(settings) / f"{other['allocation_id']}.json"
    path.write_text(json.dumps(other, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
    (folder(settings) / f"{made['allocation_id']}.json").unlink()


def test_no_id_or_a_shared_beginning_names_no_decision(settings):
    first = write(settings, CONTENT)
    assert verify(settings, first["allocation_id"][:8]) == [] and verify_all(settings) == []
    for name in ("", "zz", "*", ".."):
        with pytest.raises(RecordError):
            verify(settings, name)
        with pytest.raises(RecordError):
            read(settings, name)


def test_a_decision_that_the_current_release_knows_and_that_is_gone_is_missed(settings):
    first = write(settings, CONTENT)
    second = write(settings, CONTENT | {"pool_fen": 3})
    released(settings, [first["sha256"], second["sha256"]])
    assert verify_all(settings) == []
    (folder(settings) / f"{second['allocation_id']}.json").unlink()
    (line,) = verify_all(settings)
    assert second["allocation_id"] in line and "已不在" in line


def test_a_forged_record_with_a_hash_of_its_own_is_told_by_what_is_gone_or_does_not_agree(settings):
    made = write(settings, CONTENT)
    released(settings, [made["sha256"]])
    forged(settings, made, decided_by="他人")
    assert "已不在" in verify_all(settings)[0]
    (other,) = records(settings)
    forged(settings, other, amounts=[row | {"proposed_yuan": "0.03"} for row in CONTENT["amounts"]])
    assert "前后不一" in verify_all(settings)[0]


def test_a_decision_interrupted_before_its_name_is_given_leaves_none_and_the_next_one_stands(settings, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            write(settings, CONTENT)
    assert records(settings) == []
    assert write(settings, CONTENT)["replaces"] is None and verify_all(settings) == []
    assert [path.suffix for path in folder(settings).iterdir()] == [".json"]
