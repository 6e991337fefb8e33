"""The Sichuan draft, found as preview only where it is switched on: projects, classes and accounts. Units are in `registers`."""

from __future__ import annotations

from collections.abc import Iterator

from tests.independent.facts import Finding
from tests.independent.world import World

ITEMS = (
    "planned_headcount", "min_lessons", "occupation_name", "standard_yuan", "evaluation_route", "job_route", "pay_guide",
)  # fmt: skip


def projects(world: World) -> Iterator[Finding]:
    """SC-3a items and channels of a published project, 11b assessment part of the standard; only when switched on."""
    for row in world.rows["projects"]:
        if not row["slot_unit"].startswith("51") or not world.preview:
            continue
        carrier = (row["project_id"],)
        incomplete = any(row.get(item) is None for item in ITEMS) or len(row.get("publication_channels") or ()) < 2
        if incomplete:
            yield Finding("project_items_missing", "SC-3a", "preview", carrier)
        base, assessed = row.get("base_standard_yuan"), row.get("assessment_standard_yuan")
        if base is not None and assessed is not None and assessed * 5 < base + assessed:
            yield Finding("assessment_part_low", "SC-11b", "preview", carrier)


def classes(world: World) -> Iterator[Finding]:
    """SC-3b project published by the first day, 12a nine in ten of the completed trainees assessed."""
    for klass in world.classes.values():
        if not klass["district_code"].startswith("51") or not world.preview:
            continue
        carrier = (klass["class_id"],)
        claimed = world.claimed(klass["class_id"])
        published = (world.project(klass, klass["approved_on"]) or {}).get("published_on")
        if klass.get("project_id") and (published is None or published > klass["starts_on"]):
            yield Finding("project_unpublished", "SC-3b", "preview", carrier, claimed)
        completed = [training for training in world.of_class(klass["class_id"]) if training.completed]
        assessed = sum(world.was_assessed(training) for training in completed)
        if klass["ends_on"] <= world.data_date and completed and assessed * 10 < len(completed) * 9:
            yield Finding("participation_low", "SC-12a", "preview", carrier, claimed)
        of_it = [claim.head for claim in world.claims if claim.head.get("class_id") == klass["class_id"]]
        training = [head for head in of_it if head["subsidy_kind"] in ("training", "apprenticeship")]
        applied, approved, first = klass.get("applied_on"), klass["approved_on"], klass["starts_on"]
        claimed_on = min((head["claimed_on"] for head in training), default=None)
        paid_on = min((head["paid_on"] for head in training if head.get("paid_on")), default=None)
        late = applied is None or applied > approved or approved > first
        if late or (claimed_on and claimed_on < first) or (paid_on and paid_on < claimed_on):
            yield Finding("control_points_disordered", "SC-9b", "preview", carrier, claimed)


def accounts(world: World) -> Iterator[Finding]:
    """SC-15c: surplus of the unemployment insurance put into an account that may be pooled."""
    for row in world.rows["fund_ledger"]:
        pooled = row["account"] in ("employment_fund", "talent_fund", "industry_fund", "other")
        income = row.get("income_yuan") or 0
        if (
            row["slot_unit"].startswith("51")
            and world.preview
            and pooled
            and row["purpose"] == "quota_in"
            and income > 0
        ):
            carrier = (f"{row['voucher_no']}-{row['line_no']}",)
            yield Finding("insurance_money_pooled", "SC-15c", "preview", carrier, income)


RULES = (projects, classes, accounts)
