"""Scenes of a data set: what stands together so that a rule just fires or just does not. One function per scene.

Scenes of persons and limits are here; those of claims, firms, lists, Dalian and Sichuan are in `scenes_money` and `scenes_lists`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.independent.draw import DAY, Draw
from tests.independent.facts import add_months, occupation_codes


def soup(draw: Draw) -> None:
    """Some people in five to eight classes of two years, with certificates and claims as they come."""
    draw.listed()
    units = [draw.unit, draw.unit, draw.unit, draw.pick("500103", "500112", "210202")]
    occupations = (draw.pick(("焊工", None), ("焊工", "6-18-02-04"), ("保育员", None)), ("保育师", "4-10-01-03"))
    for _ in range(draw.random.randint(5, 8)):
        name, code = draw.pick(*occupations)
        alike = {"occupation_name": name, "occupation_code": code} if draw.chance(0.5) else {}
        project = draw.project() if draw.chance(0.2) else None
        if project:
            alike |= {
                "project_id": project["project_id"],
                "skill_level": project["skill_level"],
                "occupation_name": project["occupation_name"],
            }
            alike["occupation_code"] = project["occupation_code"]
        klass = draw.klass(
            district_code=draw.pick(*units), is_project_based=draw.pick(None, None, False, True), **alike
        )
        for person in draw.people:
            if draw.chance(0.85):
                draw.trainee(klass, person)
                if draw.chance(0.7):
                    draw.certificate(klass, person)
                if draw.chance(0.15):
                    draw.claim(klass, person)
        if draw.chance(0.5):
            draw.claim(klass)


def persons(draw: Draw) -> None:
    """Spells, deaths, pensions and payrolls that end or begin on the first or last day of a class, or beside it."""
    draw.listed()
    for person in draw.people:
        klass = draw.klass(training_type="job_skills", employer_id=draw.pick(None, f"{draw.name}.E"))
        first, last = klass["starts_on"], klass["ends_on"]
        draw.trainee(
            klass, person, trainee_categories=draw.pick(["unemployed"], ["unemployed", "veteran"], ["veteran"])
        )
        draw.spell(
            person, insurance_kind=draw.pick("pension", "unemployment", "injury", "flexible", "registration"),
            starts_on=draw.pick(first, first + DAY, first - 100 * DAY), employer_id=draw.pick(f"{draw.name}.E",
            f"{draw.name}.E2", None),
            ends_on=draw.pick(None, first, first - DAY, last),
        )  # fmt: skip
        if draw.chance(0.4):
            draw.spell(
                person,
                starts_on=first - 300 * DAY,
                ends_on=draw.pick(first - DAY, first - 200 * DAY, first),
                insurance_kind="injury",
            )
        fate = draw.random.random()
        if fate < 0.3:
            draw.spell(person, starts_on=date(2010, 1, 1), ends_on=date(2010, 12, 31), died_on=draw.near(last))
        elif fate < 0.6:
            draw.spell(person, starts_on=date(2010, 1, 1), ends_on=date(2010, 12, 31), pension_from=draw.near(first))
        else:
            start = draw.pick(first - 9 * DAY, last, last + DAY)
            ends_on = draw.pick(None, max(start, first), max(start, first - DAY))
            draw.spell(person, insurance_kind="public_payroll", starts_on=start, ends_on=ends_on)
            draw.claim(klass, draw.pick(None, person, draw.people[0]))


def attendance(draw: Draw) -> None:
    """Classes that share a day, or just do not; classes taught on half of their days, or just under."""
    draw.listed()
    first = draw.start()
    classes = [
        draw.klass(starts_on=first + n * DAY, ends_on=first + 40 * DAY, total_lessons=36)
        for n in draw.pick((0, 0, 3), (0, 2), (5, 5))
    ]
    for klass in classes:
        for person in draw.people[:2]:
            draw.trainee(klass, person)
            days = [klass["starts_on"] + n * DAY for n in range(draw.pick(1, 2, 3, 4))]
            draw.attend(klass, person, *days, lessons=draw.pick(6, 6, 6, 0))


def copied_signs(draw: Draw) -> None:
    """Ten or nine trainees, five or four days, all signed alike, or one of them not."""
    klass = draw.klass(total_lessons=30)
    crowd, length = draw.pick((10, 5), (10, 5), (9, 5), (10, 4))
    odd = draw.pick(None, None, 3)
    for number in range(crowd):
        person = f"{draw.name}.S{number}"
        draw.trainee(klass, person)
        for day in [klass["starts_on"] + n * DAY for n in range(length)]:
            minute = 31 if number == odd and day == klass["starts_on"] else 30
            sign = datetime(day.year, day.month, day.day, 8, minute)
            draw.attend(klass, person, day, signed_in_at=sign, signed_out_at=sign + timedelta(hours=5))
    draw.claim(klass)


def phones(draw: Draw) -> None:
    """Four, five or six persons on one phone, over two classes of one or two municipalities."""
    classes = [draw.klass(), draw.klass(district_code=draw.pick(draw.unit, "500112", "510104"))]
    for number in range(draw.pick(4, 5, 6)):
        draw.trainee(classes[number % 2], f"{draw.name}.T{number}", phone_key=f"{draw.name}.phone")


def centre(draw: Draw) -> None:
    """A firm's own centre: published before or after, its staff, its group's, a dispatch agency's, strangers."""
    firm, sister, agency = f"{draw.name}.F", f"{draw.name}.G", f"{draw.name}.A"
    first = draw.pick(date(2021, 3, 5), date(2021, 7, 1), date(2021, 2, 20))
    draw.listed(
        institution_id=firm, institution_kind=draw.pick("enterprise_centre", "enterprise_centre", "private_school")
    )
    group = draw.pick(None, f"{draw.name}.H", firm)
    draw.enterprise(firm, has_training_centre=True, centre_published_on=draw.near(first), group_id=group)
    draw.enterprise(sister, group_id=draw.pick(group, None))
    draw.enterprise(agency, is_labour_dispatch=draw.pick(True, False, None))
    klass = draw.klass(
        institution_id=firm, starts_on=first, approved_on=first - draw.pick(0, 4, 10) * DAY, employer_id=draw.pick(firm, sister),
        training_type=draw.pick("upskilling", "upskilling", "apprenticeship", "safety"),
    )  # fmt: skip
    for employer in (firm, sister, agency, f"{draw.name}.X", None):
        person = draw.label("W")
        draw.trainee(klass, person, employer_id=employer)
        if employer and draw.chance(0.5):
            draw.spell(person, employer_id=employer, ends_on=draw.pick(None, first, first - DAY))
    draw.claim(klass)


