"""Scenes of published lists and bases, and of the two other places: Dalian's engine and the Sichuan draft."""

from __future__ import annotations

from datetime import date, timedelta

from tests.independent.draw import DALIAN, DAY, OCCUPATIONS, SICHUAN, Draw
from tests.independent.facts import YEARS, add_months, occupation_codes


def lists(draw: Draw) -> None:
    """Institutions and projects that come on a list or leave it on the first day of a class, or beside it; the black list."""
    for _ in range(4):
        klass = draw.klass(institution_id=draw.label("L"), training_type="job_skills")
        first = klass["starts_on"]
        if draw.chance(0.8):
            status = draw.pick(None, "none", "white", "black", "black")
            draw.listed(
                institution_id=klass["institution_id"], listed_on=draw.pick(first - 400 * DAY, draw.near(first)),
                delisted_on=draw.pick(None, None, first, first + DAY), list_status=status,
                list_status_from=draw.near(first) if status else None,
                institution_kind=draw.pick("private_school", "technician_school"),
            )  # fmt: skip
        if draw.chance(0.5):
            project = draw.project(
                occupation_name=klass["occupation_name"], occupation_code=occupation_codes().get(klass["occupation_name"]),
                skill_level=klass["skill_level"],
                valid_from=draw.pick(date(2018, 1, 1), first + DAY, first), valid_to=draw.pick(None, first - DAY, first,
                first + DAY),
            )  # fmt: skip
            klass["project_id"] = draw.pick(project["project_id"], project["project_id"], f"{draw.name}.NONE")
        draw.trainee(klass)
        if draw.chance(0.5):
            draw.claim(klass)


def bases(draw: Draw) -> None:
    """High-skill bases of each tier, listed or left about the year's end, with a few senior trainings."""
    for _ in range(2):
        base = draw.listed(
            institution_id=draw.label("B"), institution_kind=draw.pick("high_skill_base", "high_skill_base", "technician_school"),
            tier=draw.pick("national", "municipal", "district"), listed_on=draw.pick(date(2018, 1, 1), date(2021, 12, 31),
            date(2022, 1, 1)),
            delisted_on=draw.pick(None, date(2021, 12, 31), date(2022, 1, 1)), base_grant_yuan=draw.pick(None, 500_00),
            base_grant_paid_yuan=200_00,
        )  # fmt: skip
        for _ in range(3):
            klass = draw.klass(
                institution_id=base["institution_id"], starts_on=date(2021, 6, 1), skill_level=draw.pick("3", "2", "4")
            )
            for person in draw.people:
                draw.trainee(klass, person)


def assessors(draw: Draw) -> None:
    """Certificates of one assessor in two months, listed six months before, a day or a month more or less."""
    month = draw.pick(date(2020, 1, 1), date(2021, 7, 1), date(2019, 9, 1), date(2019, 8, 1))
    assessor, since = draw.label("A"), add_months(month, draw.pick(-6, -6, -5, -7))
    district = draw.pick("500103", "500103", "500103", "500112")
    draw.listed(
        institution_id=assessor, institution_kind="assessor", listed_on=draw.near(since), district_code=district
    )
    for number in range(draw.pick(2, 3, 4)):
        klass = draw.klass(starts_on=month)
        draw.certificate(
            klass, f"{draw.name}.Z{number}", assessor_id=assessor, issued_on=month + draw.pick(0, 0, 27, 31) * DAY,
            result="passed", certificate_status=draw.pick("valid", "valid", "valid", None, "reissued", "revoked"),
        )  # fmt: skip


def dalian(draw: Draw) -> None:
    """Dalian: groups, new hires, catalogues, designated institutions, students, start-up training, many trainings."""
    draw.listed(
        list_status=draw.pick("designated", "designated", "designated", "white", None),
        list_status_from=draw.pick(date(2018, 1, 1), date(2020, 6, 1)),
        delisted_on=draw.pick(None, None, date(2021, 5, 1)),
    )  # fmt: skip
    for _ in range(2):
        name, code = draw.pick(*OCCUPATIONS)
        draw.project(
            occupation_name=name, occupation_code=code or occupation_codes().get(name), is_shortage=draw.pick(True, False, None),
            valid_from=draw.pick(date(2018, 1, 1), date(2020, 3, 1), date(2020, 7, 1)), valid_to=draw.pick(None, date(2021,
            6, 30)),
        )  # fmt: skip
    firm = f"{draw.name}.E"
    if draw.chance(0.8):
        draw.enterprise(
            district_code=draw.pick(DALIAN, DALIAN, "210102"), is_labour_dispatch=draw.pick(None, False, False, True)
        )
    seven = ("unemployed", "rural_worker", "graduate", "college_student", "new_hire", "veteran", "disabled")
    groups = [[draw.pick(*seven)] for _ in draw.people]
    types = ("job_skills",) * 4 + (
        "upskilling",
        "transfer",
        "practical",
        "startup_simulation",
        "entrepreneurship",
        "induction",
        "pre_employment",
    )
    for _ in range(draw.random.randint(5, 10)):
        klass = draw.klass(
            training_type=draw.pick(*types),
            skill_level=draw.pick("5", "5", "5", "4", "3", None),
            total_lessons=draw.pick(60, 199, 200),
        )
        for person, group in zip(draw.people, groups, strict=True):
            if draw.chance(0.2):
                continue
            contract = draw.pick(
                add_months(klass["starts_on"], -6),
                add_months(klass["starts_on"], -6) - DAY,
                klass["starts_on"] - 20 * DAY,
                None,
            )
            year = add_months(contract, 12) if contract else None
            draw.trainee(
                klass, person, trainee_categories=group if draw.chance(0.9) else ["college_student"],
                employer_id=draw.pick(firm, firm, None),
                contract_from=contract, contract_to=draw.pick(None, year, year and year - DAY, year and year - 2 * DAY),
            )  # fmt: skip
            if draw.chance(0.7):
                draw.certificate(
                    klass,
                    person,
                    certificate_kind=draw.pick(
                        "qualification", "qualification", "skill_level", "startup_completion", None
                    ),
                )
            if draw.chance(0.3):
                draw.claim(klass, person, subsidy_kind=draw.pick("training", "training", "practical"))
    for person in draw.people:
        if draw.chance(0.7):
            draw.spell(person, starts_on=date(2018, 1, 1), ends_on=draw.pick(None, date(2020, 6, 30)))
        if draw.chance(0.7):
            draw.spell(person, starts_on=date(2018, 1, 2), insurance_kind="registration")


