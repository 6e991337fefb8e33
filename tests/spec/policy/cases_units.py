"""Enterprises, bases, projects, ledger lines, months of work-for-training, units: both sides of boundaries, places, blanks."""

from tests.spec.policy.case import Case, case, certificate, claim, klass, month, row, trainee
from tests.spec.policy.cases_claims import ledger, months
from tests.spec.policy.cases_classes import firm, institution, split
from tests.spec.policy.cases_dalian import project as dalian_project
from tests.spec.policy.cases_draft import SAID, pushes, target


def table(test: str, rows: object, *lines: tuple) -> list[Case]:
    """Cases of one test: (name, changes, expectation) over one builder of rows."""
    return [case(f"{test}_{name}", test, *rows(**changes), expect=expect or []) for name, changes, expect in lines]


def drawn(payroll: object = "1000", fund: object = "15", **changes: object) -> list:
    return [firm(payroll_yuan=payroll, education_fund_drawn_yuan=fund, **changes)]


def used(total: object = "100", frontline: object = "60", **changes: object) -> list:
    return [firm(education_fund_used_yuan=total, education_fund_frontline_yuan=frontline, **changes)]


def base(seniors: int = 0, **changes: object) -> list:
    people = [trainee(person=f"~p{n}") for n in range(seniors)]
    plain = {"institution_kind": "high_skill_base", "tier": "municipal"}
    return [institution("~H", **(plain | changes)), klass(institution_id="~H", skill_level="3"), *people]


def project(**changes: object) -> list:
    return [row("projects", **(SAID | changes))]


def standard(base_yuan: object, part: object, **changes: object) -> list:
    return project(base_standard_yuan=base_yuan, assessment_standard_yuan=part, **changes)


def pool(**changes: object) -> list:
    plain = {"unit": "510104", "voucher_no": "~V", "line_no": 1, "booked_on": "2021-05-01", "account": "industry_fund",
             "purpose": "quota_in", "income_yuan": "0.01"}  # fmt: skip
    return [row("fund_ledger", **(plain | changes))]


def booked(kind: str = "training", **changes: object) -> list:
    return [claim(class_id=None, subsidy_kind=kind, unit="500112"), ledger("~V", unit="500112", **changes)]


def living(**changes: object) -> list:
    plain = {
        "subsidy_kind": "living",
        "fund_source": "special_account",
        "claimed_yuan": "1",
        "paid_yuan": "1",
        "claimed_on": "2019-09-01",
    }
    place = changes.pop("place", "500103")
    return [klass(district_code=place), claim(**(plain | {"paid_on": "2020-02-29"} | changes))]


def apprentices(claimed: str, heads: int = 1, **changes: object) -> list:
    days = {"approved_on": "2020-01-01", "starts_on": "2020-03-01", "ends_on": "2021-02-28"}
    changes = {"training_type": "apprenticeship", **days, **changes}
    status = changes.pop("claim_status", "paid")
    return [klass(**changes), *[trainee(person=f"~p{n}") for n in range(heads)],
            claim(subsidy_kind="apprenticeship", claimed_yuan=claimed, claim_status=status)]  # fmt: skip


def phone(count: int, **changes: object) -> list:
    return [klass(**changes), *[trainee(person=f"~p{n}", phone_key="~t") for n in range(count)]]


def two(first: int, second: int, **changes: object) -> list:
    """Months with one employer, then with another."""
    later = [month(n, "~F", **changes) for n in range(first + 1, first + second + 1)]
    return [*months(first, **changes), *later]


def bulk(count: int = 1001, listed_on: str = "2021-01-10", issued_on: str | None = "2021-07-01", place: str = "500103",
         kind: str = "assessor", **changes: object) -> list:  # fmt: skip
    batch = [certificate(f"~p{n}", None, assessor_id="~S", issued_on=issued_on, **changes) for n in range(count)]
    return [institution("~S", institution_kind=kind, listed_on=listed_on, district_code=place), *batch]


