"""Hostile files, loaded one by one by a process that goes on: a refusal or a right reading within ten seconds.

`reliability` of intake: the lake, the vault and the releases stay as they were, no child and no scratch file is left.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from expectations.engine import Engine
from orchestration.intake.load import load
from orchestration.settings import Settings, load_settings
from tests.integration.hostile_files import GOOD, HOSTILE, LINE
from tests.unit.intake.bureau import csv_text

SECONDS = 10
KEPT = ("lake", "quarantine", "vault", "keys", "releases")


@dataclass(frozen=True)
class Desk:
    """A home that holds one submission, and a judging process that runs already."""

    settings: Settings
    engine: Engine
    root: Path


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    root = tmp_path_factory.mktemp("hostile")
    settings = load_settings(root / "home")
    place = root / "500103" / "2019Q4"
    place.mkdir(parents=True)
    (place / "花名册.csv").write_text(GOOD, encoding="utf-8")
    (root / "tmp").mkdir()
    own = str(root / "tmp")  # other tests write into the system's temporary folder at the same time
    with mock.patch.dict(os.environ, TMPDIR=own), mock.patch("tempfile.tempdir", own), Engine() as engine:
        assert load(settings, [place], engine=engine).files[0]["verdict"] == "accepted"
        yield Desk(settings, engine, root)


def fingerprint(settings: Settings) -> dict[str, str]:
    """Hash by path of everything that a load may only change by a commit."""
    found = (path for name in KEPT for path in (settings.home / name).rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def children() -> set[str]:
    """Processes that this one has started and not ended."""
    return {
        pid for task in Path(f"/proc/{os.getpid()}/task").iterdir() for pid in (task / "children").read_text().split()
    }


def scratch() -> set[str]:
    """Scratch folders of the program in the temporary folder."""
    return {name for name in os.listdir(tempfile.gettempdir()) if name.startswith("skillhouse-")}


@pytest.mark.parametrize("number", range(len(HOSTILE)), ids=[ascii(name)[1:30] for name in HOSTILE])
def test_a_hostile_file_costs_only_itself(desk: Desk, tmp_path: Path, number: int) -> None:
    name, (write, answer) = list(HOSTILE.items())[number]
    place = tmp_path / "500103" / "2020Q1"
    place.mkdir(parents=True)
    write(place / name)
    before = (fingerprint(desk.settings), children(), scratch(), os.getcwd())
    start = time.monotonic()
    # what is harmless is judged without committing it
    report = load(desk.settings, [place], engine=desk.engine, dry_run="." not in answer)
    assert time.monotonic() - start < SECONDS
    (file,) = report.files
    told = file["reasons"][0]["rule_id"] if file["verdict"] == "refused" else file["verdict"]
    assert told == answer
    assert (fingerprint(desk.settings), children(), scratch(), os.getcwd()) == before
    assert file["file_name"].isprintable() and file["path"].isprintable()
    (place / name).unlink()


def test_devices_are_not_read(desk: Desk) -> None:
    for device in ("/dev/zero", "/dev/null"):
        report = load(desk.settings, [device], unit="500103", period="2020Q1", engine=desk.engine)
        assert [file["reasons"][0]["rule_id"] for file in report.files] == ["intake.not_regular"]


def test_a_good_file_beside_hostile_ones_is_committed(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "500103" / "2020Q2"
    place.mkdir(parents=True)
    beside = ("noise.xlsx", "laughs.xlsx", "looped.xls", "far_row.xlsx", "strings_promised.xlsx", "bomb.zip")
    for name in beside:
        HOSTILE[name][0](place / name)
    (place / "花名册.csv").write_text(csv_text(GOOD.splitlines()[0], LINE), encoding="utf-8")
    report = load(desk.settings, [place], engine=desk.engine)
    assert {file["file_name"]: file["verdict"] for file in report.files} == dict.fromkeys(beside, "refused") | {
        "花名册.csv": "accepted"
    }
    assert [s["state"] for s in report.submissions if s["dataset"] == "enrollments"] == ["committed"]