def rates(draw: Draw) -> None:
    """Standards on and beside each rate: floors, ceiling, new occupations by publication, cap, fractions of a day."""
    draw.listed()
    for _ in range(4):
        name, code = draw.pick(
            ("焊工", None), ("养老护理员", "4-10-01-05"), ("健康照护师", None), ("调饮师", "4-03-02-10"),
            ("工业视觉系统运维员", None), ("家电清洗", None),
            ("区块链工程技术人员", "2-02-38-08"), ("城市管理网格员", None),
        )  # fmt: skip
        lessons = draw.pick(30, 35, 66, 180, 240, 300)
        rate = draw.pick(130_00, 150_00, 180_00, 200_00)
        standard = -(-rate * lessons // 6) + draw.pick(-1, 0, 0, 1)
        starts_on = draw.near(
            draw.pick(date(2021, 3, 18), date(2020, 2, 25), date(2020, 6, 28), date(2021, 3, 2), date(2021, 9, 1))
        )
        changes: dict = {"standard_yuan": draw.pick(standard, standard, 6000_00, None)}
        if draw.chance(0.4):
            project = draw.project(
                occupation_name=name, occupation_code=code or occupation_codes().get(name), standard_yuan=standard,
                skill_level=draw.pick("5", "3", None),
                valid_from=draw.pick(date(2018, 1, 1), starts_on, starts_on + DAY), valid_to=draw.pick(None, starts_on,
                starts_on - DAY),
            )  # fmt: skip
            changes |= {
                "project_id": project["project_id"],
                "skill_level": project["skill_level"],
                "occupation_code": project["occupation_code"],
            }
        klass = draw.klass(
            starts_on=starts_on, occupation_name=name, **({"occupation_code": code, "skill_level": draw.pick("5", "3", "1",
            None)} | changes),
            total_lessons=lessons, approved_on=draw.pick(starts_on, starts_on - DAY, date(2021, 2, 28), date(2021, 3, 1)),
            training_type=draw.pick("job_skills", "job_skills", "upskilling", "entrepreneurship", "on_the_job"),
        )  # fmt: skip
        for person in draw.people:
            draw.trainee(klass, person)
            draw.certificate(
                klass, person, certificate_kind=draw.pick("qualification", "skill_level", "startup_completion")
            )


def online(draw: Draw) -> None:
    """Online lessons at 30 % and beside; claims at the sum due and beside."""
    draw.listed()
    project = draw.project(daily_rate_yuan=draw.pick(None, 45_00, 150_00, 133_33))
    for _ in range(3):
        lessons = draw.pick(60, 70, 40)
        of_project = draw.chance(0.5)
        klass = draw.klass(
            total_lessons=lessons, online_lessons=draw.pick(0, lessons * 3 // 10, lessons * 3 // 10 + 1, lessons),
            training_type="job_skills",
            project_id=project["project_id"] if of_project else None, skill_level=project["skill_level"] if of_project else "5",
            starts_on=draw.near(draw.pick(date(2021, 3, 1), date(2021, 5, 9), date(2021, 2, 2))),
            standard_yuan=draw.pick(1000_00, 1333_33),
            occupation_name=project["occupation_name"] if of_project else draw.pick("焊工", "养老护理员", "健康照护师"),
            occupation_code=project["occupation_code"] if of_project else None,
        )  # fmt: skip
        for person in draw.people:
            draw.trainee(klass, person, completion=draw.pick("completed", "completed", "failed"))
            draw.certificate(klass, person, certificate_kind="skill_level", class_id=klass["class_id"])
        if draw.chance(0.7):
            standard = project["standard_yuan"] if of_project else klass["standard_yuan"]
            draw.claim(klass, claimed_yuan=draw.pick(1, 2, 3) * draw.pick(standard, standard - 100_00, 400_00))
        else:
            for person in draw.people:
                draw.claim(klass, person)


def certificates(draw: Draw) -> None:
    """Assessments on the first and last day that still serve a class, of either kind about 2019, failed and sat again."""
    draw.listed()
    for _ in range(3):
        ends_on = draw.near(draw.pick(date(2018, 12, 31), date(2019, 9, 30), date(2020, 2, 29), date(2019, 8, 31)))
        klass = draw.klass(
            starts_on=ends_on - 20 * DAY, ends_on=ends_on, class_status="filed", training_type="job_skills"
        )
        for person in draw.people:
            draw.trainee(klass, person, completion="completed")
            if draw.chance(0.4):
                draw.certificate(klass, person, class_id=klass["class_id"], result=draw.pick("failed", "absent"))
            examined_on = draw.pick(draw.near(add_months(ends_on, 12)), klass["starts_on"], klass["starts_on"] - DAY)
            changes = draw.pick({}, {}, {"skill_level": "1"}, {"occupation_name": "调饮师", "occupation_code": None})
            draw.certificate(
                klass, person, class_id=None, examined_on=examined_on, result="passed", certificate_status="valid",
                **({"certificate_kind": draw.pick("skill_level", "qualification", "special_operation")} | changes),
            )  # fmt: skip
        draw.claim(klass, draw.pick(None, draw.people[0]), claim_status="approved")


def versions(draw: Draw) -> None:
    """A project whose standard changes by level and by day, and classes approved on the days about the change."""
    draw.listed()
    change, kind = draw.pick(date(2020, 6, 1), date(2021, 3, 1)), draw.pick("qualification", "completion")
    shared = {
        "project_id": draw.label("J"),
        "occupation_name": "焊工",
        "occupation_code": "6-18-02-04",
        "certificate_kind": kind,
    }
    levels = draw.pick(("5", "4"), ("5", None), (None,))
    for level in levels:
        old = draw.project(
            **shared, skill_level=level, is_new_occupation=None, valid_to=draw.pick(change - DAY, change - 2 * DAY)
        )
        new = {"valid_from": change, "standard_yuan": old["standard_yuan"] + 100_00, "is_new_occupation": None}
        draw.project(**shared, skill_level=level, **new)
    for _ in range(4):
        approved_on = draw.near(change)
        klass = draw.klass(
            approved_on=approved_on, starts_on=approved_on + draw.pick(0, 1, 5) * DAY, project_id=shared["project_id"],
            occupation_name="焊工",
            occupation_code=draw.pick(None, "6-18-02-04"), training_type="job_skills",
            skill_level=draw.pick("5", "4", "3", None) if levels == ("5", "4") else draw.pick("5", "4", None),
        )  # fmt: skip
        for person in draw.people:
            draw.trainee(klass, person)
            draw.certificate(
                klass, person, class_id=klass["class_id"], certificate_kind=draw.pick("qualification", None)
            )


SCENES = (soup, soup, persons, attendance, copied_signs, phones, centre, rates, online, certificates, versions)