def sichuan(draw: Draw) -> None:
    """Sichuan: projects complete or not, published on the first day or beside it, nine in ten assessed or fewer."""
    for _ in range(2):
        first = draw.start()
        base = draw.pick(800_00, None)
        project = draw.project(
            base_standard_yuan=base, assessment_standard_yuan=draw.pick(200_00, 199_99, None), published_on=draw.pick(None,
            draw.near(first)),
            planned_headcount=draw.pick(30, 30, None), min_lessons=draw.pick(60, 60, 60, None), evaluation_route="a",
            job_route="b", pay_guide=draw.pick("c", "c", None),
            publication_channels=draw.pick(["web", "app"], ["web", "app"], ["web"], None), valid_from=date(2018, 1, 1),
        )  # fmt: skip
        klass = draw.klass(
            starts_on=first, ends_on=first + timedelta(days=9), project_id=project["project_id"],
            skill_level=project["skill_level"],
            is_demonstration=draw.pick(True, False, None), applied_on=draw.pick(None, first, first - 30 * DAY),
            approved_on=first - draw.pick(0, 5) * DAY,
        )  # fmt: skip
        crowd = [f"{draw.name}.U{number}" for number in range(draw.pick(1, 10))]
        absent = draw.pick(0, 1, 2)
        for number, person in enumerate(crowd):
            draw.trainee(klass, person, completion="completed")
            result = draw.pick("passed", "failed") if number >= absent else draw.pick("absent", None)
            if result:
                draw.certificate(klass, person, result=result, class_id=klass["class_id"], examined_on=klass["ends_on"])
        draw.claim(klass, claimed_on=draw.pick(first - DAY, first, first + 20 * DAY))
    for number in range(3):
        draw.add(
            "fund_ledger", voucher_no=f"{draw.name}.X{number}", line_no=1, booked_on=draw.start(),
            income_yuan=draw.pick(1000_00, 0),
            account=draw.pick("employment_fund", "special_account", "talent_fund"), purpose=draw.pick("quota_in",
            "quota_in", "interest"),
        )  # fmt: skip


def registers(draw: Draw, institutions: dict[str, list[str]]) -> None:
    """What units keep for all data sets of a home: publications, pushes, plans and quotas of institutions by unit."""
    items = ("fund_use", "quarterly_report", "project_catalogue", "institution_catalogue", "assessor_catalogue")
    for unit in ("500103", "500103", DALIAN, SICHUAN):
        for year in YEARS:
            for item in items:
                yearly = item.endswith("catalogue")
                for period in [str(year)] if yearly else [f"{year}Q{quarter}" for quarter in (1, 2, 3, 4)]:
                    day = draw.pick(date(year, 12, 31), date(year + 1, 1, 1), date(year, 6, 30), draw.data_date + DAY)
                    if draw.chance(0.4):
                        draw.add(
                            "publications",
                            slot_unit=unit,
                            slot_period=str(year),
                            item=item,
                            period=period,
                            published_on=day,
                        )
            for group in ("graduate", "unemployed", "rural_worker", "veteran", "disabled", "hard_to_employ"):
                for number in range(draw.pick(2, 3, 4)):
                    draw.add(
                        "publications", slot_unit=unit, slot_period=str(year), item="training_push", period=str(year),
                        audience=group,
                        published_on=date(year, draw.pick(1, 12), 1 + number),
                    )  # fmt: skip
    for year in YEARS:
        for version in range(draw.pick(1, 2, 3)):
            draw.add(
                "targets", slot_unit=SICHUAN, reporting_unit=SICHUAN, indicator_code="person_times", period=str(year),
                target_value=100,
                unit_of_measure="person_times", plan_version=version, breakdown="",
            )  # fmt: skip
    for unit, names in institutions.items():
        odd = draw.pick(100, 101, 102)
        for number, name in enumerate(names[: draw.pick(4, 5, 6)]):
            draw.add(
                "targets", slot_unit=unit, reporting_unit=unit, indicator_code="person_times", period="2021", plan_version=0,
                target_value=100 if number else odd, unit_of_measure="person_times", breakdown=f"institution_id={name}",
            )  # fmt: skip


SCENES = (lists, bases, assessors)
