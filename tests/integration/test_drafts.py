"""What the schedules make: a draft release with its reports, which nobody reads until a person publishes it."""

from __future__ import annotations

from datetime import datetime

import dagster as dg
import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.drafts import draft_job
from orchestration.release import publish as release
from orchestration.resources import HomeResource
from orchestration.schedules import schedules
from tests.integration.conftest import Bureau

UNITS = ("500000", "500103")
SUFFIXES = {"quarterly": ("xlsx", "docx"), "annual": ("xlsx", "docx"), "targets": ("xlsx",)}


def run(bureau: Bureau, name: str, day: str) -> dict:
    """Run what the schedule asks for on that day; the configuration it asked with."""
    (schedule,) = [one for one in schedules(bureau.settings) if one.name == name]
    context = dg.build_schedule_context(scheduled_execution_time=datetime.fromisoformat(f"{day}T06:00:00+08:00"))
    (request,) = schedule.evaluate_tick(context).run_requests
    result = draft_job.execute_in_process(
        run_config=request.run_config, resources={"home": HomeResource(bureau.settings)}
    )
    assert result.success
    return request.run_config["ops"]["write_draft"]["config"]


def written(bureau: Bureau, draft: str, kind: str, period: str) -> bool:
    """Whether the draft's reports are all there."""
    folder = bureau.settings.home / "reports" / "drafts" / draft
    names = [folder / unit / f"{kind}_{unit}_{period}_zh.{suffix}" for unit in UNITS for suffix in SUFFIXES[kind]]
    return all(path.stat().st_size > 5000 for path in names)


def states(bureau: Bureau) -> dict[str, tuple]:
    rows = release.list_releases(bureau.settings)
    return {row["release_id"]: (row["data_date"], row["is_current"], row["is_draft"]) for row in rows}


def test_the_close_of_a_quarter_makes_a_draft_that_a_person_publishes(own_bureau, monkeypatch):
    asked = run(own_bureau, "quarter_close", "2021-10-10")
    assert asked == {"kind": "quarterly", "period": "2021Q3", "data_date": "2021-09-30"}
    (draft,) = [name for name, state in states(own_bureau).items() if state[2]]
    assert states(own_bureau) == {
        own_bureau.release_id: ("2021-12-31", True, False),
        draft: ("2021-09-30", False, True),
    }
    assert written(own_bureau, draft, "quarterly", "2021Q3")
    monkeypatch.setenv("SKILLHOUSE_HOME", str(own_bureau.settings.home))
    listed = CliRunner().invoke(app, ["release", "list"])
    assert draft in listed.output and "草稿" in listed.output
    assert CliRunner().invoke(app, ["release", "publish", draft]).exit_code == 0
    assert states(own_bureau)[draft] == ("2021-09-30", True, False)


@pytest.mark.parametrize(
    ("name", "day", "kind", "period"),
    [("year_close", "2022-01-10", "annual", "2021"), ("target_table", "2021-10-10", "targets", "202109")],
)
def test_the_close_of_a_year_and_of_a_month_write_the_reports_of_every_unit(
    bureau, monkeypatch, name, day, kind, period
):
    asked = []
    monkeypatch.setattr(
        "orchestration.release.publish.build_release", lambda _, **how: asked.append(how) or bureau.release_id
    )
    config = run(bureau, name, day)
    assert (config["kind"], config["period"]) == (kind, period)
    assert asked == [{"data_date": config["data_date"], "is_draft": True}]
    assert written(bureau, bureau.release_id, kind, period)
