"""A closed period is frozen, a correction comes late: the official figure stays, the next release says what moved and why, and
the parts of every moved figure add up to it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from orchestration.intake.load import load
from orchestration.release import publish as release
from orchestration.release.publish import ReleaseError
from orchestration.settings import load_settings
from tests.integration.conftest import Bureau


def _text(source: Path) -> str:
    """The text of a csv file, or of the one that stands alone in an archive."""
    if source.suffix != ".zip":
        return source.read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(source) as package:
        return package.read(package.namelist()[0]).decode("utf-8-sig")


@pytest.fixture(scope="module")
def corrected(bureau, tmp_path_factory) -> tuple[Bureau, str]:
    """The bureau after 2020 was frozen and shorter files of assessments and of work for 2021Q1 came late; the late id."""
    root = tmp_path_factory.mktemp("late")
    shutil.copytree(bureau.settings.home, root / "home", symlinks=True)
    settings = load_settings(root / "home")
    release.freeze(settings, bureau.release_id, "2020")
    folder = root / "late" / "500103" / "2021Q1"
    folder.mkdir(parents=True)
    for name in ("证书与评价结果", "就业参保记录"):
        (source,) = (bureau.exports / "500103" / "2021Q1").glob(f"{name}*")
        lines = _text(source).splitlines()
        (folder / f"{name}_更正.csv").write_text("\n".join([lines[0], *lines[40:]]), encoding="utf-8")
    report = load(settings, [root / "late"])
    late = {s["dataset"]: s["submission_id"] for s in report.submissions}
    release_id = release.build_release(settings)
    return Bureau(settings, bureau.exports, bureau.truth, report, release_id), late


@pytest.fixture(scope="module")
def moved(bureau, corrected) -> dict:
    return release.diff(corrected[0].settings, bureau.release_id, corrected[0].release_id)


def test_the_official_figure_stays_and_the_next_release_tells_old_new_and_reason(bureau, corrected):
    now, late = corrected
    sql = "SELECT value FROM marts.mart_indicator WHERE indicator_code = 'person_times_certified' AND period = '2020' {where}"
    one = sql.format(where="AND reporting_unit = '500103' AND dimension = 'all'")
    ((official,),), ((present,),) = bureau.query(one), now.query(one)
    ((frozen, current, difference, submissions, zh, en, is_rules),) = now.query(
        "SELECT frozen_value, current_value, difference, submission_ids, reason_zh, reason_en, is_code_changed"
        " FROM marts.mart_restatement WHERE indicator_code = 'person_times_certified' AND period = '2020'"
        " AND reporting_unit = '500103' AND dimension = 'all'"
    )
    assert (frozen, current, difference) == (official, present, present - official) and difference < 0
    assert submissions == [late["certifications"]] and not is_rules
    assert zh == "补报或更正：证书与评价结果（500103，2021Q1）"
    assert en == "sent later: certifications (500103, 2021Q1)"
    assert {r["release_id"]: r["frozen"] for r in release.list_releases(now.settings)}[bureau.release_id] == ["2020"]


def test_only_figures_of_frozen_periods_are_restated_and_only_those_that_moved(corrected, moved):
    told = {row[0]: row[1:] for row in corrected[0].query(
        "SELECT concat_ws('|', indicator_code, reporting_unit, period, dimension, member), frozen_value, current_value"
        " FROM marts.mart_restatement")}  # fmt: skip
    names = ("indicator_code", "reporting_unit", "period", "dimension", "member")
    seen = {"|".join(f[n] for n in names): (f["before"], f["after"]) for f in moved["figures"] if f["period"] == "2020"}
    assert told == seen and told


def test_the_parts_of_every_moved_figure_add_up_to_it(moved):
    assert len(moved["figures"]) > 100
    for figure in moved["figures"]:
        parts = figure["parts"]
        for side in ("numerator", "denominator"):
            change = (figure[f"{side}_after"] or 0) - (figure[f"{side}_before"] or 0)
            if figure[f"{side}_after"] is not None:
                assert sum(part[side] for part in parts) == pytest.approx(change, abs=1e-6)
        if figure["change"] is not None:
            assert sum(part["change"] for part in parts) == pytest.approx(figure["change"], rel=1e-12, abs=1e-12)


def test_every_part_is_put_down_to_the_submission_that_brought_it(corrected, moved):
    late = corrected[1]
    causes = {
        f["indicator_code"]: {p["cause"] for p in f["parts"]} for f in moved["figures"] if f["dimension"] == "all"
    }
    assert causes["person_times_certified"] == causes["pass_rate"] == {late["certifications"]}
    assert causes["retention_rate_12m"] == {late["employment"]}
    assert set().union(*causes.values()) == set(late.values()), "nothing is left to rules or the data date"
    assert {s["submission_id"] for s in moved["submissions"]["added"]} == set(late.values())


def test_a_replay_knows_what_was_known_then_row_for_row(corrected, bureau):
    settings = corrected[0].settings
    then = release.show(settings, bureau.release_id)
    assert release.build_release(settings, as_of=then["as_of"]) == bureau.release_id
    assert release.resolve(settings).parent.name != bureau.release_id, "a replay does not move CURRENT back"


@pytest.mark.parametrize("period", ["2021Q5", "2022", "2018", "今年"])
def test_only_a_closed_period_of_the_release_is_frozen(bureau, period):
    with pytest.raises(ReleaseError):
        release.freeze(bureau.settings, bureau.release_id, period)


def test_a_frozen_period_keeps_its_release(corrected):
    now, _ = corrected
    with pytest.raises(ReleaseError, match="2020"):
        release.freeze(now.settings, now.release_id, "2020")


def test_a_manifest_lists_what_a_release_was_made_of(bureau):
    manifest = release.show(bureau.settings, bureau.release_id)
    assert manifest["engine"].startswith("duckdb ") and "+" in manifest["code_version"]
    assert {"500103", "500000", "210200", "510000"} <= set(manifest["packs"])
    assert all(len(sha) == 64 for sha in manifest["packs"].values())
    for item in manifest["inputs"]:
        assert item["files"] and all(len(sha) == 64 for sha in [*item["files"], *item["kept"].values()])
    for name, table in manifest["tables"].items():
        assert table["rows"] >= 0 and table["content"].isdigit(), name
