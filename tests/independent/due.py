"""What is due for each training: standards, days, online segments, new occupations, apprenticeships, living subsidy.

Written from the rulebook: YZ2019-11b, 12a; CQ2021-1c, 2c, 5c; CQ2012-3.1b; DL2011-2.2-2d, 2.2-5c. Sums in fen.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.independent.facts import Row, half_up, major_group, new_occupations, whole_months
from tests.independent.world import Training, World

YZ2019 = date(2019, 9, 30)
CQ2021 = date(2021, 3, 1)
ONLINE_CAP = 60_00  # CQ2021-2c: not above 60 yuan a person-day
LESSONS = 6  # CQ2021-2a: six lessons are a day
NEW_BEFORE, NEW_CAP = 200_00, 6_000_00  # 124号: 200 yuan a day, at most 6,000
NOT_BY_DAYS = ("apprenticeship", "on_the_job")  # a person-year's standard, a month's
FIVE_KINDS = {"qualification", "skill_level", "specific_ability", "special_operation", "completion"}  # YZ2019-12a
THREE_KINDS = {"qualification", "specific_ability", "completion"}  # CQ2012-3.1b
SKILL_LEVEL_FROM = date(2019, 1, 1)  # skill-level certificates count as qualifications


def document_no(klass: Row) -> str | None:
    """Document a sum is reckoned under, by unit and day of approval; none is in force elsewhere."""
    unit = klass["district_code"]
    if unit.startswith("2102"):
        return "大政发[2011]44号"
    if not unit.startswith("50"):
        return None
    if klass["approved_on"] >= CQ2021:
        return "渝人社发〔2021〕12号"
    return "渝中府办〔2019〕51号" if unit == "500103" else "渝人社发〔2019〕124号"


def kinds_wanted(klass: Row) -> set[str]:
    """Kinds of certificate that a subsidy needs, by unit and the day the class ends."""
    unit, ends_on = klass["district_code"], klass["ends_on"]
    if unit.startswith("2102"):
        kinds = {"qualification"}  # DL2011-2.2-2a: the national qualification alone
    elif unit == "500103" and ends_on >= YZ2019:
        kinds = set(FIVE_KINDS)
    else:
        kinds = THREE_KINDS | ({"skill_level"} if ends_on >= SKILL_LEVEL_FROM else set())
    return kinds | ({"startup_completion"} if klass["training_type"] == "entrepreneurship" else set())


def certified(world: World, training: Training) -> bool:
    """Holds a certificate of a kind that counts; one of unknown kind is not held against the person."""
    if training.of["training_type"] == "on_the_job":
        return True  # CQ2021-3b
    if training.of["training_type"] == "startup_simulation" and training.of["district_code"].startswith("2102"):
        return any(  # DL2011-2.2-5c: open to those who hold the certificate of a start-up course when it begins
            row["person_key"] == training.row["person_key"] and row.get("certificate_kind") == "startup_completion"
            and row["result"] == "passed" and row.get("certificate_status") != "revoked"
            and row["examined_on"] <= training.of["starts_on"]
            for row in world.rows["certifications"]
        )  # fmt: skip
    kinds = kinds_wanted(training.of)
    project = world.project(training.of, training.of["approved_on"]) if training.of.get("project_id") else None
    otherwise = (project or {}).get("certificate_kind")
    return any((row.get("certificate_kind") or otherwise) in kinds | {None} for row in world.certificates(training))


def is_new_occupation(world: World, klass: Row) -> bool:
    """On the published list by the first day; the project's flag counts for an occupation that is on no list."""
    by_name, by_code = new_occupations()
    published = by_name.get(klass["occupation_name"]) or by_code.get(klass.get("occupation_code") or "")
    if published:
        return published <= klass["starts_on"]
    project = world.project(klass, klass["approved_on"]) if klass.get("project_id") else None
    return bool(project and project.get("is_new_occupation"))


