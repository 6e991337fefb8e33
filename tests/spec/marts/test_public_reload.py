"""A quarter published, its files sent again and published again: what would tell a hidden figure is hidden or refused."""

from __future__ import annotations

import json
import shutil

import pytest

from dashboards.disclosure import attack_register
from dashboards.disclosure.cells import Cell
from dashboards.disclosure.keys import Key
from dashboards.disclosure.policy import policy
from dashboards.disclosure.publish import Exposed, publish
from dashboards.disclosure.register import Publication, Register
from dashboards.release import Releases
from dashboards.reports import write_report
from tests.spec.marts.home import Home
from tests.spec.marts.rows import klass, trainee

UNIT, QUARTER = "500103", "2021Q2"
# completed in the two classes, as each of three files of the quarter says
SENT = {"r-1": (6, 6), "r-2": (10, 20), "r-3": (10, 2)}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Three releases of a district whose rosters of one quarter were sent three times."""
    home = Home(tmp_path_factory.mktemp("home"))
    home.submit("classes", [klass("A"), klass("B", training_type="upskilling")], period=QUARTER)
    for release, counts in SENT.items():
        people = [trainee(name, f"{name}{n}") for name, count in zip("AB", counts, strict=True) for n in range(count)]
        home.submit("enrollments", people, period=QUARTER)
        home.build(data_date="2021-12-31").close()
        folder = home.settings.releases / release
        folder.mkdir(parents=True)
        shutil.copy(home.settings.build / "warehouse.duckdb", folder / "warehouse.duckdb")
        told = {"release_id": release, "data_date": "2021-12-31", "code_version": "1"}
        (folder / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    home.settings.current.symlink_to("releases/r-3")
    return home.settings.home


def figures(home, release: str) -> dict[Key, Cell]:
    """Person-times of the quarter by training type, and the whole, as the release has them."""
    rows = Releases(home).get(release).rows(
        "select dimension, member, value from marts.mart_indicator where indicator_code = 'person_times'"
        " and reporting_unit = $1 and period = $2 and dimension in ('all', 'training_type')", [UNIT, QUARTER])  # fmt: skip
    return {
        Key(
            "person_times", UNIT, QUARTER, () if row["dimension"] == "all" else (("training_type", row["member"]),)
        ): Cell(row["value"], low=float(row["dimension"] != "all"))
        for row in rows
    }


def test_late_data_that_would_tell_a_hidden_figure_is_refused_and_leaves_the_record_as_it_was(home, tmp_path):
    """12 in all were shown as 10, later 10 of one class as 10; the third file brings both back: 1 or 2 would be the others."""
    register = Register(tmp_path)
    register.folder.mkdir()
    seen = {}
    for release in SENT:
        cells, known = figures(home, release), sorted(register.folder.glob("*.json"))
        new = Publication({"kind": "types", "period": QUARTER}, release, policy().sha256)
        try:
            look = publish(register, new, cells, policy(), {}, lambda source, release=release: figures(home, release))
        except Exposed as refusal:
            assert refusal.names == [f"person_times|{UNIT}|{QUARTER}|training_type=upskilling"]
            assert sorted(register.folder.glob("*.json")) == known
            seen[release] = "refused"
        else:
            seen[release] = [look(key) for key in sorted(cells, key=lambda key: key.text)]
    assert seen == {"r-1": [10, "*", "*"], "r-2": [30, 10, 20], "r-3": "refused"}


def test_whole_reports_of_the_three_releases_tell_nothing_together(home, tmp_path):
    """A report holds more figures than one table: what the last file would tell is hidden from the first on."""
    for release in SENT:
        assert write_report(
            home, "quarterly", QUARTER, UNIT, ["html"], tmp_path / release, release=release, public=True
        )
    hidden, found = attack_register(Releases(home).get(), home)
    assert hidden > 30 and found == []
