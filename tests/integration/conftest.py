"""One small bureau, loaded, built and published once for all integration tests; tests that change it take a copy."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from orchestration.intake.load import load
from orchestration.release.publish import build_release, resolve
from orchestration.sample import write_sample
from orchestration.settings import Settings, load_settings

PEOPLE = 1500


@dataclass(frozen=True)
class Bureau:
    """A home with one release, the exports it was loaded from, and what the generator says is true."""

    settings: Settings
    exports: Path
    truth: dict
    report: object
    release_id: str

    def query(self, sql: str) -> list[tuple]:
        """Rows of the current release."""
        import duckdb

        with duckdb.connect(str(resolve(self.settings)), read_only=True) as connection:
            return connection.execute(sql).fetchall()


def make_bureau(root: Path, seed: int) -> Bureau:
    """Write, load, build and publish three years of a small district, dirt on."""
    write_sample(root / "exports", people=PEOPLE, seed=seed, truth=root / "truth.json")
    settings = load_settings(root / "home")
    report = load(settings, [root / "exports"])
    release_id = build_release(settings)
    truth = json.loads((root / "truth.json").read_text(encoding="utf-8"))
    return Bureau(settings, root / "exports", truth, report, release_id)


@pytest.fixture(scope="session")
def bureau(tmp_path_factory) -> Bureau:
    """The bureau that most tests read."""
    return make_bureau(tmp_path_factory.mktemp("bureau"), seed=11)


@pytest.fixture
def own_bureau(bureau, tmp_path) -> Bureau:
    """A copy of the bureau that a test may change."""
    shutil.copytree(bureau.settings.home, tmp_path / "home", symlinks=True)
    shutil.copytree(bureau.exports, tmp_path / "exports")
    return Bureau(
        load_settings(tmp_path / "home"), tmp_path / "exports", bureau.truth, bureau.report, bureau.release_id
    )
