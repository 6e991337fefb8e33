"""The Sichuan draft, switched on: previews only; switched off it raises nothing (`test_findings.test_draft_off`)."""

from tests.spec.policy.case import case, certificate, claim, klass, row, trainee

THERE = {"district_code": "510104", "applied_on": "2021-03-01"}
SAID = {
    "project_id": "~P", "occupation_name": "焊工", "skill_level": "5", "certificate_kind": "completion",
    "standard_yuan": "1500",
    "valid_from": "2021-01-01", "planned_headcount": 30, "min_lessons": 60, "evaluation_route": "评价", "job_route": "推荐",
    "pay_guide": "面议", "published_on": "2021-04-01", "publication_channels": ["网站", "平台"], "unit": "510104",
}  # fmt: skip


def lesson(**changes: object):
    return klass(**(THERE | changes))


def project(**changes: object):
    return row("projects", **(SAID | changes))


def ten(assessed: int) -> list:
    """Ten completed trainees, `assessed` of them with a result."""
    return [trainee(person=f"~p{n}") for n in range(10)] + [
        certificate(f"~p{n}", result="passed" if n else "failed") for n in range(assessed)
    ]


CASES = [
    case("sc_published", "project_unpublished", lesson(project_id="~P"), project()),
    case("sc_published_day_after", "project_unpublished", lesson(project_id="~P"), project(published_on="2021-04-02"),
         claim(),
         expect="A 1000.00"),
    case("sc_not_published", "project_unpublished", lesson(project_id="~P"), project(published_on=None), expect="A"),
    case("sc_project_whole", "project_items_missing", project()),
    case("sc_project_one_channel", "project_items_missing", project(publication_channels=["网站"]), expect="P"),
    case("sc_project_no_pay_guide", "project_items_missing", project(pay_guide=None), expect="P"),
    case("sc_assessment_20", "assessment_part_low", project(base_standard_yuan="800", assessment_standard_yuan="200")),
    case("sc_assessment_under", "assessment_part_low", project(base_standard_yuan="800.05", assessment_standard_yuan="200"),
         expect="P"),
    case("sc_participation_90", "participation_low", lesson(), ten(9)),
    case("sc_participation_80", "participation_low", lesson(), ten(8), expect="A"),
    case("sc_participation_elsewhere", "participation_low", klass(), ten(8)),
    case("sc_orderly", "control_points_disordered", lesson(), claim()),
    case("sc_approved_after_start", "control_points_disordered", lesson(approved_on="2021-04-02"), expect="A"),
    case("sc_never_applied", "control_points_disordered", lesson(applied_on=None), expect="A"),
    case("sc_paid_unknown", "SC-9a:paid_not_in_system", claim(unit="510104"), expect="C 1000.00"),
    case("sc_black", "SC-10a:black_listed_institution", lesson(),
         row("institutions", institution_id="~I", listed_on="2020-01-01", list_status="black", list_status_from="2021-04-01",
             institution_kind="private_school"), expect="A"),
    case("sc_phone", "SC-10b:shared_phone", lesson(), [trainee(person=f"~p{n}", phone_key="~t") for n in range(5)],
         expect=[f"A/p{n}" for n in range(5)]),
    case("sc_frontline", "SC-15b:frontline_share",
         row("enterprises", employer_id="~E", year=2021, district_code="510104", education_fund_used_yuan="100",
             education_fund_frontline_yuan="59"), expect="E 1.00"),
    case("sc_pooled", "insurance_money_pooled",
         row("fund_ledger", unit="510104", voucher_no="~V", line_no=1, booked_on="2021-05-01", account="employment_fund",
             purpose="quota_in", income_yuan="700"), expect="V-1 700.00"),
    case("sc_not_pooled", "insurance_money_pooled",
         row("fund_ledger", unit="510104", voucher_no="~V", line_no=1, booked_on="2021-05-01", account="special_account",
             purpose="quota_in", income_yuan="700")),
]  # fmt: skip


def target(unit: str, version: int):
    return row("targets", reporting_unit=unit, indicator_code="person_times", period="2021", plan_version=version,
    target_value="9",
               unit_of_measure="person_times")  # fmt: skip


def pushes(unit: str, group: str, count: int) -> list:
    return [row("publications", unit=unit, item="training_push", period="2021", audience=group, published_on=f"2021-0{n}-01")
            for n in range(1, count + 1)]  # fmt: skip


# the subject of these is a district of its own
UNITS = [
    case("510114", "plan_changed_twice", target("510114", 0), target("510114", 1)),
    case("510115", "plan_changed_twice", target("510115", 1), target("510115", 2), expect=""),
    case("510116", "pushes_too_few", pushes("510116", "veteran", 3), pushes("510116", "disabled", 2),
         expect=["/disabled", "/graduate", "/rural_worker", "/unemployed"]),
    case("510000", "demonstration_too_few", expect=""),
]  # fmt: skip