CASES = [
    *table("education_fund", drawn,
        ("met", {}, None), ("a_fen_short", {"fund": "14.99"}, "E 0.01"), ("nothing", {"fund": "0"}, "E 15.00"),
        ("fund_blank", {"fund": None}, None), ("payroll_blank", {"payroll": None}, None), ("no_payroll", {"payroll": "0",
            "fund": "0"}, None),
        ("elsewhere_in_chongqing", {"fund": "1", "district_code": "500112"}, "E"), ("dalian", {"fund": "1",
            "district_code": "210202"}, None),
        ("sichuan", {"fund": "1", "district_code": "510104"}, None), ("before_the_opinion", {"fund": "1", "year": 2011}, None),
        ("first_year", {"fund": "1", "year": 2012}, "E"), ("place_by_submission", {"fund": "1", "district_code": None}, "E")),
    *table("frontline_share", used,
        ("met", {}, None), ("a_fen_short", {"frontline": "59.99"}, "E 0.01"), ("none_used", {"total": "0", "frontline": "0"},
            None),
        ("blank", {"frontline": None}, None), ("dalian", {"frontline": "1", "district_code": "210202"}, "E"),
        ("elsewhere", {"frontline": "1", "district_code": "500112"}, "E"), ("year_before_the_plan", {"frontline": "1",
            "year": 2018}, None)),
    *table("base_volume", base,
        ("blank_grant", {"seniors": 1}, "H 0.00"), ("grant_paid", {"base_grant_yuan": "5", "base_grant_paid_yuan": "5"},
            "H 0.00"),
        ("grant_a_fen_left", {"base_grant_yuan": "5", "base_grant_paid_yuan": "4.99"}, "H 0.01"),
        ("national", {"tier": "national"}, "H"), ("district_tier", {"tier": "district"}, None),
        ("dalian", {"district_code": "210202"}, None), ("elsewhere_in_chongqing", {"district_code": "500112"}, "H"),
        ("listed_on_the_last_day", {"listed_on": "2021-12-31"}, "H"), ("listed_too_late", {"listed_on": "2022-01-01"}, None),
        ("no_base", {"institution_kind": "private_school"}, None), ("met", {"seniors": 300}, None), ("one_short",
            {"seniors": 299}, "H")),
    *table("bulk_certificates", bulk,
        ("in_chongqing_elsewhere", {"place": "500112"}, None), ("dalian", {"place": "210202"}, None),
        ("blank_issue_counts_by_examination", {"issued_on": None}, "S"), ("failed", {"result": "failed"}, None),
        ("revoked", {"certificate_status": "revoked"}, None), ("reissued", {"certificate_status": "reissued"}, None),
        ("month_end", {"issued_on": "2021-06-30"}, "S"), ("six_months_after", {"issued_on": "2021-08-01"}, None)),
    *table("project_items_missing", project,
        *[(f"no_{item}", {item: None}, "P") for item in (
            "planned_headcount", "min_lessons", "evaluation_route", "job_route", "publication_channels")],
        ("days_for_lessons", {"min_lessons": None, "max_days": "10"}, None), ("three_channels",
            {"publication_channels": ["a", "b", "c"]}, None),
        ("in_chongqing", {"unit": "500112", "job_route": None}, None)),
    *table("assessment_part_low", standard,
        ("a_fifth", {"base_yuan": "4", "part": "1"}, None), ("a_fen_more_base", {"base_yuan": "4.01", "part": "1"}, "P"),
        ("no_part", {"base_yuan": "4", "part": "0"}, "P"), ("blank_part", {"base_yuan": "4", "part": None}, None),
        ("blank_base", {"base_yuan": None, "part": "1"}, None), ("all_part", {"base_yuan": "0", "part": "1"}, None),
        ("in_dalian", {"base_yuan": "4", "part": "0", "unit": "210202"}, None), ("leap_day", {"base_yuan": "4", "part": "0",
         "valid_from": "2020-02-29"}, "P")),
    *table("insurance_money_pooled", pool,
        *[(account, {"account": account}, "V-1" if fires else None) for account, fires in [
            ("employment_fund", 1), ("talent_fund", 1), ("industry_fund", 1), ("other", 1), ("special_account", 0)]],
        ("interest", {"purpose": "interest"}, None), ("outlay", {"income_yuan": None, "outlay_yuan": "1"}, None),
        ("in_chongqing", {"unit": "500112"}, None), ("after_the_data_date", {"booked_on": "2022-07-01"}, None)),
    *table("ledger_purpose", booked,
        *[(f"{kind}_as_training", {"kind": kind}, None if fits else "V-1") for kind, fits in [
            ("training", 1), ("apprenticeship", 1), ("skill_upgrade", 1), ("assessment", 0), ("on_the_job", 0), ("award", 0)]],
        ("living_as_living", {"kind": "living", "purpose": "living"}, None), ("training_as_living", {"purpose": "living"}, "V-1"),
        ("unknown_claim", {"claim_id": "~X", "purpose": "living"}, None)),
    *table("ledger_payment_differs", booked,
        ("elsewhere_a_fen_less", {"outlay_yuan": "999.99"}, "V-1"), ("before_the_notice", {"outlay_yuan": "1",
            "booked_on": "2021-02-28"}, None)),
    *[case(f"ledger_payment_differs_{name}", "ledger_payment_differs", klass(), claim(**of), ledger("~V", **line), expect=expect)
      for name, of, line, expect in [
          ("equal", {}, {}, []), ("fen_more", {}, {"outlay_yuan": "1000.01"}, "V-1 0.01"), ("fen_short", {},
              {"outlay_yuan": "999.99"}, "V-1 0.01"),
          ("unpaid", {"paid_yuan": None, "claim_status": "approved"}, {}, "V-1 1000.00"), ("no_claim", {},
              {"claim_id": None}, []),
          ("first_day", {}, {"outlay_yuan": "1", "booked_on": "2021-03-01"}, "V-1"), ("day_before", {}, {"outlay_yuan": "1",
           "booked_on": "2021-02-28"}, [])]],
    *table("living_fund_before_2021_03", living,
        ("leap_day", {}, "C"), ("its_first_day", {"paid_on": "2019-09-30"}, "C"), ("day_before", {"paid_on": "2019-09-29"}, None),
        ("last_day", {"paid_on": "2021-02-28"}, "C 1.00"), ("elsewhere", {"place": "500112"}, None), ("dalian",
            {"place": "210202"}, None),
        ("nothing_paid", {"paid_yuan": "0"}, None), ("returned", {"claim_status": "returned"}, None)),
    *table("apprentice_floor", apprentices,
        ("a_year_over_a_leap_day", {"claimed": "4000"}, None), ("a_fen_short", {"claimed": "3999.99"}, "C 0.01"),
        ("two_heads", {"claimed": "7999.99", "heads": 2}, "C 0.01"), ("no_heads_no_floor", {"claimed": "1", "heads": 0}, None),
        ("whole_months_only", {"claimed": "4000", "ends_on": "2021-03-30"}, None), ("thirteen_months", {"claimed": "4333.32",
         "ends_on": "2021-03-31"}, "C 0.01"), ("elsewhere", {"claimed": "1", "district_code": "500112"}, None),
        ("returned", {"claimed": "1", "claim_status": "returned"}, None), ("dalian", {"claimed": "1",
            "district_code": "210202"}, None)),
    *table("shared_phone", phone,
        ("four", {"count": 4}, None), ("six", {"count": 6}, [f"A/p{n}" for n in range(6)]), ("dalian", {"count": 5,
            "district_code": "210202"}, None),
        ("elsewhere", {"count": 5, "district_code": "500112"}, [f"A/p{n}" for n in range(5)]),
        ("pending", {"count": 5, "class_status": "pending"}, None), ("before_the_opinion", {"count": 5,
            "starts_on": "2012-08-23"}, None),
        ("its_first_day", {"count": 5, "starts_on": "2012-08-24"}, [f"A/p{n}" for n in range(5)])),
    *table("ojt_after_end", lambda **changes: [month(1, **changes)],
        ("november", {"first": "2021-11"}, None), ("december", {"first": "2021-12"}, None), ("january", {"first": "2022-01"},
            "JE1 300.00"),
        ("returned", {"first": "2022-01", "claim_status": "returned"}, None), ("submitted", {"first": "2022-02",
            "claim_status": "submitted"}, "JE1"),
        ("dalian", {"first": "2022-01", "unit": "210202"}, None), ("sichuan", {"first": "2022-01", "unit": "510104"}, None)),
    *table("ojt_months_person", two,
        ("three_and_three", {"first": 3, "second": 3}, None), ("three_and_four", {"first": 3, "second": 4}, "JF7"),
        ("six_and_two", {"first": 6, "second": 2}, ["JF7", "JF8"]), ("elsewhere", {"first": 6, "second": 2,
            "unit": "500112"}, None),
        ("dalian", {"first": 6, "second": 2, "unit": "210202"}, None), ("one_employer", {"first": 7, "second": 0}, None),
        ("two_years", {"first": 5, "second": 5}, ["JF10", "JF7", "JF8", "JF9"])),
    case("ojt_overlap_over_a_leap_february", "ojt_overlap", month(1, first="2021-03"), klass(starts_on="2021-03-01",
        ends_on="2021-03-01"),
         trainee(), expect="JE1"),
    *[case(f"5101{n}", "plan_changed_twice", *[target(f"5101{n}", version) for version in versions], expect="" if fires else [])
      for n, versions, fires in [(31, (0,), 0), (32, (1,), 0), (33, (2,), 1), (34, (0, 1, 2), 1), (35, (0, 3), 1), (36, (0,
          1), 0)]],
    *[case(f"5002{n}", "plan_changed_twice", target(f"5002{n}", 2)) for n in (31, 32)],
    *[case(f"5103{n:02}", "pushes_too_few", pushes(f"5103{n:02}", "veteran", count), expect=[
        f"/{group}" for group in ("disabled", "graduate", "rural_worker", "unemployed", *(["veteran"] if count < 3 else []))])
      for n, count in enumerate((1, 2, 3, 4, 5, 6, 7), start=11)],
    case("500233", "pushes_too_few", pushes("500233", "veteran", 1)), case("210231", "pushes_too_few", pushes("210231",
        "veteran", 1)),
    *[case(f"2102{n}", "catalogue_changed_twice", *[dalian_project(f"2102{n}", f"~{day}", project_id=f"~P{day}",
        valid_from=day) for day in days],
           expect="" if fires else [])
      for n, days, fires in [
          (41, ("2021-01-01",), 0), (42, ("2021-01-01", "2021-01-02"), 1), (43, ("2020-12-31", "2021-01-01"), 0), (44,
              ("2021-12-31",), 0),
          (45, ("2021-01-01", "2021-12-31"), 1), (46, ("2020-02-28", "2020-02-29"), 1)]],
    case("500241", "catalogue_changed_twice", dalian_project("500241", "~甲", project_id="~P"), dalian_project(
        "500241", "~乙", project_id="~Q", valid_from="2021-07-01")),
    *[case(f"5001{n}", "equal_split", split(count, (f"5001{n}", *quotas), certified), expect="" if fires else [])
      for n, count, quotas, certified, fires in [
          (51, 5, (100,), 4, 1), (52, 6, (100,), 5, 1), (53, 5, (1000, 1010), 3, 1), (54, 5, (1000, 1011), 3, 0), (55, 5,
              (100,), 0, 0)]],
    case("210251", "equal_split", split(5, ("210251", 100), 3)),
]  # fmt: skip
