"""What moved between two releases, in parts that add up: rows, distinct persons, ratios, balances, stocks, quantiles."""

from __future__ import annotations

import json
import shutil

import pytest

from orchestration.intake.submission import manifests
from orchestration.release.diff import diff
from tests.spec.marts.home import Home
from tests.spec.marts.rows import assessment, claim, klass, spell, trainee

STOCK = {"reporting_unit": "500103", "as_of": "2021-06-30", "population": "employed", "is_official": True,
         "employed_total": 1000, "skilled_total": 270, "high_skilled_total": 81}  # fmt: skip
AUGUST = {"starts_on": "2020-08-01", "ends_on": "2020-08-31"}


def line(number: int, day: str, income: str = "0", outlay: str = "0") -> dict:
    return {"account": "special_account", "booked_on": day, "voucher_no": f"V{number}", "line_no": 1, "purpose": "subsidy",
            "income_yuan": income, "outlay_yuan": outlay}  # fmt: skip


class Releases:
    """Builds of one home kept as releases, with what a comparison reads of a manifest."""

    def __init__(self, home: Home) -> None:
        self.home = home

    def keep(self, name: str, data_date: str = "2021-12-31") -> None:
        """Build what the home holds and keep it under a name."""
        self.home.build(data_date=data_date).close()
        folder = self.home.settings.releases / name
        folder.mkdir(parents=True)
        shutil.copy(self.home.settings.build / "warehouse.duckdb", folder / "warehouse.duckdb")
        told = {"data_date": data_date, "code_version": "1", "preview": [], "inputs": manifests(self.home.settings)}
        (folder / "manifest.json").write_text(json.dumps(told), encoding="utf-8")

    def diff(self, before: str, after: str) -> dict:
        """The comparison, figures by (indicator, unit, period, dimension, member)."""
        found = diff(self.home.settings, before, after)
        names = ("indicator_code", "reporting_unit", "period", "dimension", "member")
        return found | {"figures": {tuple(f[n] for n in names): f for f in found["figures"]}}


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    home.submit("classes", [klass("A"), klass("B", skill_level="3")], period="2021Q2")
    home.submit("classes", [klass("old", **AUGUST)], period="2020Q3")
    home.submit("enrollments", [trainee("A", "p1"), trainee("A", "p2")], period="2021Q2")
    home.submit("enrollments", [trainee("old", "p1")], period="2020Q3")
    home.submit("certifications", [assessment("p1", class_id="A")], period="2021Q2")
    home.submit("claims", [claim("1", class_id="A"), claim("2", class_id="A", paid_on="2021-06-30")], period="2021Q2")
    ledger = [
        line(1, "2021-02-01", income="1000"),
        line(2, "2021-04-01", outlay="300"),
        line(3, "2021-08-01", outlay="50"),
    ]
    home.submit("fund_ledger", ledger, period="2021")
    home.submit("workforce_stats", [STOCK], period="2021")
    push = {"item": "training_push", "period": "2021"}
    groups = ("graduate", "unemployed", "rural_worker", "veteran", "disabled")
    five = [push | {"audience": group, "published_on": day} for group in groups for day in ("2021-04-02", "2021-05-02")]
    home.submit("publications", five[:-1], period="2021Q2")
    releases = Releases(home)
    releases.keep("R1")
    releases.keep("R1-early", data_date="2021-05-31")
    late = {
        "enrollments": home.submit(
            "enrollments", [trainee("B", "p1"), trainee("B", "p3"), trainee("B", "p4")], period="2021Q3"
        ),
        "certifications": home.submit(
            "certifications",
            [assessment("p1", class_id="A"), assessment("p2", class_id="A", result="failed")],
            period="2021Q2",
        ),
        "employment": home.submit("employment", [spell("p1", "2020-10-01")], period="2021Q3"),
        "claims": home.submit(
            "claims", [claim("3", class_id="B", paid_yuan="700", paid_on="2021-06-12")], period="2021Q3"
        ),
        "fund_ledger": home.submit("fund_ledger", [*ledger, line(4, "2021-03-31", outlay="200")], period="2021"),
        "workforce_stats": home.submit(
            "workforce_stats", [STOCK, STOCK | {"revised_on": "2021-09-01", "employed_total": 900}], period="2021Q3"
        ),
        "publications": home.submit("publications", five, period="2021Q2"),
    }
    releases.keep("R2")
    return releases, late


@pytest.fixture(scope="module")
def moved(compared) -> dict:
    return compared[0].diff("R1", "R2")


def parts(moved: dict, code: str, period: str = "2021Q2", side: str = "numerator") -> dict:
    figure = moved["figures"][(code, "500103", period, "all", "all")]
    return {part["cause"]: part[side] for part in figure["parts"]}


def test_the_parts_of_every_figure_add_up(moved):
    assert {code for code, *_ in moved["figures"]} >= {
        "person_times", "persons", "pass_rate", "unit_cost_yuan", "execution_rate", "skilled_share", "claim_cycle_days_p50",
        "pushes_per_group", "senior_share", "employment_rate"}  # fmt: skip
    for key, figure in moved["figures"].items():
        if figure["change"] is not None:
            assert sum(p["change"] for p in figure["parts"]) == pytest.approx(figure["change"], rel=1e-9, abs=1e-9), key
        for side in ("numerator", "denominator"):
            change = (figure[f"{side}_after"] or 0) - (figure[f"{side}_before"] or 0)
            if figure[f"{side}_after"] is not None:
                assert sum(p[side] for p in figure["parts"]) == pytest.approx(change, abs=1e-6), key


def test_all_is_due_to_what_came_late(compared, moved):
    causes = {part["cause"] for figure in moved["figures"].values() for part in figure["parts"]}
    assert causes == set(compared[1].values())


@pytest.mark.parametrize(
    ("code", "period", "side", "expected"),
    [
        ("person_times", "2021Q2", "numerator", {"enrollments": 3}),
        # p1 was there already: two persons are new among three person-times
        ("persons", "2021Q2", "numerator", {"enrollments": 2}),
        ("pass_rate", "2021Q2", "denominator", {"certifications": 1}),
        ("employment_rate", "2020Q3", "numerator", {"employment": 1}),
        ("unit_cost_yuan", "2021Q2", "numerator", {"claims": 700, "enrollments": 0}),
        ("unit_cost_yuan", "2021Q2", "denominator", {"claims": 0, "enrollments": 3}),
        ("senior_share", "2021Q2", "denominator", {"enrollments": 3}),
        ("fund_spend", "2021Q1", "numerator", {"fund_ledger": 200}),
        # the opening of the quarter after is lower by what was booked late
        ("execution_rate", "2021Q2", "denominator", {"fund_ledger": -200}),
        ("skilled_share", "2021Q2", "denominator", {"workforce_stats": -100}),
        ("pushes_per_group", "2021Q2", "numerator", {"publications": 1}),
    ],
)
def test_a_part_is_what_its_submission_moved(compared, moved, code, period, side, expected):
    assert parts(moved, code, period, side) == {compared[1][name]: amount for name, amount in expected.items()}


def test_figures_that_moved_by_the_day_they_speak_of_say_so(compared):
    found = compared[0].diff("R1-early", "R1")
    assert found["data_date_changed"] and not found["code_changed"]
    assert {part["cause"] for figure in found["figures"].values() for part in figure["parts"]} == {"data_date"}


def test_a_release_does_not_differ_from_itself(compared):
    assert compared[0].diff("R1", "R1")["figures"] == {}
