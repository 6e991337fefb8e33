"""Dalian (DL2011): six in a life, one a year, occupations, catalogues, new hires, start-up."""

from tests.spec.policy.case import case, certificate, claim, klass, row, spell, trainee

THERE = {"district_code": "210202"}


def lesson(class_id: str = "~A", **changes: object):
    return klass(class_id, **(THERE | changes))


def years(first: int, count: int, **changes: object) -> list:
    return [
        item
        for year in range(first, first + count)
        for item in (lesson(f"~{year}", starts_on=f"{year}-04-01", ends_on=f"{year}-04-30", occupation_name=f"~{year}",
        **changes),
                     trainee(f"~{year}"))
    ]  # fmt: skip


def hire(**changes: object):
    return trainee(**({"trainee_categories": ["new_hire"], "employer_id": "~E", "contract_from": "2021-01-01",
                       "contract_to": "2021-12-31"} | changes))  # fmt: skip


FIRM = row("enterprises", employer_id="~E", year=2021, district_code="210202")
SPELLS = [spell(), spell(insurance_kind="registration")]
LISTED = row("institutions", institution_id="~I", institution_kind="private_school", district_code="210202",
listed_on="2020-01-01",
             list_status="designated")  # fmt: skip


def project(unit: str, name: str = "焊工", **changes: object):
    return row("projects", unit=unit, **({"project_id": "~P", "occupation_name": name, "certificate_kind": "qualification",
                                          "standard_yuan": "1", "valid_from": "2021-01-01"} | changes))  # fmt: skip


