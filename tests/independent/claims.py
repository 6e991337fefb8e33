"""Rules carried by a claim or a line of the ledger: advances, living, work-for-training, rejections, ledger against claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tests.independent.due import CQ2021, YZ2019, living_category
from tests.independent.facts import Finding, Row, half_up, month_end, whole_months
from tests.independent.world import Claim, World

# CQ2012-1.1: which kinds of subsidy a purpose of the ledger may pay
PURPOSES = {
    "training": {"training", "apprenticeship", "skill_upgrade", "practical", "startup_simulation"},
    "on_the_job": {"on_the_job"}, "living": {"living"}, "assessment": {"assessment"}, "capacity": {"award"},
}  # fmt: skip


def _found(claim: Claim, test: str, rule: str, severity: str, fen: int, person: str | None = None) -> Finding:
    return Finding(test, rule, severity, (claim.claim_id, person), fen)


def _since(day: date | None, start: date) -> bool:
    return day is not None and day >= start


def advances(world: World) -> Iterator[Finding]:
    """YZ2019-12d: half of the approved sum at most, for enterprises and project-based classes only; never paid above approved."""
    for claim in world.claims:
        head, approved = claim.head, claim.fen("approved_yuan")
        if claim.unit != "500103":
            continue
        advance, paid = claim.fen("advance_yuan") or 0, claim.fen("paid_yuan") or 0
        project_based = world.known.get(head.get("class_id"), {}).get("is_project_based")
        if advance > 0 and _since(head.get("advance_on"), YZ2019):
            if head["payee_kind"] != "enterprise" and not project_based:
                yield _found(claim, "advance_not_allowed", "YZ2019-12d", "block", advance)
            elif approved is not None and advance * 2 > approved:
                yield _found(
                    claim, "advance_over_half", "YZ2019-12d", "block", half_up(advance - Fraction(approved, 2))
                )
        if approved is not None and paid > approved and _since(head.get("paid_on"), YZ2019):
            yield _found(claim, "paid_above_approved", "YZ2019-12d", "block", paid - approved)


def living(world: World) -> Iterator[Finding]:
    """YZ2019-11b groups of the living subsidy, 5a its fund before 2021-03-01."""
    for claim in world.claims:
        head = claim.head
        if head["subsidy_kind"] != "living" or claim.unit != "500103":
            continue
        paid = claim.fen("paid_yuan") or 0
        covered = [training for training in world.trainings if claim.covers(training)]
        for training in covered if _since(head.get("paid_on") or head["claimed_on"], YZ2019) else []:
            if not living_category(training):
                person, column = training.row["person_key"], "paid_yuan" if paid else "claimed_yuan"
                fen = claim.share(person, column, len(covered))
                yield _found(claim, "living_category", "YZ2019-11b", "flag", fen, person)
        if (
            paid > 0
            and head["fund_source"] == "special_account"
            and head.get("paid_on")
            and YZ2019 <= head["paid_on"] < CQ2021
        ):
            yield _found(claim, "living_fund_before_2021_03", "YZ2019-5a", "flag", paid)


def two_subsidies(world: World) -> Iterator[Finding]:
    """YZ2019-11c: training and skill-upgrade subsidy for one person and class; the later claim carries it."""
    for upgrade in world.claims:
        head = upgrade.head
        if head["subsidy_kind"] != "skill_upgrade" or not head.get("class_id"):
            continue
        for person in sorted(upgrade.people):
            enrolled = any(t.ids == (head["class_id"], person) for t in world.trainings)
            of_it = [
                c
                for c in world.claims
                if c.head["subsidy_kind"] == "training" and c.head.get("class_id") == head["class_id"]
            ]
            for other in [c for c in of_it if person in c.people or (enrolled and not c.people)]:
                later = max(upgrade, other, key=lambda each: (each.head["claimed_on"], each.claim_id))
                if later.unit == "500103" and later.head["claimed_on"] >= YZ2019:
                    heads = len(later.people) or len(world.of_class(head["class_id"]))
                    fen = later.share(person, "claimed_yuan", heads)
                    yield _found(later, "two_subsidies_one_certificate", "YZ2019-11c", "flag", fen, person)


def apprentice_floor(world: World) -> Iterator[Finding]:
    """YZ2019-11d: an apprenticeship claim under 4,000 yuan x heads x years, years by whole months."""
    by_class: dict[str, list[Claim]] = defaultdict(list)
    for claim in world.claims:
        if claim.head["subsidy_kind"] == "apprenticeship" and claim.head.get("class_id") in world.classes:
            by_class[claim.head["class_id"]].append(claim)
    for class_id, mine in by_class.items():
        klass, newest = world.classes[class_id], max(mine, key=lambda each: (each.head["claimed_on"], each.claim_id))
        if newest.unit != "500103" or not YZ2019 <= klass["ends_on"] <= world.data_date:
            continue
        # claims by year or by person are one claim: heads are those any of them covers
        number = sum(t.completed and any(each.covers(t) for each in mine) for t in world.of_class(class_id))
        least = Fraction(4_000_00 * number * whole_months(klass["starts_on"], klass["ends_on"]), 12)
        claimed = sum(each.fen("claimed_yuan") or 0 for each in mine)
        if claimed < half_up(least):
            yield _found(newest, "apprentice_floor", "YZ2019-11d", "flag", half_up(least) - claimed)


def _months(world: World) -> Iterator[tuple[Claim, Row]]:
    """Lines of work-for-training claims in Chongqing, by month."""
    lines = [
        (claim, line)
        for claim in world.claims
        for line in claim.lines
        if line.get("ojt_month") and line.get("person_key")
    ]
    for claim, line in sorted(lines, key=lambda each: (each[1]["ojt_month"], each[0].claim_id)):
        if claim.head["subsidy_kind"] == "on_the_job" and claim.unit.startswith("50"):
            yield claim, line


def work_for_training(world: World) -> Iterator[Finding]:
    """YZ2019-11e six months by employer and by person; CQ2021-3a last month, 3d no other class in a paid month."""
    by_employer: dict[tuple[str, str], set[date]] = defaultdict(set)
    by_person: dict[str, set[date]] = defaultdict(set)
    for claim, line in _months(world):
        month, person, fen = line["ojt_month"], line["person_key"], line["claimed_yuan"]
        ids = claim, line
        employer = by_employer[person, line["payee_id"]]
        employer.add(month)
        by_person[person].add(month)
        bound = claim.unit == "500103" and month >= YZ2019
        if len(employer) > 6:
            if bound:
                yield _month(ids, "ojt_months_employer", "YZ2019-11e", "block", fen)
        elif len(by_person[person]) > 6 and bound:
            yield _month(ids, "ojt_months_person", "YZ2019-11e", "flag", fen)
        if month > date(2021, 12, 31):
            yield _month(ids, "ojt_after_end", "CQ2021-3a", "flag", fen)
        others = [
            training.of
            for training in world.trainings
            if training.row["person_key"] == person and training.of["training_type"] != "on_the_job"
        ]
        touched = any(of["starts_on"] <= month_end(month) and of["ends_on"] >= month for of in others)
        if claim.head["claim_status"] in ("paid", "recovered") and month >= CQ2021 and touched:
            yield _month(ids, "ojt_overlap", "CQ2021-3d", "flag", fen)


def _month(ids: tuple[Claim, Row], test: str, rule: str, severity: str, fen: int) -> Finding:
    claim, line = ids
    return Finding(test, rule, severity, (claim.claim_id, line["person_key"]), fen)


def rejections(world: World) -> Iterator[Finding]:
    """CQ2021-8h cut for domicile or region, 4f for the insured place."""
    for claim in world.claims:
        reason, fen = claim.head.get("cut_reason") or "", claim.fen("cut_yuan") or 0
        if not claim.unit.startswith("50") or not _since(claim.head.get("reviewed_on"), CQ2021):
            continue
        if any(word in reason for word in ("户籍", "地域", "非本地")):
            yield _found(claim, "domicile_rejection", "CQ2021-8h", "flag", fen)
        if "参保地" in reason:
            yield _found(claim, "insured_place_rejection", "CQ2021-4f", "flag", fen)


def paid_not_in_system(world: World) -> Iterator[Finding]:
    """CQ2021-8d: paid, and the class it names is unknown or has no roster."""
    enrolled = {row["class_id"] for row in world.rows["enrollments"]}
    for claim in world.claims:
        named = claim.head.get("class_id")
        if not named or claim.head["claim_status"] not in ("paid", "recovered"):
            continue
        if named not in world.known or named not in enrolled:
            fen = claim.fen("paid_yuan") or 0
            if claim.unit.startswith("50") and _since(claim.head.get("paid_on"), CQ2021):
                yield _found(claim, "paid_not_in_system", "CQ2021-8d", "block", fen)
            elif claim.unit.startswith("51") and world.preview:
                yield _found(claim, "paid_not_in_system", "SC-9a", "preview", fen)


def online_pay(world: World, due: dict[tuple[str, str, str], int]) -> Iterator[Finding]:
    """CQ2021-2c: a claim of a class with online lessons above the sum due."""
    for claim in world.claims:
        klass = world.classes.get(claim.head.get("class_id"))
        if not klass or not klass.get("online_lessons") or not claim.unit.startswith("50"):
            continue
        if claim.head["subsidy_kind"] != "training" or claim.head["claimed_on"] < CQ2021:
            continue
        covered = [training for training in world.of_class(klass["class_id"]) if claim.covers(training)]
        owed = sum(due.get((*training.ids, "training"), 0) for training in covered)
        claimed = claim.fen("claimed_yuan") or 0
        if claimed > owed:
            yield _found(claim, "online_pay", "CQ2021-2c", "block", claimed - owed)


def ledger(world: World) -> Iterator[Finding]:
    """YZ2019-13b an outlay without a claim, CQ2012-1.1 for another purpose, CQ2021-8e of another sum than the claim's."""
    outlays: dict[tuple[str, str], int] = defaultdict(int)
    for line in world.rows["fund_ledger"]:
        outlays[line["slot_unit"], line.get("claim_id")] += line.get("outlay_yuan") or 0
    for line in world.rows["fund_ledger"]:
        unit, fen, purpose = line["slot_unit"], line.get("outlay_yuan") or 0, line["purpose"]
        if fen <= 0 or not unit.startswith("50"):
            continue
        claim = world.every_claim.get((unit, line.get("claim_id")))
        paid = claim is not None and claim.head["claim_status"] in ("approved", "paid", "recovered")
        carrier = (f"{line['voucher_no']}-{line['line_no']}",)
        if unit == "500103" and line["booked_on"] >= YZ2019 and not paid and purpose not in ("capacity", "adjustment"):
            yield Finding("ledger_claim_missing", "YZ2019-13b", "flag", carrier, fen)
        if claim is None or claim not in world.claims:
            continue
        if claim.head["subsidy_kind"] not in PURPOSES.get(purpose, set()):
            yield Finding("ledger_purpose", "CQ2012-1.1", "flag", carrier, fen)
        differs = outlays[unit, line["claim_id"]] - (claim.fen("paid_yuan") or 0)
        same = [
            each
            for each in world.rows["fund_ledger"]
            if (each["slot_unit"], each.get("claim_id")) == (unit, line["claim_id"])
        ]
        last = max(same, key=lambda each: (each["booked_on"], each["voucher_no"], each["line_no"]))
        if differs and line is last and line["booked_on"] >= CQ2021:
            yield Finding("ledger_payment_differs", "CQ2021-8e", "flag", carrier, abs(differs))


RULES = (
    advances, living, two_subsidies, apprentice_floor, work_for_training, rejections, paid_not_in_system, ledger,
)  # fmt: skip
