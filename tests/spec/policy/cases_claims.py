"""Claims, advances, living subsidy, work-for-training, ledger (YZ2019-5a, 11b to 11e, 12d, 13b; CQ2021-2c, 3, 8; CQ2012-1.1)."""

from tests.spec.policy.case import case, certificate, claim, klass, month, row, trainee

ADVANCE = {"advance_on": "2021-05-01", "approved_yuan": "1000", "claim_status": "approved", "paid_yuan": None, "paid_on": None}
LIVING = {"subsidy_kind": "living", "claimed_yuan": "400", "paid_yuan": "400", "fund_source": "employment_fund"}


def months(count: int, **changes: object) -> list:
    return [month(number, **changes) for number in range(1, count + 1)]


def attended(class_id: str, day: str, person: str = "~p", **changes: object):
    return row("attendance", class_id=class_id, person_key=person, attended_on=day, delivery_mode="offline", lessons="6", **changes)


def ledger(line: str, **changes: object):
    plain = {"voucher_no": line, "line_no": 1, "booked_on": "2021-06-10", "account": "special_account", "purpose": "training",
             "outlay_yuan": "1000", "claim_id": "~C"}  # fmt: skip
    return row("fund_ledger", **(plain | changes))


CASES = [
    # advances
    case("half", "advance_over_half advance_not_allowed", claim(payee_kind="enterprise", advance_yuan="500", **ADVANCE)),
    case("half_and_a_fen", "advance_over_half", claim(payee_kind="enterprise", advance_yuan="500.01", **ADVANCE), expect="C 0.01"),
    case("project_based", "advance_over_half advance_not_allowed", klass(is_project_based=True), claim(advance_yuan="500", **ADVANCE)),
    case("project_based_over", "advance_over_half", klass(is_project_based=True), claim(advance_yuan="800", **ADVANCE), expect="C 300.00"),
    case("other_kind", "advance_not_allowed", klass(), claim(advance_yuan="300", **ADVANCE), expect="C 300.00"),
    case("other_kind_is_not_over_half", "advance_over_half", klass(), claim(advance_yuan="800", **ADVANCE)),
    case("no_advance", "advance_not_allowed advance_over_half", klass(), claim()),
    case("not_yet_approved", "advance_over_half", claim(payee_kind="enterprise", advance_yuan="500", **(ADVANCE | {"approved_yuan": None}))),
    case("advance_elsewhere", "advance_over_half advance_not_allowed", klass(district_code="500112"), claim(advance_yuan="900", **ADVANCE)),
    case("advance_before_the_plan", "advance_not_allowed", klass(), claim(advance_yuan="300", **(ADVANCE | {"advance_on": "2019-09-29"}))),
    case("advance_on_its_day", "advance_not_allowed", klass(), claim(advance_yuan="300", **(ADVANCE | {"advance_on": "2019-09-30"})),
         expect="C"),
    case("advance_returned", "advance_not_allowed", klass(), claim(advance_yuan="300", **(ADVANCE | {"claim_status": "returned"}))),
    case("paid_as_approved", "paid_above_approved", klass(), claim(approved_yuan="1000")),
    case("paid_a_fen_more", "paid_above_approved", klass(), claim(approved_yuan="999.99"), expect="C 0.01"),
    case("header_carries_the_money", "paid_above_approved", klass(), claim(approved_yuan="1000", paid_yuan="1200"),
         claim(person_key="~p", approved_yuan="1", paid_yuan="500"), expect="C 200.00"),
    case("lines_are_summed", "paid_above_approved", klass(), claim(person_key="~p", approved_yuan="500", paid_yuan="600"),
         claim(person_key="~q", approved_yuan="500", paid_yuan="500"), expect="C 100.00"),
    # living subsidy
    case("living_in_group", "living_category", klass(), trainee(trainee_categories=["hard_to_employ"]), claim(**LIVING)),
    case("living_outside", "living_category", klass(), trainee(), claim(**LIVING), expect="C 400.00"),
    case("living_one_of_two", "living_category", klass(), trainee(), trainee(person="~q", trainee_categories=["poor_labourer"]),
         claim(**LIVING), expect="C 200.00"),
    case("living_rural_leaver", "living_category", klass(), trainee(trainee_categories=["school_leaver"], hukou_kind="rural"), claim(**LIVING)),
    case("living_urban_leaver", "living_category", klass(), trainee(trainee_categories=["school_leaver"], hukou_kind="urban"),
         claim(**LIVING), expect="C"),
    case("living_low_income_leaver", "living_category", klass(),
         trainee(trainee_categories=["school_leaver", "low_income_family"], hukou_kind="urban"), claim(**LIVING)),
    case("low_income_alone", "living_category", klass(), trainee(trainee_categories=["low_income_family"]), claim(**LIVING), expect="C"),
    case("living_of_a_person", "living_category", klass(), trainee(), trainee(person="~q"), claim(person_key="~q", **LIVING), expect="C 400.00"),
    case("living_elsewhere", "living_category", klass(district_code="500112"), trainee(), claim(**LIVING)),
    case("living_account_before", "living_fund_before_2021_03", klass(),
         claim(**(LIVING | {"fund_source": "special_account", "paid_on": "2021-02-28", "claimed_on": "2021-02-01"})), expect="C 400.00"),
    case("living_account_from_march", "living_fund_before_2021_03", klass(),
         claim(**(LIVING | {"fund_source": "special_account", "paid_on": "2021-03-01", "claimed_on": "2021-02-01"}))),
    case("living_other_fund", "living_fund_before_2021_03", klass(), claim(**(LIVING | {"paid_on": "2021-02-28"}))),
    # two subsidies
    case("two_subsidies", "two_subsidies_one_certificate", klass(), trainee(), claim(),
         claim("~U", payee_kind="individual", payee_id="~p", subsidy_kind="skill_upgrade", claimed_yuan="1500", claimed_on="2021-06-01"),
         expect="U 1500.00"),
    case("upgrade_first", "two_subsidies_one_certificate", klass(), trainee(), claim(),
         claim("~U", payee_kind="individual", payee_id="~p", subsidy_kind="skill_upgrade", claimed_on="2021-05-01"), expect="C 1000.00"),
    case("upgrade_of_other_person", "two_subsidies_one_certificate", klass(), trainee(), claim(person_key="~p"),
         claim("~U", payee_kind="individual", payee_id="~q", subsidy_kind="skill_upgrade")),
    # apprenticeship
    case("apprentice_floor_met", "apprentice_floor",
         klass(training_type="apprenticeship", starts_on="2020-07-01", ends_on="2021-06-30", approved_on="2020-06-01"), trainee(),
         claim(subsidy_kind="apprenticeship", claimed_yuan="4000")),
    case("apprentice_a_fen_short", "apprentice_floor",
         klass(training_type="apprenticeship", starts_on="2020-07-01", ends_on="2021-06-30", approved_on="2020-06-01"), trainee(),
         claim(subsidy_kind="apprenticeship", claimed_yuan="3999.99"), expect="C 0.01"),
    case("apprentice_half_year_more", "apprentice_floor",
         klass(training_type="apprenticeship", starts_on="2020-01-01", ends_on="2021-06-30", approved_on="2020-01-01"),
         trainee(), trainee(person="~q"), claim(subsidy_kind="apprenticeship", claimed_yuan="11000"), expect="C 1000.00"),
    # work-for-training
    case("six_months", "ojt_months_employer ojt_months_person", months(6)),
    case("seventh_month", "ojt_months_employer", months(7), expect="JE7 300.00"),
    case("seventh_month_not_flagged_too", "ojt_months_person", months(7)),
    case("months_need_not_run_on", "ojt_months_employer", months(6), month(10), expect="JE10"),
    case("two_employers", "ojt_months_person", months(4), [month(n, "~F") for n in (5, 6, 7)], expect="JF7 300.00"),
    case("two_employers_not_blocked", "ojt_months_employer", months(4), [month(n, "~F") for n in (5, 6, 7)]),
    case("one_month_twice", "ojt_months_employer ojt_months_person", months(6), month(6, "~F")),
    case("returned_month", "ojt_months_employer", months(6), month(7, claim_status="returned")),
    case("other_persons_month", "ojt_months_employer", months(6), month(7, person="~q")),
    case("months_after_data_date", "ojt_after_end", month(1, first="2022-08"), expect="JE1 300.00"),
    case("last_month", "ojt_after_end", month(1, first="2021-12")),
    case("first_month_after", "ojt_after_end", month(1, first="2022-01"), expect="JE1"),
    case("elsewhere_after_end", "ojt_after_end", month(1, first="2022-01", unit="500112"), expect="JE1"),
    case("months_elsewhere", "ojt_months_employer", [month(n, unit="500112") for n in range(1, 8)]),
    case("turns_in_the_whole_city", "ojt_months_employer", [month(n, unit="500112") for n in range(1, 7)], month(7), expect="JE7"),
    # overlap
    case("overlap_last_day", "ojt_overlap", month(1, first="2021-03"), klass(starts_on="2021-03-31"), trainee(), expect="JE1 300.00"),
    case("overlap_day_after", "ojt_overlap", month(1, first="2021-03"), klass(starts_on="2021-04-01"), trainee()),
    case("overlap_first_day", "ojt_overlap", month(1, first="2021-05"), klass(ends_on="2021-05-01"), trainee(), expect="JE1"),
    case("overlap_day_before", "ojt_overlap", month(1, first="2021-05"), klass(ends_on="2021-04-30"), trainee()),
    case("overlap_before_the_notice", "ojt_overlap", month(1, first="2021-02"), klass(starts_on="2021-02-10"), trainee()),
    case("overlap_unpaid", "ojt_overlap", month(1, first="2021-04", claim_status="approved"), klass(), trainee()),
    case("overlap_other_person", "ojt_overlap", month(1, first="2021-04", person="~q"), klass(), trainee()),
    case("overlap_on_the_job_class", "ojt_overlap", month(1, first="2021-04"), klass(training_type="on_the_job"), trainee()),
    case("overlap_cancelled_class", "ojt_overlap", month(1, first="2021-04"), klass(class_status="cancelled"), trainee()),
    case("one_day_two_classes", "two_classes_one_day", klass(), klass("~B", starts_on="2021-04-10"), trainee(), trainee("~B"),
         attended("~A", "2021-04-12"), attended("~B", "2021-04-12"), attended("~A", "2021-04-13"), attended("~B", "2021-04-13"),
         expect="B/p 1500.00"),
    case("two_days_two_classes", "two_classes_one_day", klass(), klass("~B", starts_on="2021-04-10"), trainee(), trainee("~B"),
         attended("~A", "2021-04-12"), attended("~B", "2021-04-13")),
    case("two_persons_two_classes", "two_classes_one_day", klass(), klass("~B"), trainee(), trainee("~B", "~q"),
         attended("~A", "2021-04-12"), attended("~B", "2021-04-12", "~q")),
    case("three_classes_one_day", "two_classes_one_day", klass(), klass("~B", starts_on="2021-04-02"), klass("~D", starts_on="2021-04-03"),
         [trainee(c) for c in ("~A", "~B", "~D")], [attended(c, "2021-04-12") for c in ("~A", "~B", "~D")],
         expect=["B/p", "D/p", "D/p"]),
    # ledger
    case("ledger_paid", "ledger_claim_missing ledger_purpose ledger_payment_differs", klass(), claim(), ledger("~V")),
    case("ledger_no_number", "ledger_claim_missing", ledger("~V", claim_id=None), expect="V-1 1000.00"),
    case("ledger_unknown_claim", "ledger_claim_missing", ledger("~V"), expect="V-1"),
    case("ledger_returned_claim", "ledger_claim_missing", claim(claim_status="returned"), ledger("~V"), expect="V-1"),
    case("ledger_submitted_claim", "ledger_claim_missing", claim(claim_status="submitted"), ledger("~V"), expect="V-1"),
    case("ledger_approved_claim", "ledger_claim_missing", claim(claim_status="approved"), ledger("~V")),
    case("ledger_capacity", "ledger_claim_missing", ledger("~V", claim_id=None, purpose="capacity")),
    case("ledger_adjustment", "ledger_claim_missing", ledger("~V", claim_id=None, purpose="adjustment")),
    case("ledger_income", "ledger_claim_missing", ledger("~V", claim_id=None, outlay_yuan=None, income_yuan="5", purpose="interest")),
    case("ledger_before_the_plan", "ledger_claim_missing", ledger("~V", booked_on="2019-09-29")),
    case("ledger_elsewhere", "ledger_claim_missing", ledger("~V", unit="500112")),
    case("purpose_apprentice_as_training", "ledger_purpose", klass(), claim(subsidy_kind="apprenticeship"), ledger("~V")),
    case("purpose_living_as_training", "ledger_purpose", klass(), claim(subsidy_kind="living"), ledger("~V"), expect="V-1 1000.00"),
    case("purpose_elsewhere", "ledger_purpose", claim(subsidy_kind="living", unit="500112", class_id=None), ledger("~V", unit="500112"),
         expect="V-1"),
    case("payment_in_two_lines", "ledger_payment_differs", klass(), claim(), ledger("~V", outlay_yuan="400"),
         ledger("~W", outlay_yuan="600", booked_on="2021-06-11")),
    case("payment_differs", "ledger_payment_differs", klass(), claim(), ledger("~V", outlay_yuan="990"), expect="V-1 10.00"),
    # the system
    case("paid_in_system", "paid_not_in_system", klass(), trainee(), claim()),
    case("paid_unknown_class", "paid_not_in_system", claim(), expect="C 1000.00"),
    case("paid_no_roster", "paid_not_in_system", klass(), claim(), expect="C"),
    case("paid_without_class", "paid_not_in_system", claim(class_id=None), expect="C"),
    case("work_for_training_without_class", "paid_not_in_system", month(1)),
    case("unknown_class_not_paid", "paid_not_in_system", claim(claim_status="approved", paid_yuan=None)),
    case("paid_before_the_notice", "paid_not_in_system", claim(paid_on="2021-02-28", claimed_on="2021-02-01")),
    case("paid_on_the_notice", "paid_not_in_system", claim(paid_on="2021-03-01", claimed_on="2021-02-01"), expect="C"),
    case("domicile", "domicile_rejection", klass(), claim(cut_yuan="200", cut_reason="非本地户籍", reviewed_on="2021-05-20"), expect="C 200.00"),
    case("region", "domicile_rejection", klass(), claim(cut_yuan="200", cut_reason="地域不符", reviewed_on="2021-05-20"), expect="C"),
    case("insured_place", "insured_place_rejection", klass(), claim(cut_yuan="200", cut_reason="参保地不在本区", reviewed_on="2021-05-20"),
         expect="C 200.00"),
    case("insured_place_is_not_domicile", "domicile_rejection", klass(),
         claim(cut_yuan="200", cut_reason="参保地非本地", reviewed_on="2021-05-20")),
    case("other_reason", "domicile_rejection insured_place_rejection", klass(), claim(cut_yuan="9", cut_reason="缺考", reviewed_on="2021-05-20")),
    case("domicile_before_the_notice", "domicile_rejection", klass(), claim(cut_yuan="9", cut_reason="户籍", reviewed_on="2021-02-28")),
    # online pay and backlog
    case("online_pay_as_due", "online_pay", klass(online_lessons=18), trainee(), certificate(), claim(claimed_yuan="1230")),
    case("online_pay_a_fen_more", "online_pay", klass(online_lessons=18), trainee(), certificate(), claim(claimed_yuan="1230.01"),
         expect="C 0.01"),
    case("offline_claim_above_due", "online_pay", klass(), trainee(), certificate(), claim(claimed_yuan="9999")),
    case("unpaid_181_days", "in_system_unpaid", klass(ends_on="2021-12-31"), trainee(), certificate(), expect="A 1500.00"),
    case("unpaid_180_days", "in_system_unpaid", klass(ends_on="2022-01-01"), trainee(), certificate()),
    case("unpaid_not_certified", "in_system_unpaid", klass(), trainee()),
    case("unpaid_submitted", "in_system_unpaid", klass(), trainee(), certificate(), claim(claim_status="submitted", paid_yuan=None),
         expect="A"),
    case("unpaid_old_approval", "in_system_unpaid", klass(approved_on="2021-02-28"), trainee(), certificate()),
    case("is_paid", "in_system_unpaid", klass(), trainee(), certificate(), claim()),
]  # fmt: skip
