"""Classes, institutions, employers, patterns, publication.

YZ2019-11a, 12e, 13c, 14, 15b, 16a, 17b; CQ2021-1, 2, 4, 5, 6, 8f; CQ2012-2; SC-9c, 10b.
"""

from tests.spec.policy.case import case, certificate, claim, klass, row, spell, trainee


def institution(name: str = "~I", **changes: object):
    return row("institutions", institution_id=name, **({"listed_on": "2019-01-01", "institution_kind": "private_school",
                                                        "tier": "district",
                                                        "district_code": "500103"} | changes))  # fmt: skip


def project(**changes: object):
    return row("projects", project_id="~P", **({"occupation_name": "焊工", "skill_level": "5",
    "certificate_kind": "skill_level",
                                                "standard_yuan": "1500", "valid_from": "2021-01-01"} | changes))  # fmt: skip


def firm(name: str = "~E", **changes: object):
    return row("enterprises", employer_id=name, **({"year": 2021, "district_code": "500103"} | changes))


def signs(count: int, days: int, late: tuple = ()) -> list:
    """Attendance of `count` persons on `days` days, all at 08:59 and 17:01 but those in `late` (person, day)."""
    return [
        row("attendance", class_id="~A", person_key=f"~p{p}", attended_on=f"2021-04-{d:02}", delivery_mode="offline",
        lessons="6",
            signed_in_at=f"2021-04-{d:02} 09:{5 if (p, d) in late else 0:02}:{p:02}",
            signed_out_at=f"2021-04-{d:02} 17:01:00")
        for p in range(count) for d in range(1, days + 1)
    ]  # fmt: skip


def split(count: int, quotas: tuple, certified: int) -> list:
    """Quotas of `count` institutions of the case's own district and their trainings, of which the first `certified` certified."""
    return [
        item
        for n in range(count)
        for item in (
            row("targets", reporting_unit=quotas[0], indicator_code="person_times", period="2021", plan_version=0,
            unit_of_measure="person_times",
                breakdown=f"institution_id=~I{n}", target_value=str(quotas[1 + n % (len(quotas) - 1)])),
            klass(f"~A{n}", institution_id=f"~I{n}", district_code=quotas[0]), trainee(f"~A{n}", f"~p{n}"),
            *([certificate(f"~p{n}", f"~A{n}")] if n < certified else []),
        )
    ]  # fmt: skip


SENIOR = {"skill_level": "3"}
MAJOR6 = {"occupation_name": "电工", "occupation_code": "6-31-01-03"}
MAJOR4 = {"occupation_name": "养老护理员", "occupation_code": "4-10-01-05"}
NEW4 = {"occupation_name": "供应链管理师"}
RATES = "rate_above_200 rate_below_floor"