CASES = [
    case("dl_sixth", "lifetime_count", years(2011, 6)),
    case("dl_seventh", "lifetime_count", years(2011, 7), expect="2017/p 1500.00"),
    case("dl_once_a_year", "second_in_year", years(2020, 2)),
    case("dl_twice_a_year", "second_in_year", lesson("~1", ends_on="2021-04-20"), trainee("~1"), lesson("~2"), trainee("~2"),
         expect="2/p 1500.00"),
    case("dl_no_third_rule", "fourth_in_year repeat_occupation_level", lesson("~1", ends_on="2021-04-20"), trainee("~1"),
         lesson("~2"),
         trainee("~2")),
    case("dl_student_twice", "second_as_student", lesson("~1", starts_on="2020-04-01", ends_on="2020-04-30"),
         trainee("~1", trainee_categories=["college_student"]), lesson("~2"), trainee("~2",
         trainee_categories=["college_student"]),
         expect="2/p"),
    case("dl_student_in_one_year", "second_in_year", lesson("~1", ends_on="2021-04-20"),
         trainee("~1", trainee_categories=["college_student"]), lesson("~2"), trainee("~2",
         trainee_categories=["college_student"])),
    case("dl_graduate_later", "second_as_student", lesson("~1", starts_on="2020-04-01", ends_on="2020-04-30"),
         trainee("~1", trainee_categories=["college_student"]), lesson("~2"), trainee("~2", trainee_categories=["graduate"])),
    *[case(f"dl_{group}", "category_not_eligible", lesson(), trainee(trainee_categories=[group]),
    expect=["A/p"] if fires else [])
      for group, fires in [("unemployed", 0), ("rural_worker", 0), ("veteran", 0), ("graduate", 0), ("college_student", 0),
                           ("school_leaver", 0), ("new_hire", 0), ("enterprise_employee", 1), ("disabled", 1)]],
    # occupations
    case("dl_two_beginners", "third_beginner_occupation", years(2018, 2)),
    case("dl_three_beginners", "third_beginner_occupation",
         [item for n in (1, 2, 3) for item in (lesson(f"~{n}", ends_on=f"202{n - 1}-04-30", starts_on=f"202{n - 1}-04-01",
         occupation_name=f"~{n}"),
                                               trainee(f"~{n}", trainee_categories=["unemployed"]))], expect="3/p 1500.00"),
    case("dl_three_beginners_veteran", "third_beginner_occupation",
         [item for n in (1, 2, 3) for item in (lesson(f"~{n}", ends_on=f"202{n - 1}-04-30", starts_on=f"202{n - 1}-04-01",
         occupation_name=f"~{n}"),
                                               trainee(f"~{n}"))]),
    case("dl_advance_in_one", "second_advancing_occupation",
         [item for n, level in ((1, "5"), (2, "4"), (3, "3")) for item in (
             lesson(f"~{n}", ends_on=f"201{n}-04-30", starts_on=f"201{n}-04-01", skill_level=level),
             trainee(f"~{n}", trainee_categories=["rural_worker"]))]),
    case("dl_advance_in_two", "second_advancing_occupation",
         [item for n, name in ((1, "甲"), (2, "乙")) for item in (
             lesson(f"~{n}", ends_on=f"201{n}-04-30", starts_on=f"201{n}-04-01", skill_level="4", occupation_name=f"~{name}"),
             trainee(f"~{n}", trainee_categories=["rural_worker"]))], expect="2/p"),
    case("dl_advance_outside_the_two", "second_advancing_occupation",
         [item for n, name, level in ((1, "甲", "5"), (2, "乙", "5"), (3, "丙", "4")) for item in (
             lesson(f"~{n}", ends_on=f"201{n}-04-30", starts_on=f"201{n}-04-01", skill_level=level,
             occupation_name=f"~{name}"),
             trainee(f"~{n}", trainee_categories=["rural_worker"]))], expect="3/p"),
    # new hires
    case("dl_hire", "new_hire_conditions", lesson(), hire(), FIRM, SPELLS),
    case("dl_hire_contract_short", "new_hire_conditions", lesson(), hire(contract_to="2021-12-30"), FIRM, SPELLS,
         expect="A/p 1500.00"),
    case("dl_hire_contract_open", "new_hire_conditions", lesson(), hire(contract_to=None), FIRM, SPELLS),
    case("dl_hire_no_contract", "new_hire_conditions", lesson(), hire(contract_from=None), FIRM, SPELLS, expect="A/p"),
    case("dl_hire_not_insured", "new_hire_conditions", lesson(), hire(), FIRM, SPELLS[1], expect="A/p"),
    case("dl_hire_insured_before", "new_hire_conditions", lesson(), hire(), FIRM, SPELLS[1], spell(ends_on="2021-03-31"),
         expect="A/p"),
    case("dl_hire_not_filed", "new_hire_conditions", lesson(), hire(), FIRM, SPELLS[0], expect="A/p"),
    case("dl_hire_insured_elsewhere", "new_hire_conditions", lesson(), hire(), FIRM, SPELLS[1], spell(employer_id="~F"),
         expect="A/p"),
    case("dl_hire_filed_without_employer", "new_hire_conditions", lesson(), hire(), FIRM, SPELLS[0],
         spell(insurance_kind="registration", employer_id=None)),
    case("dl_hire_of_dispatch_firm", "new_hire_conditions", lesson(), hire(), SPELLS,
         row("enterprises", employer_id="~E", year=2021, district_code="210202", is_labour_dispatch=True), expect="A/p"),
    case("dl_hire_of_firm_elsewhere", "new_hire_conditions", lesson(), hire(), SPELLS,
         row("enterprises", employer_id="~E", year=2021, district_code="210102"), expect="A/p"),
    case("dl_hire_and_veteran", "new_hire_conditions", lesson(), hire(trainee_categories=["new_hire", "veteran"])),
    # induction, six months clamped to the month's end
    case("dl_induction_last_day", "induction_late", lesson(training_type="induction", starts_on="2021-02-28"),
         hire(contract_from="2020-08-31")),
    case("dl_induction_day_after", "induction_late", lesson(training_type="induction", starts_on="2021-03-01"),
         hire(contract_from="2020-08-31"),
         expect="A/p 1500.00"),
    case("dl_induction_other_kind", "induction_late", lesson(starts_on="2021-03-01"), hire(contract_from="2020-08-31")),
    # certificates and catalogues
    case("dl_qualification", "no_national_qualification", lesson(), trainee(), claim(),
         certificate(certificate_kind="qualification")),
    case("dl_skill_level", "no_national_qualification", lesson(), trainee(), claim(), certificate(), expect="A/p 1500.00"),
    case("dl_other_kind_unclaimed", "no_national_qualification", lesson(), trainee(), certificate(), expect="A/p"),
    case("dl_no_certificate_unclaimed", "no_national_qualification", lesson(), trainee()),
    case("dl_startup_certificate", "no_national_qualification", lesson(training_type="entrepreneurship"), trainee(), claim(),
         certificate(certificate_kind="startup_completion")),
    case("dl_designated", "not_designated", lesson(), LISTED),
    case("dl_listed_only", "not_designated", lesson(), LISTED[:1] + (LISTED[1] | {"list_status": "white"},),
         expect="A 1500.00"),
    case("dl_in_catalogue", "occupation_not_in_catalogue", lesson(district_code="210203"), project("210203")),
    case("dl_not_in_catalogue", "occupation_not_in_catalogue", lesson(occupation_name="~甲"), expect="A"),
    case("dl_catalogue_not_yet", "occupation_not_in_catalogue", lesson(occupation_name="~乙"), project("210203", "~乙",
         valid_from="2021-04-02"),
         expect="A"),
    case("dl_catalogue_of_chongqing", "occupation_not_in_catalogue", lesson(occupation_name="~丙"), project("500103",
         "~丙"), expect="A"),
    case("dl_shortage", "not_in_shortage_catalogue", lesson(training_type="upskilling", occupation_name="~丁"),
         project("210203", "~丁", is_shortage=True)),
    case("dl_no_shortage", "not_in_shortage_catalogue", lesson(training_type="upskilling", occupation_name="~戊"),
         project("210203", "~戊", is_shortage=False), expect="A"),
    case("dl_200_lessons", "entrepreneurship_lessons", lesson(training_type="entrepreneurship", total_lessons=200)),
    case("dl_199_lessons", "entrepreneurship_lessons", lesson(training_type="entrepreneurship", total_lessons=199),
         expect="A"),
    case("dl_199_lessons_elsewhere", "entrepreneurship_lessons", klass(training_type="entrepreneurship", total_lessons=199)),
    case("dl_simulation", "simulation_without_certificate", lesson(training_type="startup_simulation"), trainee(),
         certificate(class_id=None, certificate_kind="startup_completion", examined_on="2021-04-01", occupation_name="创业")),
    case("dl_simulation_too_early", "simulation_without_certificate", lesson(training_type="startup_simulation"), trainee(),
         certificate(class_id=None, certificate_kind="startup_completion", examined_on="2021-04-02",
         occupation_name="创业"), expect="A/p"),
]  # fmt: skip

# the subject of these is a district of its own
UNITS = [
    case("210211", "catalogue_changed_twice", project("210211", "~甲"), project("210211", "~乙", project_id="~Q")),
    case("210212", "catalogue_changed_twice", project("210212", "~甲"), project("210212", "~乙", project_id="~Q",
         valid_from="2021-07-01"),
         expect=""),
    case("210213", "catalogue_changed_twice",
         [row("publications", unit="210213", item="project_catalogue", period="2021",
         published_on=day) for day in ("2021-01-05", "2021-07-05")],
         expect=""),
]  # fmt: skip
