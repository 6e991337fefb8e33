"""Scenes of claims, months, firms and the ledger: sums on the boundary and a fen beside it."""

from __future__ import annotations

from datetime import date, timedelta

from tests.independent.draw import DAY, Draw
from tests.independent.facts import add_months, whole_months


def apprentices(draw: Draw) -> None:
    """Terms of a year and two years and a day beside; claims at 4,000 a person-year and a fen beside."""
    draw.listed()
    for _ in range(2):
        first = draw.pick(
            date(2019, 2, 1), date(2020, 2, 29), date(2020, 1, 31), date(2021, 1, 1), date(2019, 9, 1), date(2021, 3, 1)
        )
        span = draw.pick(364, 365, 366, 730, 731, 732, 200)
        klass = draw.klass(
            training_type="apprenticeship", starts_on=first, ends_on=first + (span - 1) * DAY,
            standard_yuan=draw.pick(4000_00, 5000_00, 4000_01),
            approved_on=draw.pick(first, min(first, date(2021, 2, 28))), class_status="closed",
        )  # fmt: skip
        for person in draw.people:
            draw.trainee(klass, person, completion=draw.pick("completed", "completed", "in_training"))
            draw.certificate(klass, person)
        heads = sum(
            row["class_id"] == klass["class_id"] and row["completion"] == "completed"
            for row in draw.rows["enrollments"]
        )
        least = 4000_00 * heads * whole_months(first, klass["ends_on"]) // 12
        claimed = draw.pick(least, least + draw.pick(-1, 1), least + 500_00)
        if claimed > 0:
            draw.claim(
                klass,
                subsidy_kind="apprenticeship",
                payee_kind="enterprise",
                claimed_headcount=heads,
                claimed_yuan=claimed,
            )


def living(draw: Draw) -> None:
    """Living subsidies by person or class, by group, fund and day of payment; days attended in two modes and with no lessons."""
    draw.listed()
    for _ in range(2):
        ends_on = draw.pick(date(2019, 9, 29), date(2020, 5, 5), date(2021, 2, 20), date(2021, 3, 10))
        klass = draw.klass(
            starts_on=ends_on - 9 * DAY, ends_on=ends_on, training_type="job_skills", class_status="filed"
        )
        standard = draw.pick(20_00, 33_33)
        for person in draw.people[:3]:
            draw.trainee(klass, person)
            draw.certificate(klass, person)
            days = [klass["starts_on"] + n * DAY for n in range(draw.pick(1, 2, 3))]
            draw.attend(klass, person, *days)
            if draw.chance(0.4):
                draw.attend(klass, person, days[0], delivery_mode="online_live", lessons=2)
            paid_on = draw.near(draw.pick(date(2019, 9, 30), date(2021, 3, 1), date(2020, 6, 1)))
            if draw.chance(0.7):
                draw.claim(
                    klass, person, subsidy_kind="living", standard_yuan=standard, claimed_yuan=60_00, paid_on=paid_on,
                    fund_source=draw.pick("special_account", "employment_fund"), claimed_on=paid_on - draw.pick(0, 5) * DAY,
                    claim_status="paid",
                )  # fmt: skip
        if draw.chance(0.2):
            draw.claim(klass, subsidy_kind="living", standard_yuan=standard, claimed_yuan=300_00)


def work_for_training(draw: Draw) -> None:
    """Five to eight months with one, two or alternating employers; other classes that touch a month or just do not."""
    for person in draw.people[:2]:
        first = draw.pick(date(2020, 1, 1), date(2020, 12, 1), date(2021, 3, 1), date(2021, 7, 1), date(2021, 8, 1))
        shape, claim_id = draw.pick("one", "two", "alternate", "both"), draw.label("M")
        status = draw.pick("paid", "paid", "paid", "paid", "approved", "returned")
        for number in range(draw.pick(6, 7, 8)):
            month = add_months(first, number)
            employers = {
                "one": "1",
                "two": "1" if number < 4 else "2",
                "alternate": "12"[number % 2],
                "both": "12"[: 1 + number % 2],
            }[shape]
            for employer in employers:
                draw.claim(
                    None, person, claim_id=f"{claim_id}{employer}", subsidy_kind="on_the_job", payee_kind="enterprise",
                    claim_status=status,
                    payee_id=f"{draw.name}.E{employer}", ojt_month=month, claimed_yuan=300_00 + number,
                    claimed_on=add_months(month, 1),
                )  # fmt: skip
        for _ in range(2):
            month = add_months(first, draw.pick(-1, 2, 6))
            starts_on = draw.pick(month, month - DAY, add_months(month, 1) - DAY, add_months(month, 1))
            klass = draw.klass(starts_on=starts_on, ends_on=starts_on + draw.pick(0, 40) * DAY)
            draw.trainee(klass, person)