def set_rate(world: World, klass: Row) -> int | None:
    """Fen a day of a new occupation (CQ2021-1c; before 2021-03-01 and for groups 2 and 6: 124号), None for the others."""
    if not klass["district_code"].startswith("50") or klass["training_type"] in NOT_BY_DAYS:
        return None
    if not is_new_occupation(world, klass):
        return None
    if klass["approved_on"] < CQ2021 or major_group(klass) in ("2", "6"):
        return NEW_BEFORE
    return 180_00 if (klass.get("skill_level") or "5") <= "3" else 150_00


def days(klass: Row) -> Fraction:
    """Planned days: lessons over six, unrounded."""
    return Fraction(klass["total_lessons"], LESSONS)


def due_per_head(world: World, klass: Row) -> int:
    """Fen due for one certified trainee of a class, before blocks."""
    if klass["training_type"] == "startup_simulation" and klass["district_code"].startswith("2102"):
        return 1_000_00  # DL2011-2.2-5c
    standard = world.standard(klass)
    fixed = set_rate(world, klass)
    if fixed is not None:
        standard = min(half_up(fixed * days(klass)), NEW_CAP)
    if standard is None:
        return 0
    if klass["training_type"] == "apprenticeship":  # CQ2021-5c: a person-year's standard by whole months
        return half_up(Fraction(standard * whole_months(klass["starts_on"], klass["ends_on"]), 12))
    online = klass.get("online_lessons") or 0
    if online and klass["training_type"] not in NOT_BY_DAYS:
        project = world.priced_by(klass)
        rate = fixed or (project or {}).get("daily_rate_yuan") or Fraction(standard) / days(klass)
        segments = Fraction(klass["total_lessons"] - online, LESSONS) * rate + Fraction(online, LESSONS) * min(
            rate, ONLINE_CAP
        )
        standard = min(standard, half_up(segments))
    if klass["training_type"] == "practical" and klass["district_code"].startswith("2102"):
        return half_up(Fraction(standard * 6, 10))  # DL2011-2.2-2d
    return standard


def kind_of(klass: Row) -> str:
    """Kind of subsidy a class earns."""
    own = ("apprenticeship", "on_the_job", "practical", "startup_simulation")
    return klass["training_type"] if klass["training_type"] in own else "training"


def living_category(training: Training) -> bool:
    """YZ2019-11b: who may have a living subsidy; school leavers only from the country or of a low-income family."""
    mine = training.categories
    poor = training.row.get("hukou_kind") == "rural" or "low_income_family" in mine
    return bool(mine & {"poor_labourer", "hard_to_employ", "zero_job_family"}) or ("school_leaver" in mine and poor)


def living_due(world: World) -> dict[tuple[str, str, str], int]:
    """Living subsidy: the claim's standard per day x distinct days attended, by person."""
    due: dict[tuple[str, str, str], int] = {}
    for claim in world.claims:
        if claim.head["subsidy_kind"] != "living":
            continue
        for training in world.trainings:
            if document_no(training.of) and claim.covers(training) and claim.head.get("standard_yuan"):
                attended = {
                    row["attended_on"]
                    for row in world.rows["attendance"]
                    if (row["class_id"], row["person_key"]) == training.ids and row["lessons"] > 0
                }
                due[(*training.ids, "living")] = claim.head["standard_yuan"] * len(attended)
    return due


def subsidy_due(world: World, blocked: set[tuple[str, str]]) -> dict[tuple[str, str, str], int]:
    """(class, person, kind of subsidy) -> fen due; nothing where it is 0. `blocked`: trainings that carry a block."""
    due = {}
    for training in world.trainings:
        if (
            document_no(training.of)
            and training.completed
            and training.ended
            and training.of["fund_source"] != "enterprise_education_fund"
        ):
            if training.ids not in blocked and certified(world, training):
                due[(*training.ids, kind_of(training.of))] = due_per_head(world, training.of)
    for key, fen in living_due(world).items():
        if key[:2] not in blocked:
            due[key] = fen
    return {key: fen for key, fen in due.items() if fen}
