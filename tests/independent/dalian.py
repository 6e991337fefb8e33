"""Dalian's engine of eligibility (大政发[2011]44号): groups, new hires, catalogues, institutions, certificates, lessons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tests.independent.counts import found
from tests.independent.due import certified
from tests.independent.facts import Finding, Row, add_months, in_force, occupation
from tests.independent.world import Training, World

# DL2011-2.1, items 1 to 6; item 7 is the new hire
SIX_GROUPS = {"unemployed", "rural_worker", "veteran", "graduate", "college_student", "school_leaver"}
IN_CATALOGUE = ("job_skills", "pre_employment", "practical")  # DL2011-2.2-2a
SHORTAGE = ("upskilling", "transfer")  # DL2011-2.2-4b
LESSONS_OF_STARTUP = 200  # DL2011-2.2-5a


def _trainings(world: World) -> Iterator[Training]:
    for training in world.trainings:
        if training.counted and training.of["district_code"].startswith("2102"):
            yield training


def groups(world: World) -> Iterator[Finding]:
    """DL2011-2.1 one of seven groups; 2.1-7 what a new hire must show where no other group applies."""
    for training in _trainings(world):
        mine = training.categories
        if mine & SIX_GROUPS:
            continue
        if "new_hire" not in mine:
            yield found(world, training, "category_not_eligible", "DL2011-2.1", "block")
        elif not _new_hire(world, training):
            yield found(world, training, "new_hire_conditions", "DL2011-2.1-7", "block")


def _new_hire(world: World, training: Training) -> bool:
    """Contract of a year, both ends; pension in force on the first day; filing; a local firm that is no dispatch agency."""
    row, firm, first = training.row, training.row.get("employer_id"), training.of["starts_on"]
    start, end = row.get("contract_from"), row.get("contract_to")
    contract = start is not None and (end is None or end >= add_months(start, 12) - timedelta(days=1))
    spells = [spell for spell in world.spells(row["person_key"]) if firm and spell.get("employer_id") == firm]
    insured = any(spell["insurance_kind"] == "pension" and in_force(spell, first) for spell in spells)
    filed = any(spell["insurance_kind"] == "registration" for spell in spells)
    on_file = [firm_row for firm_row in world.rows["enterprises"] if firm_row["employer_id"] == firm]
    local = any((each.get("district_code") or "").startswith("2102") for each in on_file)
    dispatch = any(each.get("is_labour_dispatch") for each in on_file)
    return contract and insured and filed and local and not dispatch


def induction(world: World) -> Iterator[Finding]:
    """DL2011-2.2-4a: induction begins within six months of the contract, that day included."""
    for training in _trainings(world):
        start = training.row.get("contract_from")
        if training.of["training_type"] == "induction" and start and training.of["starts_on"] > add_months(start, 6):
            yield found(world, training, "induction_late", "DL2011-2.2-4a", "block")


def certificates(world: World) -> Iterator[Finding]:
    """DL2011-2.2-2a claimed without the national qualification; 5c simulation without the start-up certificate."""
    for training in world.trainings:
        if not training.of["district_code"].startswith("2102") or not training.completed or certified(world, training):
            continue
        if training.of["training_type"] == "startup_simulation":
            if training.counted:
                yield found(world, training, "simulation_without_certificate", "DL2011-2.2-5c", "block")
        elif world.claimed_for(training) or world.certificates(
            training
        ):  # claimed, or a certificate of another kind only
            yield found(world, training, "no_national_qualification", "DL2011-2.2-2a", "block")


def _in_catalogue(world: World, klass: Row, shortage: bool) -> bool:
    """Whether a project of the occupation was in force on the first day."""
    for row in world.catalogue:
        valid = row["valid_from"] <= klass["starts_on"] and (
            row.get("valid_to") is None or klass["starts_on"] <= row["valid_to"]
        )
        if row["slot_unit"].startswith("2102") and valid and occupation(row) & occupation(klass):
            if not shortage or row.get("is_shortage"):
                return True
    return False


def classes(world: World) -> Iterator[Finding]:
    """DL2011-2.2-1c designated institution, 2a and 4b catalogues, 5a lessons of start-up training."""
    for klass in world.classes.values():
        if not klass["district_code"].startswith("2102") or klass["ends_on"] < date(2011, 1, 1):
            continue
        kind, standard = klass["training_type"], world.standard(klass) or 0
        tests = []
        designated = any(
            row["institution_id"] == klass["institution_id"] and row.get("list_status") == "designated"
            and row.get("list_status_from") and row["list_status_from"] <= klass["starts_on"]
            and (row.get("delisted_on") is None or klass["starts_on"] < row["delisted_on"])
            for row in world.rows["institutions"]
        )  # fmt: skip
        if not designated:
            tests.append(("not_designated", "DL2011-2.2-1c"))
        if kind in IN_CATALOGUE and not _in_catalogue(world, klass, shortage=False):
            tests.append(("occupation_not_in_catalogue", "DL2011-2.2-2a"))
        if kind in SHORTAGE and not _in_catalogue(world, klass, shortage=True):
            tests.append(("not_in_shortage_catalogue", "DL2011-2.2-4b"))
        if kind == "entrepreneurship" and klass["total_lessons"] < LESSONS_OF_STARTUP:
            tests.append(("entrepreneurship_lessons", "DL2011-2.2-5a"))
        for test, rule in tests:
            yield Finding(test, rule, "block", (klass["class_id"],), standard)


RULES = (groups, induction, certificates, classes)