def two_subsidies(draw: Draw) -> None:
    """A training and a skill-upgrade claim for one person and class, either first, one returned, or for another person."""
    for _ in range(2):
        klass = draw.klass(
            starts_on=draw.pick(date(2019, 9, 10), date(2020, 3, 3), date(2021, 4, 4)), training_type="upskilling"
        )
        for person in draw.people[:2]:
            draw.trainee(klass, person, completion="completed")
        day = draw.near(draw.pick(date(2019, 9, 30), date(2021, 5, 5)))
        draw.claim(klass, draw.pick(draw.people[0], draw.people[0], None), claimed_on=day, claimed_yuan=1200_00)
        draw.claim(
            klass, draw.pick(*draw.people[:2]), subsidy_kind="skill_upgrade", claimed_on=draw.pick(day - 3 * DAY,
            day + 3 * DAY), claimed_yuan=2000_00,
        )  # fmt: skip


def advances(draw: Draw) -> None:
    """Advances at half and a fen over, to whom they may be paid or not; paid over approved; cuts for place and domicile."""
    for _ in range(4):
        klass = draw.klass(is_project_based=draw.pick(True, False, None))
        approved = draw.pick(1000_00, 1000_01, 1500_00)
        day = draw.near(draw.pick(date(2019, 9, 30), date(2021, 3, 1), date(2020, 7, 7)))
        draw.claim(
            klass, claim_status="paid", claimed_yuan=approved, approved_yuan=approved, paid_yuan=approved + draw.pick(0, 0,
            -1, 1, 100_00),
            advance_yuan=draw.pick(None, 0, approved // 2, approved // 2 + 1, approved), advance_on=day, claimed_on=day,
            paid_on=day + draw.pick(0, 1) * DAY,
            cut_yuan=draw.pick(None, 0, 200_00), reviewed_on=day,
            cut_reason=draw.pick(None, "户籍不在本区", "非本地户籍", "不符合地域要求", "参保地不符", "材料不全", "户籍和参保地"),
        )  # fmt: skip


def unknown_classes(draw: Draw) -> None:
    """Paid claims for a class that is on no file, has no roster, is cancelled, or is not named."""
    for _ in range(3):
        klass = draw.klass(class_status=draw.pick("filed", "filed", "cancelled"))
        if draw.chance(0.3):
            draw.trainee(klass)
        day = draw.near(date(2021, 3, 1)) if draw.chance(0.5) else date(2021, 6, 1)
        named = draw.pick(klass["class_id"], klass["class_id"], f"{draw.name}.NONE", None)
        kind = (
            draw.pick("training", "training", "living", "skill_upgrade")
            if named
            else draw.pick("skill_upgrade", "award")
        )
        draw.claim(
            klass,
            class_id=named,
            claimed_on=day,
            paid_on=day,
            claim_status=draw.pick("paid", "paid", "approved"),
            subsidy_kind=kind,
        )


def backlog(draw: Draw) -> None:
    """Classes that ended 180 days before the data date and beside it, certified or not, paid or not."""
    draw.listed()
    for _ in range(3):
        ends_on = draw.near(draw.data_date - timedelta(days=180))
        klass = draw.klass(starts_on=ends_on - 10 * DAY, ends_on=ends_on, fund_source="special_account")
        for person in draw.people[:2]:
            draw.trainee(klass, person)
            draw.certificate(klass, person)
        if draw.chance(0.5):
            draw.claim(klass, subsidy_kind=draw.pick("training", "training", "living"))


def enterprises(draw: Draw) -> None:
    """Education funds at 1.5 % and 60 % and a fen beside, sums of zero and blanks."""
    for year in (2019, 2020, 2021):
        payroll, used = draw.pick(1_000_000_00, 1_000_000_33, 0, None), draw.pick(100_00, 99_99, 0, None)
        drawn = None if payroll is None else -(-payroll * 15 // 1000) + draw.pick(-1, 0, 1)
        draw.enterprise(
            draw.label("E"), year, payroll_yuan=payroll, education_fund_drawn_yuan=draw.pick(drawn, drawn, None),
            education_fund_used_yuan=used,
            education_fund_frontline_yuan=draw.pick(None, -(-(used or 0) * 6 // 10) + draw.pick(-1, 0, 1)),
        )  # fmt: skip


def ledger(draw: Draw) -> None:
    """Outlays with and without a claim, of its sum or another, for its purpose or another, in one line or two."""
    for number in range(4):
        klass = draw.klass(starts_on=draw.pick(date(2019, 6, 1), date(2021, 1, 20)), district_code=draw.unit)
        kind = draw.pick("training", "training", "living", "assessment", "skill_upgrade", "award")
        claim = draw.claim(klass, subsidy_kind=kind)
        outlay = (claim.get("paid_yuan") or claim["claimed_yuan"]) + draw.pick(0, 0, 0, -1, 1)
        parts = draw.pick((outlay,), (outlay,), (outlay // 2, outlay - outlay // 2))
        named = draw.pick(claim["claim_id"], claim["claim_id"], claim["claim_id"], None, f"{draw.name}.K0")
        fitting = {"living": "living", "assessment": "assessment", "award": "capacity"}.get(kind, "training")
        for line, part in enumerate(parts, 1):
            draw.add(
                "fund_ledger", voucher_no=f"{draw.name}.V{number}", line_no=line, account="special_account",
                outlay_yuan=part, claim_id=named,
                booked_on=draw.near(draw.pick(date(2019, 9, 30), date(2021, 3, 1), date(2021, 5, 1))),
                purpose=draw.pick(fitting, fitting, fitting, "training", "capacity", "adjustment"),
            )  # fmt: skip


def claim_lines(draw: Draw) -> None:
    """Claims of one row, of a row and the persons it is for, of persons alone; recovered ones; of several kinds for one class."""
    draw.listed()
    for _ in range(3):
        online = draw.pick(0, 12)
        klass = draw.klass(
            total_lessons=60, online_lessons=online, training_type="job_skills", starts_on=date(2021, 4, 1)
        )
        for person in draw.people:
            draw.trainee(klass, person)
            draw.certificate(klass, person, class_id=klass["class_id"], certificate_kind="skill_level")
        status, day = draw.pick("approved", "paid", "recovered", "submitted"), date(2021, 5, draw.pick(1, 20))
        same = {"claim_id": draw.label("K"), "claim_status": status, "claimed_on": day, "payee_kind": "institution"}
        same |= {"subsidy_kind": draw.pick("training", "training", "living"), "paid_on": day, "advance_on": day}
        if status == "recovered":
            same |= {"recovered_yuan": 300_01, "recovered_on": day + 60 * DAY}
        shape = draw.pick("head", "head and lines", "lines")
        if shape != "lines":
            draw.claim(
                klass, **same, claimed_yuan=2000_01, approved_yuan=2000_01, advance_yuan=1000_01, paid_yuan=2000_02
            )
        for number, person in enumerate(draw.people[: draw.pick(1, 2)] if shape != "head" else []):
            draw.claim(
                klass, person, **same, claimed_yuan=900_00 + number, approved_yuan=900_00, advance_yuan=450_01, paid_yuan=900_00
            )


SCENES = (
    apprentices, living, work_for_training, two_subsidies, advances, unknown_classes, backlog, enterprises, ledger, claim_lines,
)  # fmt: skip
