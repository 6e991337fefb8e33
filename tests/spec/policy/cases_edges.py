"""Cases at the edges of several rules at once: versions of a project, lines and heads of a claim, several claims, other places.

`training:claimed`, `training:paid`: what mart_subsidy_due says is claimed and paid of a training, beside what is due.
"""

from tests.spec.policy.case import case, certificate, claim, klass, row, spell, trainee
from tests.spec.policy.cases_due import project

ONE = [trainee(), certificate()]
TWO = [klass(), trainee(), trainee(person="~q"), certificate(), certificate("~q")]
NO_LEVEL = {"skill_level": None, "project_id": "~P"}
BARE = [trainee(), certificate(skill_level=None)]
OPEN = {"paid_yuan": None, "paid_on": None, "claim_status": "submitted"}
YEAR = {"training_type": "apprenticeship", "starts_on": "2020-07-01", "ends_on": "2021-06-30", "approved_on": "2020-06-01"}


def due(name, yuan, *rows, kind="training"):
    return case(f"edge_{name}", f"{kind}:due", *rows, expect=f"A/p {yuan}")


def of(claim_id, **changes):
    return claim(claim_id, **({"subsidy_kind": "apprenticeship", "payee_kind": "enterprise"} | changes))


CASES = [
    # the version of a project: in force on the day of approval, then of the level of the class
    due("level_unknown_two_standards", "1500.00", klass(**NO_LEVEL), BARE, project(), project(skill_level="4",
        standard_yuan="1900")),
    due("level_unknown_no_standard_of_its_own", "1800.00", klass(standard_yuan=None, **NO_LEVEL), BARE, project(),
        project(skill_level="4", standard_yuan="1900")),
    due("level_unknown_equal_standards", "1800.00", klass(**NO_LEVEL), BARE, project(), project(skill_level="4")),
    due("level_unknown_one_level", "1800.00", klass(**NO_LEVEL), BARE, project()),
    due("level_unknown_row_without_a_level", "1700.00", klass(**NO_LEVEL), BARE, project(), project(skill_level="4",
        standard_yuan="1900"), project(skill_level=None, standard_yuan="1700")),
    due("level_unknown_other_level_expired", "1800.00", klass(**NO_LEVEL), BARE, project(), project(skill_level="4",
        standard_yuan="1900", valid_to="2021-03-19")),
    due("overlapping_versions_the_newer", "1900.00", klass(project_id="~P"), ONE, project(valid_to="2021-12-31"),
        project(standard_yuan="1900", valid_from="2021-03-20")),
    due("last_day_of_a_version", "1800.00", klass(project_id="~P"), ONE, project(valid_to="2021-03-20"),
        project(standard_yuan="1900", valid_from="2021-03-21")),
    due("own_level_expired", "1700.00", klass(project_id="~P"), ONE, project(valid_to="2021-03-19"),
        project(skill_level=None, standard_yuan="1700")),
    due("standard_nowhere", "0.00", klass(standard_yuan=None), ONE),
    due("code_of_another_name", "1800.00", klass(project_id="~P"), ONE, project(occupation_name="供应链管理师",
        occupation_code="4-02-06-05")),
    case("edge_code_of_another_name_is_no_rate", "new_occupation_rate rate_above_200 rate_below_floor", klass(project_id="~P"),
         ONE, project(occupation_name="供应链管理师", occupation_code="4-02-06-05")),
    due("flag_of_an_expired_version", "1400.00", klass(project_id="~P", occupation_name="~某职业", standard_yuan="1400"),
        trainee(), certificate(occupation_name="~某职业"), project(is_new_occupation=True, valid_to="2021-03-19")),
    due("project_of_a_name_nobody_submitted", "1500.00", klass(project_id="~Q"), ONE),
    # what stands against a sum: the day the class ends, the certificate
    due("ends_on_the_data_date", "1500.00", klass(ends_on="2022-06-30"), ONE),
    due("ends_a_day_later", "0.00", klass(ends_on="2022-07-01"), ONE),
    due("examined_after_the_data_date", "0.00", klass(), trainee(), certificate(examined_on="2022-07-01")),
    due("certificate_revoked", "0.00", klass(), trainee(), certificate(certificate_status="revoked")),
    due("certificate_reissued", "1500.00", klass(), trainee(), certificate(certificate_status="reissued")),
    due("street_of_the_district", "1500.00", klass(district_code="500103002"), ONE),
    case("edge_street_is_bound", "retired", klass(district_code="500103002"), ONE, spell(pension_from="2021-04-01"),
         expect="A/p 1500.00"),
    case("edge_two_papers_are_two_persons", "repeat_occupation_level", klass("~A", ends_on="2021-04-29"), klass("~B"),
         trainee("~A"), trainee("~B", "~passport")),
    # lines and heads of a claim
    case("edge_lines_bear_their_own", "training:claimed", TWO, claim(person_key="~p"),
         claim(person_key="~q", claimed_yuan="2000.01"), expect=["A/p 1000.00", "A/q 2000.01"]),
    case("edge_lines_paid_their_own", "training:paid", TWO, claim(person_key="~p"),
         claim(person_key="~q", paid_yuan=None), expect=["A/p 1000.00", "A/q 0.00"]),
    case("edge_head_carries_the_money", "training:claimed", TWO, claim(claimed_yuan="3000.01"),
         claim(person_key="~p", claimed_yuan="3000.01"), claim(person_key="~q", claimed_yuan="3000.01"),
         expect=["A/p 1500.00", "A/q 1500.01"]),
    case("edge_line_returned", "training:claimed", TWO, claim(person_key="~p"), claim(person_key="~q", claim_status="returned"),
         expect=["A/p 1000.00", "A/q 0.00"]),
    case("edge_line_of_a_stranger", "training:claimed", klass(), ONE, claim(person_key="~p"),
         claim(person_key="~s", claimed_yuan="2000"), expect="A/p 1000.00"),
    case("edge_claims_add_up", "training:claimed", klass(), ONE, claim(), claim("~D", claimed_yuan="0.01"),
         claim("~V", claim_status="void"), expect="A/p 1000.01"),
    case("edge_adjustment_below_zero", "training:paid", klass(), ONE, claim(), claim("~D", paid_yuan="-200"),
         expect="A/p 800.00"),
    case("edge_recovered_in_part", "training:paid", klass(), ONE, claim(claim_status="recovered", recovered_yuan="400.01",
         recovered_on="2022-06-30"), expect="A/p 599.99"),
    case("edge_recovered_later", "training:paid", klass(), ONE, claim(claim_status="recovered", recovered_yuan="400",
         recovered_on="2022-07-01"), expect="A/p 1000.00"),
    case("edge_paid_later", "training:paid", klass(), ONE, claim(paid_on="2022-07-01"), expect="A/p 0.00"),
    case("edge_claimed_later", "training:claimed", klass(), ONE, claim(claimed_on="2022-07-01", paid_on=None, paid_yuan=None),
         expect="A/p 0.00"),
    case("edge_same_number_in_two_units", "training:claimed", klass(), ONE, claim(), claim(unit="500112"), expect="A/p 2000.00"),
    case("edge_cancelled_class", "training:claimed training:due died", klass(class_status="cancelled"),
         ONE, claim(), spell(died_on="2021-04-02")),
    case("edge_claim_without_a_class", "paid_not_in_system", claim(class_id=None), expect="C 1000.00"),
    case("edge_living_without_a_class", "paid_not_in_system", claim(class_id=None, subsidy_kind="living")),
    case("edge_head_in_two_subsidies", "two_subsidies_one_certificate", TWO,
         claim("~U", person_key="~p", subsidy_kind="skill_upgrade", claimed_on="2021-05-01", **OPEN),
         claim(claimed_yuan="3000"), claim(person_key="~p", claimed_yuan="3000"), claim(person_key="~q", claimed_yuan="3000"),
         expect="C 1500.00"),
    case("edge_head_of_a_living_claim", "living_category", TWO, claim(subsidy_kind="living", paid_yuan="60", standard_yuan="30"),
         *[claim(subsidy_kind="living", person_key=who, paid_yuan="60", standard_yuan="30") for who in ("~p", "~q")],
         expect=["C 30.00", "C 30.00"]),
    # a draft that is switched on tells the parts of a standard (test_findings), it prices nothing
    *[case(f"edge_draft_parts_{name}", "training:due training:claimed", klass(district_code=place, project_id="~P"), ONE, more,
           project(unit=place, base_standard_yuan="1500.50", assessment_standard_yuan="299.50"), expect=found)
      for name, place, more, found in (
          ("alone", "510104", [], ["A/p", "A/p"]), ("with_a_claim", "510105", claim(), ["A/p", "A/p"]),
          ("elsewhere", "330106", [], []))],
    # several claims of an apprenticeship are one claim
    case("edge_apprentice_claims_add_up", "apprentice_floor", klass(**YEAR), trainee(), of("~C", claimed_yuan="2000"),
         of("~D", claimed_yuan="2000", claimed_on="2021-06-01")),
    case("edge_apprentice_claims_a_fen_short", "apprentice_floor", klass(**YEAR), trainee(), of("~C", claimed_yuan="2000"),
         of("~D", claimed_yuan="1999.99", claimed_on="2021-04-01"), expect="C 0.01"),
    case("edge_apprentice_one_of_two_claimed_for", "apprentice_floor", klass(**YEAR), trainee(), trainee(person="~q"),
         of("~C", person_key="~p", claimed_yuan="4000")),
    case("edge_apprentice_two_named_apart", "apprentice_floor", klass(**YEAR), trainee(), trainee(person="~q"),
         of("~C", person_key="~p", claimed_yuan="4000"), of("~D", person_key="~q", claimed_yuan="3000"), expect="D 1000.00"),
    case("edge_apprenticeship_without_certificate", "claim_without_certificate", klass(**YEAR), trainee(), of("~C"),
         expect="A/p"),
    # the first day of what the rule rests on
    case("edge_purpose_on_the_first_day", "ledger_purpose", klass(), claim(), row("fund_ledger", voucher_no="~V",
         line_no=1, booked_on="2012-08-24", account="special_account", purpose="living", outlay_yuan="1", claim_id="~C"),
         expect="V-1"),
    case("edge_purpose_a_day_before", "ledger_purpose", klass(), claim(), row("fund_ledger", voucher_no="~V",
         line_no=1, booked_on="2012-08-23", account="special_account", purpose="living", outlay_yuan="1", claim_id="~C")),
    *[case(f"edge_draft_project_valid_from_{name}", "project_unpublished", klass(district_code="510104", applied_on="2021-03-01",
           project_id="~P"), project(unit="510104", published_on="2021-03-01", valid_from=day, valid_to=last), expect=found)
      for name, day, last, found in (("approval", "2021-03-20", None, []), ("after_approval", "2021-03-21", None, "A"),
                                     ("to_approval", "2021-01-01", "2021-03-20", []))],
    *[case(f"edge_draft_{name}", about, klass(district_code="510104", **{"applied_on": "2021-03-01"} | changes), more,
           expect=found)
      for name, about, changes, more, found in (
          ("class_without_a_project", "project_unpublished", {}, ONE, []),
          ("project_unknown_nothing_claimed", "project_unpublished", {"project_id": "~P"}, ONE, "A 0.00"),
          ("applied_on_approval_day", "control_points_disordered", {"applied_on": "2021-03-20"}, ONE, []),
          ("applied_later_nothing_claimed", "control_points_disordered", {"applied_on": "2021-03-21"}, ONE, "A 0.00"),
          ("approved_on_the_first_day", "control_points_disordered", {"approved_on": "2021-04-01"}, ONE, []),
          ("nobody_assessed_nothing_claimed", "participation_low", {}, trainee(), "A 0.00"))],
    # blanks
    case("edge_advance_nothing_approved", "advance_over_half advance_not_allowed paid_above_approved", klass(),
         claim(payee_kind="enterprise", advance_yuan="900", advance_on="2021-05-01", approved_yuan=None)),
    case("edge_advance_of_nothing", "advance_over_half", klass(),
         claim(payee_kind="enterprise", advance_yuan="0.01", advance_on="2021-05-01", approved_yuan="0"), expect="C 0.01"),
    case("edge_certificate_kind_unknown", "claim_without_certificate", klass(), trainee(), certificate(certificate_kind=None),
         claim()),
    case("edge_lessons_zero_no_rate", "rate_above_200 rate_below_floor online_share short_class", klass(total_lessons=0), ONE),
    due("lessons_zero", "1500.00", klass(total_lessons=0), ONE),
    case("edge_left_the_list_that_day", "not_listed_institution", klass(), row("institutions", institution_id="~I",
         institution_kind="private_school", listed_on="2020-01-01", delisted_on="2021-04-01", district_code="500103"),
         expect="A 0.00"),
    case("edge_left_the_list_a_day_later", "not_listed_institution", klass(), row("institutions", institution_id="~I",
         institution_kind="private_school", listed_on="2021-04-01", delisted_on="2021-04-02", district_code="500103")),
]  # fmt: skip
