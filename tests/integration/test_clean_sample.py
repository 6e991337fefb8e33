"""A sample without dirt loads without a single notice: what the generator invents is what a careful bureau would send."""

from __future__ import annotations

from orchestration.intake.load import load
from orchestration.sample import write_sample
from orchestration.settings import load_settings


def test_a_clean_sample_raises_no_notice(tmp_path) -> None:
    write_sample(tmp_path / "exports", people=300, seed=4, first="2021-01", dirt="none")
    report = load(load_settings(tmp_path / "home"), [tmp_path / "exports"])
    assert {file["verdict"] for file in report.files} == {"accepted"}
    assert [(file["file_name"], notice["rule_id"]) for file in report.files for notice in file["notices"]] == []
