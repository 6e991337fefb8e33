"""Rules carried by a unit, over all data sets of a home: what it publishes, pushes, plans and splits, by year or quarter.

Only here do data sets of one home meet: a unit keeps one register of publications and one catalogue for all of them.
"""

from __future__ import annotations

import calendar
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tests.independent.due import YZ2019
from tests.independent.facts import Finding
from tests.independent.world import World

# YZ2019-16a: lists of projects, institutions and assessors
LISTS = ("project_catalogue", "institution_catalogue", "assessor_catalogue")
# SC-5a: five groups, three pushes a year each
PUSH_GROUPS, PUSHES = ("graduate", "unemployed", "rural_worker", "veteran", "disabled"), 3
INSTITUTIONS, TOLERANCE = 5, Fraction(1, 100)  # CQ2021-8f


def _unit(test: str, rule: str, unit: str, subject: str, period: str, severity: str = "flag") -> Finding:
    return Finding(test, rule, severity, (unit, subject, period))


def catalogue_changed_twice(world: World) -> Iterator[Finding]:
    """DL2011-2.2-1b: a second change of a unit's catalogue in a year, by days of force or of publication."""
    versions: dict[tuple[str, str, int], set[date]] = defaultdict(set)
    for row in world.rows["projects"]:
        versions["in force", row["slot_unit"], row["valid_from"].year].add(row["valid_from"])
    for row in world.rows["publications"]:
        if row["item"] == "project_catalogue":
            versions["published", row["slot_unit"], row["published_on"].year].add(row["published_on"])
    changed = {(unit, year) for (_, unit, year), days in versions.items() if len(days) > 1 and unit.startswith("2102")}
    for unit, year in sorted(changed):
        yield _unit("catalogue_changed_twice", "DL2011-2.2-1b", unit, "", str(year))


def published(world: World) -> Iterator[Finding]:
    """YZ2019-14a fund use and 15b a report for each quarter that ended, 16a three lists a year; where a register is kept."""
    rows = [
        row
        for row in world.rows["publications"]
        if row["slot_unit"] == "500103" and row["published_on"] <= world.data_date
    ]
    if not any(row["slot_unit"] == "500103" for row in world.rows["publications"]):
        return
    done = {(row["item"], row["period"]) for row in rows} | {
        (row["item"], str(row["published_on"].year)) for row in rows
    }
    for year in world.years:
        for month in (3, 6, 9, 12):
            period, end = f"{year}Q{month // 3}", date(year, month, calendar.monthrange(year, month)[1])
            for test, rule, item in (
                ("fund_use_unpublished", "YZ2019-14a", "fund_use"),
                ("report_missing", "YZ2019-15b", "quarterly_report"),
            ):
                if YZ2019 <= end <= world.data_date and (item, period) not in done:
                    yield _unit(test, rule, "500103", item, period)
        for item in LISTS:
            if YZ2019 <= date(year, 12, 31) <= world.data_date and (item, str(year)) not in done:
                yield _unit("list_unpublished", "YZ2019-16a", "500103", item, str(year))


def pushes_too_few(world: World) -> Iterator[Finding]:
    """SC-5a: days of pushes to each group in a year, by unit of Sichuan."""
    pushes: dict[tuple[str, str, int], set[date]] = defaultdict(set)
    for row in world.rows["publications"]:
        if row["item"] == "training_push":
            pushes[row["slot_unit"], row.get("audience") or "", row["published_on"].year].add(row["published_on"])
    for unit in sorted(unit for unit in world.units if unit.startswith("51")):
        for year in [year for year in world.years if date(year, 12, 31) <= world.data_date]:
            for group in PUSH_GROUPS:
                if len(pushes[unit, group, year]) < PUSHES:
                    yield _unit("pushes_too_few", "SC-5a", unit, group, str(year), "preview")


def demonstration_too_few(world: World) -> Iterator[Finding]:
    """SC-8a: demonstration classes of the province and its cities in a year."""
    years = Counter(
        klass["starts_on"].year
        for klass in world.classes.values()
        if klass["district_code"].startswith("51") and klass.get("is_demonstration")
    )
    for year in [year for year in world.years if date(year, 12, 31) <= world.data_date]:
        if years[year] < world.numbers.demonstration_classes:
            yield _unit("demonstration_too_few", "SC-8a", "510000", "", str(year), "preview")


def plan_changed_twice(world: World) -> Iterator[Finding]:
    """SC-2a: a plan-year has its first version and at most one change."""
    versions: dict[tuple[str, str], int] = defaultdict(int)
    for row in world.rows["targets"]:
        key = row["reporting_unit"], row["period"][:4]
        versions[key] = max(versions[key], row["plan_version"])
    for (unit, year), changes in sorted(versions.items()):
        if unit.startswith("51") and changes > 1:
            yield _unit("plan_changed_twice", "SC-2a", unit, "", year, "preview")


def equal_split(world: World) -> Iterator[Finding]:
    """CQ2021-8f: five or more institutions with quotas within 1 % of each other while their scores of the review are not."""
    quotas: dict[tuple[str, str], dict[str, tuple[int, int]]] = defaultdict(dict)
    for row in world.rows["targets"]:
        kind, _, institution = (row.get("breakdown") or "").partition("=")
        if kind == "institution_id" and row["indicator_code"] == "person_times" and len(row["period"]) == 4:
            of_unit = quotas[row["reporting_unit"], row["period"]]
            of_unit[institution] = max(of_unit.get(institution, (-1, 0)), (row["plan_version"], row["target_value"]))
    for (unit, year), by_institution in sorted(quotas.items()):
        values = [value for _, value in by_institution.values()]
        scores = [
            score
            for institution in by_institution
            if (score := world.scores.get((unit, year, institution))) is not None
        ]
        equal = max(values) <= min(values) * (1 + TOLERANCE)
        differ = bool(scores) and max(scores) > min(scores) * (1 + TOLERANCE)
        if (
            unit.startswith("50")
            and date(int(year), 12, 31) >= date(2021, 3, 1)
            and len(values) >= INSTITUTIONS
            and equal
            and differ
        ):
            yield _unit("equal_split", "CQ2021-8f", unit, "", year)


RULES = (catalogue_changed_twice, published, pushes_too_few, demonstration_too_few, plan_changed_twice, equal_split)
