"""Sums due (mart_subsidy_due): `A/p yuan`. Standards, hours, new occupations, terms, blocks."""

from tests.spec.policy.case import case, certificate, claim, klass, row, spell, trainee

ONE = [trainee(), certificate()]
NEW = {"occupation_name": "供应链管理师"}
TERM = {"training_type": "apprenticeship", "standard_yuan": "5000", "approved_on": "2020-06-01"}
DAY = row("attendance", class_id="~A", person_key="~p", attended_on="2021-04-01", delivery_mode="offline", lessons="3")
ABSENT = row("attendance", class_id="~A", person_key="~p", attended_on="2021-04-01", delivery_mode="offline", lessons="0")


def project(**changes: object):
    return row("projects", project_id="~P", **({"occupation_name": "焊工", "skill_level": "5",
    "certificate_kind": "skill_level",
                                                "standard_yuan": "1800", "valid_from": "2021-01-01"} | changes))  # fmt: skip


def due(name: str, yuan: str, *rows, kind: str = "training"):
    return case(f"due_{name}", f"{kind}:due", *rows, expect=f"A/p {yuan}")


def assessed(name: str, yuan: str, *rows, fee: str | None = "210.55"):
    return due(f"assessment_{name}", yuan, *rows, claim(subsidy_kind="assessment", standard_yuan=fee), kind="assessment")


