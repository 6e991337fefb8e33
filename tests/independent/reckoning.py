"""All rules of the independent computation over one data set: what is found and what is due, from the rulebook alone.

COVERED names every test of every rule that is computed here, by rule; `test_agreement` holds it against the packs. Rules are
called in their order: blocks on trainings first, then what is due, then rules that ask what is due.
"""

from __future__ import annotations

from collections import Counter

from tests.independent import claims, classes, counts, dalian, draft, registers, trainings, units
from tests.independent.due import subsidy_due
from tests.independent.facts import Finding
from tests.independent.world import World

COVERED = """
DL2011-1a: lifetime_count
DL2011-2.1: category_not_eligible
DL2011-2.1-7: new_hire_conditions
DL2011-2.2-1b: catalogue_changed_twice
DL2011-2.2-1c: not_designated
DL2011-2.2-2a: occupation_not_in_catalogue no_national_qualification
DL2011-2.2-2b: third_beginner_occupation second_advancing_occupation
DL2011-2.2-2c: second_in_year
DL2011-2.2-2e: second_as_student
DL2011-2.2-4a: induction_late
DL2011-2.2-4b: not_in_shortage_catalogue
DL2011-2.2-4c: frontline_share
DL2011-2.2-5a: entrepreneurship_lessons
DL2011-2.2-5c: simulation_without_certificate
CQ2012-1.1: ledger_purpose
CQ2012-2.1a: education_fund
CQ2012-2.1b: frontline_share
CQ2012-2.3: black_listed_institution
CQ2012-4.4: claim_without_certificate
CQ2021-1a: rate_above_200 short_class
CQ2021-1b: rate_below_floor
CQ2021-1c: new_occupation_rate
CQ2021-2b: online_share
CQ2021-2c: online_pay
CQ2021-3a: ojt_after_end
CQ2021-3d: ojt_overlap two_classes_one_day
CQ2021-4a: centre_before_publication
CQ2021-4b: centre_relation left_before_class
CQ2021-4f: insured_place_rejection
CQ2021-5b: apprentice_term
CQ2021-6a: base_volume
CQ2021-6c: district_school_level
CQ2021-8d: paid_not_in_system in_system_unpaid
CQ2021-8e: ledger_payment_differs
CQ2021-8f: equal_split
CQ2021-8h: domicile_rejection
YZ2019-5a: living_fund_before_2021_03
YZ2019-11a: fee_in_free_training insured_in_unemployed_training
YZ2019-11b: living_category
YZ2019-11c: two_subsidies_one_certificate
YZ2019-11d: apprentice_floor
YZ2019-11e: ojt_months_employer ojt_months_person
YZ2019-12a: claim_without_certificate
YZ2019-12b: fourth_in_year
YZ2019-12c: repeat_occupation_level
YZ2019-12d: advance_over_half advance_not_allowed paid_above_approved
YZ2019-12e: project_based_category
YZ2019-13b: ledger_claim_missing
YZ2019-13c: frontline_share
YZ2019-14a: fund_use_unpublished
YZ2019-14b: died retired public_payroll
YZ2019-15b: report_missing
YZ2019-16a: not_listed_institution not_listed_project black_listed_institution list_unpublished
YZ2019-17b: bulk_certificates
SC-2a: plan_changed_twice
SC-3a: project_items_missing
SC-3b: project_unpublished
SC-5a: pushes_too_few
SC-8a: demonstration_too_few
SC-9a: paid_not_in_system
SC-9b: control_points_disordered
SC-9c: same_signs
SC-10a: black_listed_institution
SC-10b: shared_phone
SC-11b: assessment_part_low
SC-12a: participation_low
SC-15b: frontline_share
SC-15c: insurance_money_pooled
"""


def covered() -> set[tuple[str, str]]:
    """(test, rule) of every test computed here."""
    rules = dict(line.split(": ") for line in COVERED.split("\n") if line)
    return {(test, rule) for rule, tests in rules.items() for test in tests.split()}


def reckon(world: World) -> tuple[Counter[Finding], dict[tuple[str, str, str], int]]:
    """Findings, each as often as it is found, and (class, person, subsidy kind) -> fen due."""
    found: list[Finding] = []
    for module in (counts, trainings, dalian, classes, claims, units, draft):
        for rule in module.RULES:
            found += rule(world)
    on_trainings = {(training.ids) for training in world.trainings}
    blocked = {each.carrier for each in found if each.severity == "block" and each.carrier in on_trainings}
    due = subsidy_due(world, blocked)
    found += classes.in_system_unpaid(world, due)
    found += claims.online_pay(world, due)
    return Counter(found), due


def reckon_units(world: World) -> Counter[Finding]:
    """Findings carried by a unit, over all data sets of a home."""
    return Counter(finding for rule in registers.RULES for finding in rule(world))
