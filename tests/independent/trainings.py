"""Rules carried by a training: certificates, categories, fees, insurance, death, pension, payroll, employer, phone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tests.independent.counts import found
from tests.independent.due import CQ2021, YZ2019, certified
from tests.independent.facts import Finding, in_force
from tests.independent.world import Training, World

CQ2012 = date(2012, 8, 24)
# YZ2019-11a: eight groups whose training is free
FREE = {
    "poor_family_child", "poor_labourer", "school_leaver", "rural_worker", "unemployed", "transferred_worker", "veteran",
    "disabled",
}  # fmt: skip
PROJECT_BASED = {"poor_labourer", "deindustrialised", "veteran"}  # YZ2019-12e
SHARED_PHONE = 5  # persons on one phone


def _yuzhong(world: World) -> Iterator[Training]:
    """Trainings of Yuzhong whose class starts under its plan."""
    for training in world.trainings:
        if training.of["district_code"] == "500103" and training.of["starts_on"] >= YZ2019:
            yield training


def claim_without_certificate(world: World) -> Iterator[Finding]:
    """YZ2019-12a in Yuzhong from its plan on, CQ2012-4.4 elsewhere in Chongqing and before."""
    for training in world.trainings:
        of = training.of
        if not of["district_code"].startswith("50") or not training.completed or of["training_type"] == "on_the_job":
            continue
        if world.claimed_for(training) and not certified(world, training):
            local = of["district_code"] == "500103" and of["ends_on"] >= YZ2019
            rule = "YZ2019-12a" if local else "CQ2012-4.4"
            if local or of["ends_on"] >= CQ2012:
                yield found(world, training, "claim_without_certificate", rule, "flag")


def categories(world: World) -> Iterator[Finding]:
    """YZ2019-12e, 11a: groups of project-based classes; fees of the eight free groups."""
    for training in _yuzhong(world):
        if training.of.get("is_project_based") and not training.categories & PROJECT_BASED:
            yield found(world, training, "project_based_category", "YZ2019-12e", "flag")
        fee = training.row.get("fee_yuan") or 0
        if fee > 0 and training.categories & FREE:
            yield Finding("fee_in_free_training", "YZ2019-11a", "flag", training.ids, fee)


def records_of_the_person(world: World) -> Iterator[Finding]:
    """YZ2019-11a insured though unemployed; 14b dead, drawing a pension, on the public payroll."""
    for training in _yuzhong(world):
        of, person = training.of, training.row["person_key"]
        first, last = of["starts_on"], of["ends_on"]
        insured = [row for row in world.spells(person, "pension", "unemployment", "injury") if in_force(row, first)]
        if "unemployed" in training.categories and insured:
            yield found(world, training, "insured_in_unemployed_training", "YZ2019-11a", "flag")
        if any(row.get("died_on") and row["died_on"] < last for row in world.spells(person)):
            yield found(world, training, "died", "YZ2019-14b", "block")
        if any(row.get("pension_from") and row["pension_from"] <= first for row in world.spells(person)):
            yield found(world, training, "retired", "YZ2019-14b", "flag")
        paid_by_state = any(
            row["starts_on"] <= last and (row.get("ends_on") is None or row["ends_on"] >= first)
            for row in world.spells(person, "public_payroll")
        )
        if paid_by_state and any(claim.head.get("class_id") == of["class_id"] for claim in world.claims):
            yield found(world, training, "public_payroll", "YZ2019-14b", "flag")


def employer_of_the_person(world: World) -> Iterator[Finding]:
    """CQ2021-4b: whom an enterprise centre may train; who had left the class's firm before it began."""
    for training in world.trainings:
        of, person = training.of, training.row["person_key"]
        if not of["district_code"].startswith("50"):
            continue
        firm = of.get("employer_id")
        spells = [row for row in world.spells(person) if firm and row.get("employer_id") == firm]
        if spells and all(row.get("ends_on") and row["ends_on"] < of["starts_on"] for row in spells):
            yield found(world, training, "left_before_class", "CQ2021-4b", "flag")
        mine = training.row.get("employer_id")
        if (
            of["approved_on"] < CQ2021
            or of["training_type"] == "apprenticeship"
            or not world.is_centre(of["institution_id"])
            or not mine
        ):
            continue
        of_group = {of["institution_id"]} | _groups(world, of["institution_id"])
        dispatched = any(
            row["employer_id"] == mine and row.get("is_labour_dispatch") for row in world.rows["enterprises"]
        )
        if not ({mine} | _groups(world, mine)) & of_group and not dispatched:
            yield found(world, training, "centre_relation", "CQ2021-4b", "flag")


def _groups(world: World, firm: str) -> set[str]:
    """The group a firm belongs to, named by the group's own code."""
    rows = world.rows["enterprises"]
    return {row["group_id"] for row in rows if row["employer_id"] == firm and row.get("group_id")}


def shared_phone(world: World) -> Iterator[Finding]:
    """SC-10b: one phone on five or more persons, looked for in Chongqing."""
    for prefix, severity in (("50", "flag"), ("51", "preview")):
        people: dict[str, set[str]] = defaultdict(set)
        there = [training for training in world.trainings if training.of["district_code"].startswith(prefix)]
        for training in there:
            people[training.row.get("phone_key")].add(training.row["person_key"])
        for training in there:
            phone = training.row.get("phone_key")
            if phone and len(people[phone]) >= SHARED_PHONE and (severity == "flag" or world.preview):
                yield Finding("shared_phone", "SC-10b", severity, training.ids)


RULES = (claim_without_certificate, categories, records_of_the_person, employer_of_the_person, shared_phone)
