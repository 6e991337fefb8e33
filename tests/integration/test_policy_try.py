"""`policy try`: a changed pack on a release's own data. The home is left as it was, file by file."""

import csv
import json
import shutil

import pytest
from typer.testing import CliRunner

from orchestration.policy import packs as policy
from orchestration.policy.trial import try_pack


def changed_pack(root, **values):
    """A copy of the Yuzhong pack with other values of parameters, their quotes dropped."""
    folder = root / "YZ2019"
    shutil.copytree(policy.PACKS / "500103" / "YZ2019", folder)
    path = folder / "parameters.csv"
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    for row in rows:
        if row["parameter"] in values:
            row |= {"value": values[row["parameter"]], "quote": ""}
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return folder


def tree(home):
    """Every file of a home but the locks of a writer, with size and time of writing."""
    files = [path for path in home.rglob("*") if path.is_file() and path.name not in (".lock", ".writer")]
    return sorted((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files)


def test_a_changed_limit_says_what_it_would_change_and_leaves_the_home_alone(bureau, tmp_path):
    before = tree(bureau.settings.home)
    found = try_pack(bureau.settings, changed_pack(tmp_path, trainings_per_person_year="1"))
    assert tree(bureau.settings.home) == before
    assert (found["pack"], found["is_new"], found["release_id"]) == ("500103/YZ2019", False, bureau.release_id)
    assert [(row["rule_id"], row["test"]) for row in found["findings"]] == [("YZ2019-12b", "fourth_in_year")]
    ((second, yuan),) = bureau.query(
        "with turns as (select c.standard_yuan, f.ends_on, row_number() over (partition by f.person_key, year(f.ends_on)"
        " order by f.ends_on, f.starts_on, f.class_id) as turn from marts.fct_training as f"
        " join marts.dim_class as c using (class_id) where f.is_counted)"
        " select count(*), sum(standard_yuan) from turns where turn > 1 and ends_on >= '2019-09-30'"
    )
    (row,) = found["findings"]
    assert (row["findings_tried"], row["yuan_tried"], row["gone"]) == (second, yuan, 0)
    assert found["totals"]["tried"]["findings"] - found["totals"]["now"]["findings"] == row["added"]
    assert found["figures"] == []


def test_the_command_prints_rules_and_totals_and_refuses_what_is_unsound(bureau, tmp_path):
    from orchestration.cli import app

    home = {"SKILLHOUSE_HOME": str(bureau.settings.home)}
    unsound = changed_pack(tmp_path, trainings_per_person_year="1")
    (unsound / "rules.csv").write_text(
        (unsound / "rules.csv").read_text(encoding="utf-8").replace("flag", "never"), encoding="utf-8"
    )
    refused = CliRunner().invoke(app, ["policy", "try", str(unsound), "--lang", "en"], env=home)
    assert refused.exit_code == 1
    same = CliRunner().invoke(app, ["policy", "try", str(policy.PACKS / "500103" / "YZ2019"), "--json"], env=home)
    assert same.exit_code == 1
    lifted = changed_pack(tmp_path / "lifted", trainings_per_person_year="99")
    shown = CliRunner().invoke(app, ["policy", "try", str(lifted), "--json"], env=home)
    assert shown.exit_code == 0, shown.output
    assert (
        json.loads(shown.stdout)["totals"]["tried"]["findings"] <= json.loads(shown.stdout)["totals"]["now"]["findings"]
    )


def test_a_release_that_is_not_there_is_told(bureau, tmp_path):
    from orchestration.release.publish import ReleaseError

    with pytest.raises(ReleaseError, match="20990101"):
        try_pack(bureau.settings, changed_pack(tmp_path, trainings_per_person_year="1"), release="20990101-x")
