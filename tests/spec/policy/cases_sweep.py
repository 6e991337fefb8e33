"""Every test that a class, a training or a claim carries, swept over places, days and states with one firing set of rows.

A sweep says where a rule binds and since when; the day it starts, the day before, a leap day, a month's end, four places and
every state of a class or claim follow. The boundaries of the facts themselves stand in the other tables of cases.
"""

from collections.abc import Callable
from datetime import date, timedelta

from tests.spec.policy.case import Case, case, certificate, claim, klass, row, spell, trainee

YUZHONG, CHONGQING, DALIAN, SICHUAN = "500103", "500112", "210202", "510104"
PLACES = (YUZHONG, CHONGQING, DALIAN, SICHUAN)
STATES = {"filed": True, "closed": True, "pending": False, "returned": False, "cancelled": False}
CLAIM_STATES = {"approved": True, "paid": True, "recovered": True, "submitted": True, "returned": False, "void": False}
PLAN, NOTICE, OPINION, DALIAN_DAY = "2019-09-30", "2021-03-01", "2012-08-24", "2011-01-01"


def moved(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def days_of(key: str, day: str) -> dict[str, str]:
    """Days of a class of twenty days, approved ten days before, of which `key` is `day`."""
    first = moved(day, {"approved_on": 10, "starts_on": 0, "ends_on": -19}[key])
    return {"approved_on": moved(first, -10), "starts_on": first, "ends_on": moved(first, 19)}


def days_to_try(since: str) -> dict[str, tuple[str, bool]]:
    tried = {"its_day": since, "day_before": moved(since, -1), "leap_day": "2020-02-29", "month_end": "2021-10-31"}
    return {name: (day, day >= since) for name, day in tried.items()}


def sweep(
    test: str, key: str, since: str, bound: tuple[str, ...], subject: str, rows: Callable[[dict], list], **fixed: object
) -> list[Case]:
    """Cases of a test carried by a class or training; `rows` gives the rows for the columns of the class."""

    def one(name: str, fires: bool, **changes: object) -> Case:
        columns = {"district_code": bound[0]} | days_of(key, "2021-10-10") | fixed | changes
        return case(f"{test}_{name}", test, *rows(columns), expect=[subject] if fires else [])

    cases = [one(f"in_{place}", place in bound, district_code=place) for place in PLACES]
    cases += [one(name, fires, **days_of(key, day)) for name, (day, fires) in days_to_try(since).items()]
    cases += [one(f"class_{state}", fires, class_status=state) for state, fires in STATES.items()]
    return [*cases, one("class_after_the_data_date", False, **days_of(key, "2022-07-20"))]


def claims(
    test: str,
    key: str,
    since: str,
    bound: tuple[str, ...],
    rows: Callable[[dict, dict], list],
    states: dict | None = None,
    **fixed: object,
) -> list[Case]:
    """Cases of a test carried by claim C; `rows` gives the rows for the columns of the class and of the claim."""

    def one(name: str, fires: bool, place: str = bound[0], **changes: object) -> Case:
        day = str(changes.get(key, fixed.get(key, "2021-10-10")))
        columns = {key: day, "claimed_on": moved(day, -5)} | fixed | changes
        return case(f"{test}_{name}", test, *rows({"district_code": place}, columns), expect=["C"] if fires else [])

    cases = [one(f"in_{place}", place in bound, place) for place in PLACES]
    cases += [one(name, fires, **{key: day}) for name, (day, fires) in days_to_try(since).items()]
    return cases + [
        one(f"claim_{state}", fires, claim_status=state) for state, fires in (states or CLAIM_STATES).items()
    ]


def listed(**changes: object):
    plain = {
        "institution_id": "~I",
        "listed_on": "2010-01-01",
        "institution_kind": "private_school",
        "tier": "district",
    }
    return row("institutions", **(plain | {"district_code": YUZHONG} | changes))


def firm(**changes: object):
    return row("enterprises", **({"employer_id": "~E", "year": 2021, "district_code": YUZHONG} | changes))


def present(k: dict, person: str, days: int, class_id: str = "~A") -> list:
    """Attendance of a person from the first day of the class on, signed alike every day."""
    dates = [moved(k["starts_on"], n) for n in range(days)]
    return [
        row("attendance", class_id=class_id, person_key=person, attended_on=day, delivery_mode="offline", lessons="6",
            signed_in_at=f"{day} 09:00:00", signed_out_at=f"{day} 17:00:00")
        for day in dates
    ]  # fmt: skip


def crowd(count: int, **changes: object) -> list:
    return [trainee(person=f"~p{n}", **changes) for n in range(count)]


def simple(**changes: object) -> Callable[[dict], list]:
    """One trainee in the class."""
    return lambda k: [klass(**k), trainee(**changes)]


IDENTITY = [
    *sweep("died", "starts_on", PLAN, (YUZHONG,), "A/p",
           lambda k: [klass(**k), trainee(), spell(starts_on="2010-01-01", died_on=moved(k["ends_on"], -1))]),
    *sweep("retired", "starts_on", PLAN, (YUZHONG,), "A/p",
           lambda k: [klass(**k), trainee(), spell(starts_on="2010-01-01", pension_from=k["starts_on"])]),
    *sweep("public_payroll", "starts_on", PLAN, (YUZHONG,), "A/p",
           lambda k: [klass(**k), trainee(), claim(), spell(starts_on=k["ends_on"], insurance_kind="public_payroll")]),
    *sweep("project_based_category", "starts_on", PLAN, (YUZHONG,), "A/p", simple(trainee_categories=["graduate"]),
           is_project_based=True),
    *sweep("fee_in_free_training", "starts_on", PLAN, (YUZHONG,), "A/p", simple(fee_yuan="0.01")),
    *sweep("insured_in_unemployed_training", "starts_on", PLAN, (YUZHONG,), "A/p",
           lambda k: [klass(**k), trainee(trainee_categories=["unemployed"]), spell(starts_on="2010-01-01")]),
    *sweep("left_before_class", "starts_on", OPINION, (CHONGQING, YUZHONG), "A/p",
           lambda k: [klass(**k), trainee(), spell(starts_on="2010-01-01", ends_on=moved(k["starts_on"], -1))], employer_id="~E"),
    *sweep("two_classes_one_day", "starts_on", OPINION, (CHONGQING, YUZHONG), "A/p",
           lambda k: [klass(**k), klass("~0", **(k | {"starts_on": moved(k["starts_on"], -1), "class_status": "filed"})),
               trainee(),
                      trainee("~0"), *present(k, "~p", 1), *present(k, "~p", 1, "~0")]),
]  # fmt: skip

LISTS = [
    *sweep("not_listed_institution", "starts_on", PLAN, (YUZHONG,), "A",
           lambda k: [klass(**k), listed(delisted_on=k["starts_on"])]),
    *sweep("not_listed_project", "starts_on", PLAN, (YUZHONG,), "A", lambda k: [klass(**k)], project_id="~P"),
    *sweep("black_listed_institution", "starts_on", OPINION, (CHONGQING, YUZHONG, SICHUAN), "A",
           lambda k: [klass(**k), listed(list_status="black", list_status_from=k["starts_on"])]),
    *sweep("same_signs", "starts_on", OPINION, (CHONGQING, YUZHONG), "A",
           lambda k: [klass(**k), *crowd(10), *[each for n in range(10) for each in present(k, f"~p{n}", 5)]]),
]  # fmt: skip

NOTICES = [
    *sweep("online_share", "approved_on", NOTICE, (CHONGQING, YUZHONG), "A", lambda k: [klass(**k)], online_lessons=19),
    *sweep("short_class", "approved_on", NOTICE, (CHONGQING, YUZHONG), "A",
           lambda k: [klass(**k), trainee(), *present(k, "~p", 4)]),
    *sweep("centre_before_publication", "approved_on", NOTICE, (CHONGQING, YUZHONG), "A",
           lambda k: [klass(**k), firm(has_training_centre=True, centre_published_on=moved(k["starts_on"], 1))],
               institution_id="~E"),
    *sweep("centre_relation", "approved_on", NOTICE, (CHONGQING, YUZHONG), "A/p",
           lambda k: [klass(**k), firm(has_training_centre=True), trainee(employer_id="~F")], institution_id="~E"),
    *sweep("apprentice_term", "approved_on", NOTICE, (CHONGQING, YUZHONG), "A", lambda k: [klass(**k)],
           training_type="apprenticeship"),
    *sweep("district_school_level", "approved_on", NOTICE, (CHONGQING, YUZHONG), "A", lambda k: [klass(**k), listed()],
           skill_level="1"),
    *sweep("in_system_unpaid", "approved_on", NOTICE, (CHONGQING, YUZHONG), "A",
           lambda k: [klass(**k), trainee(), certificate()]),
]  # fmt: skip


def before(k: dict, count: int, **changes: object) -> list:
    """Earlier classes 1..count of the same person and place, one a year, and the class itself."""
    earlier = [
        each
        for n in range(1, count + 1)
        for each in (
            klass(f"~{n}", district_code=k["district_code"], occupation_name=f"~{n}", **days_of("ends_on",
            moved(k["ends_on"], -366 * n))),
            trainee(f"~{n}", **changes),
        )
    ]  # fmt: skip
    return [*earlier, klass(**k), trainee(**changes)]


DALIAN_TESTS = [
    *sweep("lifetime_count", "ends_on", DALIAN_DAY, (DALIAN,), "A/p", lambda k: before(k, 6), occupation_name="~丑"),
    *sweep("second_as_student", "ends_on", DALIAN_DAY, (DALIAN,), "A/p",
           lambda k: before(k, 1, trainee_categories=["college_student"]), occupation_name="~丑"),
    *sweep("third_beginner_occupation", "ends_on", DALIAN_DAY, (DALIAN,), "A/p",
           lambda k: before(k, 2, trainee_categories=["graduate"]), occupation_name="~丑"),
    *sweep("second_in_year", "ends_on", DALIAN_DAY, (DALIAN,), "A/p",
           lambda k: [klass("~1", **(k | {"starts_on": moved(k["starts_on"], -1), "class_status": "filed",
               "occupation_name": "~寅"})),
                      trainee("~1"), klass(**k), trainee()]),
    *sweep("second_advancing_occupation", "ends_on", DALIAN_DAY, (DALIAN,), "A/p",
           lambda k: [klass("~1", **(k | {"starts_on": moved(k["starts_on"], -1), "class_status": "filed",
               "occupation_name": "~寅"})),
                      trainee("~1", trainee_categories=["graduate"]), klass(**k), trainee(trainee_categories=["graduate"])],
           skill_level="4", occupation_name="~丑"),
    *sweep("category_not_eligible", "ends_on", DALIAN_DAY, (DALIAN,), "A/p", simple(trainee_categories=["enterprise_employee"])),
    *sweep("induction_late", "ends_on", DALIAN_DAY, (DALIAN,), "A/p",
           lambda k: [klass(**k), trainee(contract_from=moved(k["starts_on"], -190))], training_type="induction"),
    *sweep("simulation_without_certificate", "ends_on", DALIAN_DAY, (DALIAN,), "A/p", simple(),
        training_type="startup_simulation"),
    *sweep("no_national_qualification", "ends_on", DALIAN_DAY, (DALIAN,), "A/p",
           lambda k: [klass(**k), trainee(), claim(), certificate(certificate_kind="completion", examined_on=k["ends_on"])]),
    *sweep("not_designated", "starts_on", DALIAN_DAY, (DALIAN,), "A", lambda k: [klass(**k), listed()]),
    *sweep("entrepreneurship_lessons", "starts_on", DALIAN_DAY, (DALIAN,), "A", lambda k: [klass(**k)],
           training_type="entrepreneurship", total_lessons=199),
    *sweep("occupation_not_in_catalogue", "starts_on", DALIAN_DAY, (DALIAN,), "A", lambda k: [klass(**k)], occupation_name="~丑"),
    *sweep("not_in_shortage_catalogue", "starts_on", DALIAN_DAY, (DALIAN,), "A", lambda k: [klass(**k)], occupation_name="~丑",
           training_type="transfer"),
]  # fmt: skip

DRAFTS = [
    *sweep("project_unpublished", "starts_on", "1990-01-01", (SICHUAN,), "A", lambda k: [klass(**k)], project_id="~P"),
    *sweep(
        "control_points_disordered", "starts_on", "1990-01-01", (SICHUAN,), "A", lambda k: [klass(**k)], applied_on=None
    ),
    *sweep("participation_low", "starts_on", "1990-01-01", (SICHUAN,), "A", simple()),
]
# a draft has no day it starts on
DRAFTS = [each for each in DRAFTS if not each.name.endswith("_day_before")]


def advance(c: dict, k: dict) -> list:
    return [
        klass(**c),
        claim(**({"approved_yuan": "1000", "advance_yuan": "501", "paid_yuan": None, "paid_on": None} | k)),
    ]


LIVING = {"subsidy_kind": "living", "claimed_yuan": "400", "paid_yuan": "400", "fund_source": "employment_fund"}
MONEY = [
    *claims("advance_over_half", "advance_on", PLAN, (YUZHONG,), advance, payee_kind="enterprise"),
    *claims("advance_not_allowed", "advance_on", PLAN, (YUZHONG,), advance),
    *claims("paid_above_approved", "paid_on", PLAN, (YUZHONG,),
            lambda c, k: [klass(**c), claim(**({"approved_yuan": "999.99"} | k))]),
    *claims("living_category", "paid_on", PLAN, (YUZHONG,), lambda c, k: [klass(**c), trainee(), claim(**(LIVING | k))]),
    *claims("domicile_rejection", "reviewed_on", NOTICE, (CHONGQING, YUZHONG),
            lambda c, k: [klass(**c), claim(cut_yuan="1", cut_reason="外地户籍", **k)]),
    *claims("insured_place_rejection", "reviewed_on", NOTICE, (CHONGQING, YUZHONG),
            lambda c, k: [klass(**c), claim(cut_yuan="1", cut_reason="参保地不符", **k)]),
    *claims("paid_not_in_system", "paid_on", NOTICE, (CHONGQING, YUZHONG, SICHUAN), lambda c, k: [klass(**c), claim(**k)],
            CLAIM_STATES | {"approved": False, "submitted": False}),
    *claims("online_pay", "claimed_on", NOTICE, (CHONGQING, YUZHONG),
            lambda c, k: [klass(online_lessons=18, **c), trainee(), claim(**(k | {"claimed_yuan": "0.01"}))]),
    *claims("two_subsidies_one_certificate", "claimed_on", PLAN, (YUZHONG,),
            lambda c, k: [klass(**c), trainee(), claim("~B", claimed_on="2010-01-01", subsidy_kind="skill_upgrade"), claim(**k)]),
]  # fmt: skip
CASES = [*IDENTITY, *LISTS, *NOTICES, *DALIAN_TESTS, *DRAFTS, *MONEY]