CASES = [
    due("standard", "1500.00", klass(), ONE),
    due("not_completed", "0.00", klass(), trainee(completion="failed"), certificate()),
    due("no_certificate", "0.00", klass(), trainee()),
    due("wrong_kind", "0.00", klass(district_code="500112"), trainee(), certificate(certificate_kind="special_operation")),
    due("on_the_job", "1500.00", klass(training_type="on_the_job"), trainee(), kind="on_the_job"),
    due("own_fund", "0.00", klass(fund_source="enterprise_education_fund"), ONE),
    due("of_the_project", "1800.00", klass(project_id="~P"), ONE, project()),
    due("project_not_in_force", "1500.00", klass(project_id="~P"), ONE, project(valid_to="2021-03-19")),
    due("project_on_approval_day", "1800.00", klass(project_id="~P"), ONE, project(valid_from="2021-03-20",
         valid_to="2021-03-20")),
    due("project_of_another_level", "1500.00", klass(project_id="~P"), ONE, project(skill_level="4")),
    due("project_without_a_level", "1800.00", klass(project_id="~P"), ONE, project(skill_level=None)),
    due("project_of_the_level_before_any", "1700.00", klass(project_id="~P"), ONE, project(skill_level=None),
        project(standard_yuan="1700")),
    due("project_of_the_level", "1900.00", klass(project_id="~P", skill_level="4"), trainee(), certificate(skill_level="4"),
        project(), project(skill_level="4", standard_yuan="1900")),
    # online: 60 lessons, 10 days
    due("online_30", "1230.00", klass(online_lessons=18), ONE),
    due("online_all", "600.00", klass(online_lessons=60), ONE),
    due("online_cheap", "500.00", klass(online_lessons=30, standard_yuan="500"), ONE),
    due("online_half_up", "866.67", klass(online_lessons=20, total_lessons=40, standard_yuan="1333.33"), ONE),
    due("online_of_the_project", "1090.00", klass(project_id="~P", online_lessons=18), ONE, project(daily_rate_yuan="130")),
    due("online_bound_by_standard", "1000.00", klass(project_id="~P", online_lessons=6), ONE,
        project(daily_rate_yuan="190", standard_yuan="1000")),
    due("online_old_approval", "1050.00", klass(online_lessons=30, approved_on="2021-02-28"), ONE),
    due("daily_rate_offline", "1800.00", klass(project_id="~P"), ONE, project(daily_rate_yuan="130")),
    # new occupations
    due("new", "1500.00", klass(standard_yuan="9999", **NEW), ONE),
    due("new_by_code", "1500.00", klass(occupation_name="~某职业", occupation_code="4-02-06-05", standard_yuan="9999"), ONE),
    *[due(f"new_{name}", yuan, klass(standard_yuan="1000", approved_on="2020-02-01", starts_on=day, ends_on="2020-03-01", **NEW),
          ONE)
      for name, yuan, day in (("on_publication_day", "2000.00", "2020-02-25"), ("a_day_early", "1000.00", "2020-02-24"))],
    due("new_senior", "1800.00", klass(skill_level="3", **NEW), trainee(), certificate(skill_level="3")),
    due("new_capped", "6000.00", klass(total_lessons=600, **NEW), ONE),
    due("new_before", "2000.00", klass(approved_on="2021-02-28", **NEW), ONE),
    due("new_before_capped", "6000.00", klass(approved_on="2021-02-28", total_lessons=240, **NEW), ONE),
    due("new_odd_lessons", "1525.00", klass(total_lessons=61, **NEW), ONE),
    due("new_before_odd_lessons", "2033.33", klass(approved_on="2021-02-28", total_lessons=61, **NEW), ONE),
    # apprenticeship: whole months of the span, both ends
    due("year", "5000.00", klass(starts_on="2021-01-01", ends_on="2021-12-31", **TERM), ONE, kind="apprenticeship"),
    due("day_short_of_a_year", "4583.33", klass(starts_on="2021-01-01", ends_on="2021-12-30", **TERM), ONE,
         kind="apprenticeship"),
    due("month_end_to_month_end", "2500.00", klass(starts_on="2020-08-31", ends_on="2021-02-27", **TERM), ONE,
         kind="apprenticeship"),
    due("leap_day", "5000.00", klass(starts_on="2020-02-29", ends_on="2021-02-27", **TERM), ONE, kind="apprenticeship"),
    # blocks and flags
    due("died", "0.00", klass(), ONE, spell(died_on="2021-04-01")),
    due("retired_is_a_flag", "1500.00", klass(), ONE, spell(pension_from="2021-01-01")),
    case("due_repeat", "training:due", klass("~A", ends_on="2021-04-29"), klass("~B"), trainee("~A"), trainee("~B"),
         certificate(), certificate("~p", "~B"), expect=["A/p 1500.00", "B/p 0.00"]),
    # a draft that is switched on judges, it owes nothing
    case("due_draft_place", "training:due", klass(district_code="510104"), ONE),
    case("due_pending", "training:due", klass(class_status="pending"), ONE),
    case("due_other_province", "training:due", klass(district_code="330106"), ONE),
    # living
    due("living", "90.00", klass(), trainee(trainee_categories=["hard_to_employ"]),
        claim(subsidy_kind="living", standard_yuan="30"),
        [row("attendance", class_id="~A", person_key="~p", attended_on=day, delivery_mode=mode, lessons="3")
         for day, mode in (("2021-04-01", "offline"), ("2021-04-01", "online_live"), ("2021-04-02", "offline"),
         ("2021-04-05", "offline"))],
        kind="living"),
    due("living_blocked", "0.00", klass(), trainee(trainee_categories=["hard_to_employ"]), spell(died_on="2021-04-01"),
        claim(subsidy_kind="living", standard_yuan="30"), DAY, kind="living"),
    due("living_outside_the_groups_is_a_flag", "30.00", klass(), trainee(), claim(subsidy_kind="living", standard_yuan="30"), DAY,
        kind="living"),
    due("living_elsewhere", "30.00", klass(district_code="500112"), trainee(),
        claim(subsidy_kind="living", standard_yuan="30"), DAY, kind="living"),
    due("living_absent", "0.00", klass(), trainee(), claim(subsidy_kind="living", standard_yuan="30"), ABSENT, kind="living"),
    due("living_without_standard", "0.00", klass(), trainee(), claim(subsidy_kind="living"), DAY, kind="living"),
    # assessment: the fee of the claim, for a group entitled, on a certificate from an assessment
    *[assessed(name, yuan, klass(**place), trainee(trainee_categories=groups), certificate(certificate_kind=held))
      for name, yuan, place, groups, held in [
          ("veteran", "210.55", {}, ["veteran"], "skill_level"),
          ("second_group", "210.55", {}, ["disabled", "graduate"], "qualification"),
          ("staff", "0.00", {}, ["enterprise_employee"], "skill_level"),
          ("course_certificate", "0.00", {}, ["veteran"], "completion"),
          ("unknown_kind", "0.00", {}, ["veteran"], None),
          ("dalian", "210.55", {"district_code": "210202"}, ["college_student"], "qualification"),
          ("dalian_level", "0.00", {"district_code": "210202"}, ["college_student"], "skill_level"),
          ("on_the_first_day", "210.55", {"ends_on": "2012-08-24", "starts_on": "2012-08-01"}, ["veteran"], "qualification"),
          ("early", "0.00", {"ends_on": "2012-08-23", "starts_on": "2012-08-01"}, ["veteran"], "qualification")]],
    assessed("none_taken", "0.00", klass(), trainee()),
    assessed("blocked", "0.00", klass(), ONE, spell(died_on="2021-04-01")),
    assessed("no_fee", "0.00", klass(), ONE, fee=None),
    # a unit no document binds: nothing is priced, the claim stands
    case("due_claim_elsewhere", "training:due assessment:due", klass(district_code="510104"), ONE, claim(), expect="A/p"),
    # Dalian
    due("practical", "900.00", klass(district_code="210202", training_type="practical"), trainee(),
        certificate(certificate_kind="qualification"), kind="practical"),
    due("practical_elsewhere", "1230.00", klass(training_type="practical", online_lessons=18), ONE, kind="practical"),
    *[due(f"simulation_{name}", yuan, klass(district_code="210202", training_type="startup_simulation", ends_on=day,
          starts_on=day),
          trainee(), certificate(class_id=None, certificate_kind="startup_completion", examined_on="2010-03-01"),
          kind="startup_simulation")
      for name, yuan, day in (("on_the_first_day", "1000.00", "2011-01-01"), ("a_day_before", "1500.00", "2010-12-31"))],
    due("simulation_elsewhere", "1500.00", klass(training_type="startup_simulation"), ONE, kind="startup_simulation"),
    due("simulation", "1000.00", klass(district_code="210202", training_type="startup_simulation"), trainee(),
        certificate(class_id=None, certificate_kind="startup_completion", examined_on="2021-03-01"),
        kind="startup_simulation"),
    due("dalian_qualification_only", "0.00", klass(district_code="210202"), ONE),
    case("due_dalian_second_in_year", "training:due", klass(district_code="210202"), trainee(),
         certificate(certificate_kind="qualification"), klass("~0", district_code="210202", ends_on="2021-04-01"),
         trainee("~0"),
         expect=["0/p 0.00", "A/p 0.00"]),
]  # fmt: skip
