"""Rules carried by a class: lists, daily rates, online share, terms, schools, centres, copied attendance, backlog."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from tests.independent.due import CQ2021, LESSONS, NEW_CAP, NOT_BY_DAYS, YZ2019, days, set_rate
from tests.independent.facts import Finding, Row, half_up, major_group
from tests.independent.world import World

UNPAID_DAYS = 180  # CQ2021-8d
COPIED_TRAINEES, COPIED_DAYS = 10, 5  # SC-9c


def _found(klass: Row, test: str, rule: str, fen: int = 0) -> Finding:
    return Finding(test, rule, "flag", (klass["class_id"],), fen)


def heads(world: World, klass: Row) -> int:
    """Heads in amounts are completed trainees."""
    return sum(training.completed for training in world.of_class(klass["class_id"]))


def lists(world: World) -> Iterator[Finding]:
    """YZ2019-16a: institution and project on their lists on the first day; the black list (CQ2012-2.3 outside Yuzhong)."""
    for klass in world.classes.values():
        first, unit = klass["starts_on"], klass["district_code"]
        local = unit == "500103" and first >= YZ2019
        claimed = world.claimed(klass["class_id"])
        if local and world.institution(klass["institution_id"], first) is None:
            yield _found(klass, "not_listed_institution", "YZ2019-16a", claimed)
        if local and klass.get("project_id") and not world.is_listed_project(klass["project_id"], first):
            yield _found(klass, "not_listed_project", "YZ2019-16a", claimed)
        if any(
            row["institution_id"] == klass["institution_id"] and row.get("list_status") == "black"
            and row.get("list_status_from") and row["list_status_from"] <= first
            for row in world.rows["institutions"]
        ):  # fmt: skip
            if unit.startswith("50"):
                rule = "YZ2019-16a" if local else "CQ2012-2.3"
                yield _found(klass, "black_listed_institution", rule, claimed)
            elif unit.startswith("51") and world.preview:
                yield Finding("black_listed_institution", "SC-10a", "preview", (klass["class_id"],), claimed)


def _new(world: World) -> Iterator[Row]:
    """Classes of Chongqing approved under CQ2021."""
    for klass in world.classes.values():
        if klass["district_code"].startswith("50") and klass["approved_on"] >= CQ2021:
            yield klass


def floor(klass: Row) -> int:
    """CQ2021-1b: least fen a day by major group and level; no level counts as below senior."""
    senior = (klass.get("skill_level") or "5") <= "3"
    if major_group(klass) == "6":
        return 180_00 if senior else 150_00
    return 150_00 if senior else 130_00


def daily_rate(world: World) -> Iterator[Finding]:
    """CQ2021-1a above 200 a day, 1b below its floor, 1c other than the set rate of a new occupation."""
    for klass in _new(world):
        standard = world.standard(klass)
        if klass["training_type"] in NOT_BY_DAYS or standard is None or not klass["total_lessons"]:
            continue
        rate, fixed, number = Fraction(standard) / days(klass), set_rate(world, klass), heads(world, klass)
        if fixed is not None and major_group(klass) not in ("2", "6"):
            if standard != min(half_up(fixed * days(klass)), NEW_CAP):
                excess = max(Fraction(0), standard - min(fixed * days(klass), NEW_CAP))
                yield _found(klass, "new_occupation_rate", "CQ2021-1c", half_up(excess * number))
        elif klass["training_type"] == "entrepreneurship":
            continue  # no rate by the day: CQ2021-1a and 1b
        elif rate > 200_00:
            yield _found(klass, "rate_above_200", "CQ2021-1a", half_up((rate - 200_00) * days(klass) * number))
        elif rate < floor(klass):
            yield _found(klass, "rate_below_floor", "CQ2021-1b")


def plan(world: World) -> Iterator[Finding]:
    """CQ2021-2b online share, 1a class shorter than its plan, 5b term of apprenticeships, 6c level of district schools."""
    for klass in _new(world):
        online, total = klass.get("online_lessons") or 0, klass["total_lessons"]
        if online * 10 > total * 3:
            over = Fraction(online * 10 - total * 3, 10 * LESSONS)
            yield _found(klass, "online_share", "CQ2021-2b", half_up(over * 60_00 * heads(world, klass)))
        recorded = [row for row in world.rows["attendance"] if row["class_id"] == klass["class_id"]]
        taught = {row["attended_on"] for row in recorded if row["lessons"] > 0}
        if recorded and klass["ends_on"] <= world.data_date and len(taught) * 2 < days(klass):
            yield _found(klass, "short_class", "CQ2021-1a", world.claimed(klass["class_id"]))
        span = (klass["ends_on"] - klass["starts_on"]).days + 1
        if klass["training_type"] == "apprenticeship" and not 365 <= span <= 731:
            yield _found(klass, "apprentice_term", "CQ2021-5b")
        small = any(
            row["institution_kind"] == "private_school" and row.get("tier") == "district"
            for row in world.rows["institutions"]
            if row["institution_id"] == klass["institution_id"]
        )
        if small and klass.get("skill_level") in ("2", "1"):
            yield _found(klass, "district_school_level", "CQ2021-6c", world.claimed(klass["class_id"]))


def centre(world: World) -> Iterator[Finding]:
    """CQ2021-4a: a class of an enterprise centre before the centre was published."""
    for klass in _new(world):
        institution = klass["institution_id"]
        published = [
            row["centre_published_on"]
            for row in world.rows["enterprises"]
            if row["employer_id"] == institution and row.get("centre_published_on")
        ]
        if world.is_centre(institution) and published and klass["starts_on"] < min(published):
            yield _found(klass, "centre_before_publication", "CQ2021-4a", world.claimed(klass["class_id"]))


def same_signs(world: World) -> Iterator[Finding]:
    """SC-9c: ten or more trainees, five or more days, every day all signed in and out at the same minutes."""
    for klass in world.classes.values():
        signs: dict[object, list[tuple]] = defaultdict(list)
        people = set()
        for row in world.rows["attendance"]:
            if row["class_id"] == klass["class_id"]:
                signs[row["attended_on"]].append((row["person_key"], row.get("signed_in_at"), row.get("signed_out_at")))
                people.add(row["person_key"])
        alike = all(
            {person for person, _, _ in day} == people
            and len({(i, o) for _, i, o in day}) == 1
            and all(i and o for _, i, o in day)
            for day in signs.values()
        )
        if (
            klass["district_code"].startswith("50")
            and alike
            and len(people) >= COPIED_TRAINEES
            and len(signs) >= COPIED_DAYS
        ):
            yield _found(klass, "same_signs", "SC-9c", world.claimed(klass["class_id"]))


def in_system_unpaid(world: World, due: dict[tuple[str, str, str], int]) -> Iterator[Finding]:
    """CQ2021-8d: ended more than 180 days before the data date, someone certified, nothing paid; what is due is at stake."""
    for klass in _new(world):
        if klass["training_type"] == "on_the_job" or klass["fund_source"] == "enterprise_education_fund":
            continue
        mine = world.of_class(klass["class_id"])
        holders = any(training.completed and world.certificates(training) for training in mine)
        paid = any(
            claim.head["claim_status"] in ("paid", "recovered")
            and claim.head.get("class_id") == klass["class_id"]
            and claim.head["subsidy_kind"] in ("training", "apprenticeship")
            for claim in world.claims
        )
        if klass["ends_on"] + timedelta(days=UNPAID_DAYS) < world.data_date and holders and not paid:
            at_stake = sum(fen for key, fen in due.items() if key[0] == klass["class_id"] and key[2] != "living")
            yield _found(klass, "in_system_unpaid", "CQ2021-8d", at_stake)


RULES = (lists, daily_rate, plan, centre, same_signs)