CASES = [
    # groups of trainees
    case("project_group", "project_based_category", klass(is_project_based=True), trainee()),
    case("project_other_group", "project_based_category", klass(is_project_based=True),
         trainee(trainee_categories=["graduate"]),
         expect="A/p 1500.00"),
    case("not_project_based", "project_based_category", klass(), trainee(trainee_categories=["graduate"])),
    case("project_group_elsewhere", "project_based_category", klass(is_project_based=True, district_code="500112"),
         trainee(trainee_categories=["graduate"])),
    case("fee", "fee_in_free_training", klass(), trainee(fee_yuan="80"), expect="A/p 80.00"),
    case("fee_of_nothing", "fee_in_free_training", klass(), trainee(fee_yuan="0")),
    case("fee_of_employee", "fee_in_free_training", klass(), trainee(fee_yuan="80",
         trainee_categories=["enterprise_employee"])),
    case("fee_before_the_plan", "fee_in_free_training", klass(starts_on="2019-09-29"), trainee(fee_yuan="80")),
    case("fee_on_its_day", "fee_in_free_training", klass(starts_on="2019-09-30"), trainee(fee_yuan="80"), expect="A/p"),
    *[case(f"unemployed_{name}", "insured_in_unemployed_training", klass(), trainee(trainee_categories=["unemployed"]),
    spell(**spells),
           expect=["A/p"] if fires else [])
      for name, spells, fires in [
          ("first_day", {"starts_on": "2021-04-01"}, True), ("day_after", {"starts_on": "2021-04-02"}, False),
          ("last_day", {"ends_on": "2021-04-01"}, True), ("day_before", {"ends_on": "2021-03-31"}, False),
          ("flexible", {"insurance_kind": "flexible"}, False), ("injury", {"insurance_kind": "injury"}, True)]],
    case("insured_veteran", "insured_in_unemployed_training", klass(), trainee(), spell()),
    # identity
    case("died_before_the_end", "died", klass(), trainee(), spell(died_on="2021-04-29"), expect="A/p 1500.00"),
    case("died_on_the_last_day", "died", klass(), trainee(), spell(died_on="2021-04-30")),
    case("pensioned", "retired", klass(), trainee(), spell(pension_from="2021-04-01"), expect="A/p 1500.00"),
    case("pensioned_day_after", "retired", klass(), trainee(), spell(pension_from="2021-04-02")),
    case("payroll", "public_payroll", klass(), trainee(), claim(), spell(insurance_kind="public_payroll",
         starts_on="2021-04-30"),
         expect="A/p 1500.00"),
    case("payroll_day_after", "public_payroll", klass(), trainee(), claim(), spell(insurance_kind="public_payroll",
         starts_on="2021-05-01")),
    case("payroll_until_day_before", "public_payroll", klass(), trainee(), claim(),
         spell(insurance_kind="public_payroll", starts_on="2020-01-01", ends_on="2021-03-31")),
    case("payroll_not_claimed", "public_payroll", klass(), trainee(), spell(insurance_kind="public_payroll")),
    # lists
    case("listed", "not_listed_institution black_listed_institution", klass(), institution(listed_on="2021-04-01")),
    case("listed_day_after", "not_listed_institution", klass(), institution(listed_on="2021-04-02"), claim(),
         expect="A 1000.00"),
    case("delisted_day_after", "not_listed_institution", klass(), institution(delisted_on="2021-04-02")),
    case("delisted_that_day", "not_listed_institution", klass(), institution(delisted_on="2021-04-01"), expect="A 0.00"),
    case("listed_again", "not_listed_institution", klass(), institution(delisted_on="2020-01-01"),
         institution(listed_on="2021-01-01")),
    case("unknown_institution", "not_listed_institution", klass(), expect="A"),
    case("list_elsewhere", "not_listed_institution", klass(district_code="500112")),
    case("project_in_force", "not_listed_project", klass(project_id="~P"), project(valid_to="2021-04-01")),
    case("project_expired", "not_listed_project", klass(project_id="~P"), project(valid_to="2021-03-31"), expect="A"),
    case("project_too_new", "not_listed_project", klass(project_id="~P"), project(valid_from="2021-04-02"), expect="A"),
    case("no_project", "not_listed_project", klass()),
    case("black", "YZ2019-16a:black_listed_institution", klass(), institution(list_status="black",
         list_status_from="2021-04-01"), expect="A"),
    case("black_later", "black_listed_institution", klass(), institution(list_status="black", list_status_from="2021-04-02")),
    case("black_elsewhere", "CQ2012-2.3:black_listed_institution", klass(district_code="500112"),
         institution(list_status="black", list_status_from="2021-04-01"), expect="A"),
    case("black_in_yuzhong_by_the_local_rule", "CQ2012-2.3:black_listed_institution", klass(),
         institution(list_status="black", list_status_from="2021-04-01")),
    # daily rates: 60 lessons are 10 days
    case("rate_200", RATES, klass(standard_yuan="2000", **MAJOR6)),
    case("rate_over_200", RATES, klass(standard_yuan="2000.01", **MAJOR6), trainee(), trainee(person="~q"), expect="A 0.02"),
    case("rate_floor_6", RATES, klass(standard_yuan="1500", **MAJOR6)),
    case("rate_under_floor_6", RATES, klass(standard_yuan="1499.99", **MAJOR6), expect="A"),
    case("rate_floor_6_senior", RATES, klass(standard_yuan="1800", **MAJOR6, **SENIOR)),
    case("rate_under_floor_6_senior", RATES, klass(standard_yuan="1799.99", **MAJOR6, **SENIOR), expect="A"),
    case("rate_floor_4", RATES, klass(standard_yuan="1300", **MAJOR4)),
    case("rate_under_floor_4", RATES, klass(standard_yuan="1299.99", **MAJOR4), expect="A"),
    case("rate_floor_4_senior", RATES, klass(standard_yuan="1500", **MAJOR4, **SENIOR)),
    case("rate_under_floor_4_senior", RATES, klass(standard_yuan="1499.99", **MAJOR4, **SENIOR), expect="A"),
    case("rate_no_level", RATES, klass(standard_yuan="1300", skill_level=None, **MAJOR4)),
    case("rate_old_approval", RATES, klass(standard_yuan="9000", approved_on="2021-02-28", **MAJOR6)),
    case("rate_first_day", RATES, klass(standard_yuan="2100", approved_on="2021-03-01", **MAJOR6), trainee(),
         expect="A 100.00"),
    case("rate_of_the_project", RATES, klass(project_id="~P", standard_yuan="2100", **MAJOR6), project(standard_yuan="1900")),
    case("rate_project_not_in_force", RATES, klass(project_id="~P", standard_yuan="2100", **MAJOR6),
         project(valid_to="2021-03-19", standard_yuan="1900"), expect="A"),
    case("rate_apprenticeship", RATES, klass(standard_yuan="9000", training_type="apprenticeship", **MAJOR6)),
    case("rate_entrepreneurship", RATES, klass(standard_yuan="9000", training_type="entrepreneurship")),
    case("rate_dalian", RATES, klass(standard_yuan="9000", district_code="210202", **MAJOR6)),
    case("rate_unrounded_days", RATES, klass(standard_yuan="1520", total_lessons=61, **MAJOR6), expect="A"),
    case("rate_major_by_name", RATES, klass(standard_yuan="1400", occupation_name="电工"), expect="A"),
    # new occupations
    case("new_at_rate", "new_occupation_rate rate_above_200 rate_below_floor", klass(**NEW4)),
    case("new_above", "new_occupation_rate", klass(standard_yuan="2000", **NEW4), trainee(), expect="A 500.00"),
    case("new_below", "new_occupation_rate", klass(standard_yuan="1400", **NEW4), trainee(), expect="A 0.00"),
    case("new_senior", "new_occupation_rate", klass(standard_yuan="1800", **NEW4, **SENIOR)),
    case("new_senior_at_plain_rate", "new_occupation_rate", klass(**NEW4, **SENIOR), expect="A"),
    case("new_at_the_cap", "new_occupation_rate", klass(standard_yuan="6000", total_lessons=600, **NEW4)),
    case("new_old_approval", "new_occupation_rate", klass(standard_yuan="2000", approved_on="2021-02-28", **NEW4)),
    case("new_of_group_2", "new_occupation_rate", klass(standard_yuan="2000", occupation_name="人工智能工程技术人员")),
    case("new_of_group_2_above", "new_occupation_rate rate_above_200", klass(standard_yuan="2000.01",
         occupation_name="人工智能工程技术人员"), trainee(), expect="A 0.01"),
    case("new_not_yet_published", "new_occupation_rate", klass(standard_yuan="2000", occupation_name="调饮师",
         starts_on="2021-03-17")),
    case("new_on_publication", "new_occupation_rate", klass(standard_yuan="2000", occupation_name="调饮师",
         starts_on="2021-03-18"),
         expect="A"),
    case("new_by_flag", "new_occupation_rate", klass(standard_yuan="2000", occupation_name="~新职", project_id="~P"),
         project(is_new_occupation=True, standard_yuan="2000"), expect="A"),
    case("not_new", "new_occupation_rate", klass(standard_yuan="2000", **MAJOR4)),
    # hours
    case("online_30", "online_share", klass(online_lessons=18), trainee()),
    case("online_over_30", "online_share", klass(online_lessons=24), trainee(), trainee(person="~q"), expect="A 120.00"),
    case("online_old_approval", "online_share", klass(online_lessons=24, approved_on="2021-02-28"), trainee()),
    case("half_the_days", "short_class", klass(), trainee(), signs(1, 5)),
    case("under_half_the_days", "short_class", klass(), trainee(), signs(1, 4), claim(), expect="A 1000.00"),
    case("no_attendance_kept", "short_class", klass(), trainee()),
    # employers
    case("centre_published", "centre_before_publication", klass(institution_id="~E"), firm(has_training_centre=True,
         centre_published_on="2021-04-01")),
    case("centre_not_yet", "centre_before_publication", klass(institution_id="~E"),
         firm(has_training_centre=True, centre_published_on="2021-04-02"), expect="A"),
    case("centre_day_unknown", "centre_before_publication", klass(institution_id="~E"), firm(has_training_centre=True)),
    case("own_staff", "centre_relation", klass(institution_id="~E"), firm(has_training_centre=True),
         trainee(employer_id="~E")),
    case("strangers", "centre_relation", klass(institution_id="~E"), firm(has_training_centre=True),
         trainee(employer_id="~F"),
         expect="A/p 1500.00"),
    case("group_staff", "centre_relation", klass(institution_id="~E"), firm(has_training_centre=True, group_id="~G"),
         firm("~F", group_id="~G"), trainee(employer_id="~F")),
    case("subsidiary_staff", "centre_relation", klass(institution_id="~E"), firm(has_training_centre=True), firm("~F",
         group_id="~E"),
         trainee(employer_id="~F")),
    case("dispatched_staff", "centre_relation", klass(institution_id="~E"), firm(has_training_centre=True),
         firm("~F", is_labour_dispatch=True), trainee(employer_id="~F")),
    case("employer_blank", "centre_relation", klass(institution_id="~E"), firm(has_training_centre=True), trainee()),
    case("joint_apprenticeship", "centre_relation", klass(institution_id="~E", training_type="apprenticeship"),
         firm(has_training_centre=True), trainee(employer_id="~F")),
    case("centre_old_approval", "centre_relation", klass(institution_id="~E", approved_on="2021-02-28"),
         firm(has_training_centre=True),
         trainee(employer_id="~F")),
    case("left", "left_before_class", klass(employer_id="~E"), trainee(), spell(ends_on="2021-03-31"), expect="A/p 1500.00"),
    case("left_that_day", "left_before_class", klass(employer_id="~E"), trainee(), spell(ends_on="2021-04-01")),
    case("came_back", "left_before_class", klass(employer_id="~E"), trainee(), spell(ends_on="2021-03-31"),
         spell(starts_on="2021-04-20", insurance_kind="injury")),
    case("never_there", "left_before_class", klass(employer_id="~E"), trainee()),
    # apprenticeship
    *[case(f"term_{days}", "apprentice_term", klass(training_type="apprenticeship", ends_on=ends_on),
    expect=["A"] if fires else [])
      for days, ends_on, fires in [(364, "2022-03-30", True), (365, "2022-03-31", False), (731, "2023-04-01", False), (732,
      "2023-04-02", True)]],
    case("term_old_approval", "apprentice_term", klass(training_type="apprenticeship", approved_on="2021-02-28")),
    # bases and schools
    case("base_small", "base_volume",
         institution("~H", institution_kind="high_skill_base", tier="municipal", base_grant_yuan="1000000",
         base_grant_paid_yuan="400000"),
         expect="H 600000.00"),
    case("base_left", "base_volume", institution("~H", institution_kind="high_skill_base", tier="municipal",
         delisted_on="2021-12-31")),
    case("base_stays_over_the_year", "base_volume",
         institution("~H", institution_kind="high_skill_base", tier="national", delisted_on="2022-01-01"), expect="H"),
    case("district_technician", "district_school_level", klass(skill_level="2"), institution(), expect="A"),
    case("district_senior", "district_school_level", klass(skill_level="3"), institution()),
    case("municipal_technician", "district_school_level", klass(skill_level="2"), institution(tier="municipal")),
    # enterprises
    case("frontline_60", "frontline_share", firm(education_fund_used_yuan="1000", education_fund_frontline_yuan="600")),
    case("frontline_under", "YZ2019-13c:frontline_share", firm(education_fund_used_yuan="1000",
         education_fund_frontline_yuan="599.99"),
         expect="E 0.01"),
    case("frontline_elsewhere", "CQ2012-2.1b:frontline_share",
         firm(district_code="500112", education_fund_used_yuan="1000", education_fund_frontline_yuan="500"),
         expect="E 100.00"),
    case("frontline_local_only", "CQ2012-2.1b:frontline_share", firm(education_fund_used_yuan="1000",
         education_fund_frontline_yuan="500")),
    case("frontline_unknown", "frontline_share", firm(education_fund_used_yuan="1000")),
    case("drawn_enough", "education_fund", firm(payroll_yuan="1000000", education_fund_drawn_yuan="15000")),
    case("drawn_too_little", "education_fund", firm(payroll_yuan="1000000", education_fund_drawn_yuan="14999"),
         expect="E 1.00"),
    # patterns
    case("copied", "same_signs", klass(), signs(10, 5), expect="A"),
    case("copied_nine", "same_signs", klass(), signs(9, 5)),
    case("copied_four_days", "same_signs", klass(), signs(10, 4)),
    case("one_minute_once", "same_signs", klass(), signs(10, 5, late=((3, 5),))),
    case("copied_dalian", "same_signs", klass(district_code="210202"), signs(10, 5)),
    case("phone_of_four", "shared_phone", klass(), [trainee(person=f"~p{n}", phone_key="~t") for n in range(4)]),
    case("phone_of_five", "shared_phone", klass(), [trainee(person=f"~p{n}", phone_key="~t") for n in range(5)],
         expect=[f"A/p{n}" for n in range(5)]),
    case("bulk", "bulk_certificates", institution("~S", institution_kind="assessor", listed_on="2021-01-10"),
         [certificate(f"~p{n}", None, assessor_id="~S", issued_on="2021-07-01") for n in range(1001)], expect="S"),
    case("bulk_thousand", "bulk_certificates", institution("~S", institution_kind="assessor", listed_on="2021-01-10"),
         [certificate(f"~p{n}", None, assessor_id="~S", issued_on="2021-07-01") for n in range(1000)]),
    case("bulk_old_assessor", "bulk_certificates", institution("~S", institution_kind="assessor", listed_on="2020-12-31"),
         [certificate(f"~p{n}", None, assessor_id="~S", issued_on="2021-07-01") for n in range(1001)]),
]  # fmt: skip

PUBLISHED = ("project_catalogue", "institution_catalogue", "assessor_catalogue")


def published(*items: str, period: str = "2021") -> list:
    return [row("publications", item=item, period=period, published_on=f"{period[:4]}-06-01") for item in items]


# the subject of these is a district of its own
UNITS = [
    # Yuzhong keeps a register with these, so it owes the rest: each closed quarter a disclosure and a report,
    # each year three lists
    case("500103", "fund_use_unpublished report_missing list_unpublished",
         published("fund_use", period="2021Q1"), published("fund_use", period="2021Q2"), published("quarterly_report",
         period="2021Q2"),
         published(*PUBLISHED[:2]),
         expect=["/fund_use"] * 2 + ["/quarterly_report"] * 3 + ["/assessor_catalogue"]),
    case("500114", "equal_split", split(5, ("500114", 100, 101), 3), expect=""),
    case("500115", "equal_split", split(5, ("500115", 100, 102), 3)),
    case("500116", "equal_split", split(4, ("500116", 100), 3)),
    case("500117", "equal_split", split(5, ("500117", 100), 5)),
]
