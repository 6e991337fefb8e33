"""Marts that planners read beside the findings: limits used, reconciliation by month, duties, bases, pipeline, archive."""

from decimal import Decimal

import pytest

from tests.spec.marts.home import Home
from tests.spec.policy import case as cases


def line(booked_on, outlay, claim_id=None, purpose="training", line_no=1):
    row = {"voucher_no": f"{claim_id}{purpose}{outlay}", "line_no": line_no, "booked_on": booked_on, "account": "special_account",
           "purpose": purpose, "outlay_yuan": outlay, "claim_id": claim_id}  # fmt: skip
    return cases.row("fund_ledger", **row)


def firm(employer, year, payroll=None, drawn=None, used=None, frontline=None, district="500112"):
    return cases.row("enterprises", employer_id=employer, employer_name=employer, year=year, district_code=district,
                     payroll_yuan=payroll, education_fund_drawn_yuan=drawn, education_fund_used_yuan=used,
                     education_fund_frontline_yuan=frontline)  # fmt: skip


def base(institution, tier, grant=None, paid=None):
    listed = {"institution_id": institution, "institution_name": institution, "institution_kind": "high_skill_base"}
    grants = {"base_grant_yuan": grant, "base_grant_paid_yuan": paid}
    return cases.row("institutions", **listed, **grants, tier=tier, district_code="500103", listed_on="2020-01-01")


def course(class_id, ends_on, **changes):
    return cases.klass(
        class_id, starts_on=ends_on, ends_on=ends_on, approved_on="2019-10-01", occupation_name=class_id, **changes
    )


ROWS = [
    # limits: four trainings in 2020, one in 2021, one elsewhere in Chongqing uses a turn too
    *[course(f"T{n}", f"2020-0{n}-28") for n in (1, 2, 3)], course("T4", "2020-12-31", district_code="500112"),
    course("T5", "2021-01-01"), *[cases.trainee(f"T{n}", "turns") for n in range(1, 6)],
    *[course(f"D{n}", f"2021-0{n}-28", district_code="210202") for n in (1, 2)],
    *[cases.trainee(f"D{n}", "dalian") for n in (1, 2)],
    *[cases.month(n, "work", "2020-09", "worker") for n in range(1, 8)],
    # a year with a month of work and no training
    cases.month(1, "once", "2019-11", "loner", claim_status="approved", paid_yuan=None, paid_on=None),
    # a month paid in two districts of Chongqing is one month
    *[cases.month(n, "both", "2021-01", "mover", unit=unit, claim_status="approved", paid_yuan=None, paid_on=None)
      for n, unit in ((1, "500103"), (1, "500112"), (2, "500112"))],
    # money: booked and paid in one month; booked a month late; an advance unsettled; capacity; a line nobody explains
    cases.klass("M"), cases.trainee("M", "m1"), cases.trainee("M", "m2"),
    cases.claim("C1", class_id="M", claimed_yuan="3000", approved_yuan="3000", paid_yuan="3000", paid_on="2021-06-10"),
    line("2021-07-02", "3000", "C1"),
    cases.claim("C2", class_id=None, subsidy_kind="other", payee_kind="enterprise", claim_status="approved", claimed_yuan="900",
                approved_yuan="900", paid_yuan=None, paid_on=None, advance_yuan="450", advance_on="2021-07-01"),
    line("2021-07-05", "450", "C2"), line("2021-07-06", "70", purpose="capacity"), line("2021-07-07", "11.11"),
    # a second claim for the same class finds no roster left
    cases.claim("C3", class_id="M", claimed_yuan="500", cut_yuan="200", approved_yuan="300", paid_yuan="300",
                claimed_on="2021-08-01", paid_on="2021-08-31"), line("2021-08-31", "300.01", "C3"),
    # under the roster at its standard: three hours in ten online (1,230 due), and nobody claimed for without a certificate
    cases.klass("O", online_lessons=18, ends_on="2021-04-20"), *[cases.trainee("O", p) for p in ("o1", "o2")],
    *[cases.certificate(p, "O") for p in ("o1", "o2")],
    cases.claim("OC", class_id="O", claimed_yuan="2400", claimed_on="2021-09-10", paid_yuan=None, paid_on=None,
                claim_status="submitted"),
    cases.klass("N"), cases.trainee("N", "n1"), cases.trainee("N", "n2"), cases.certificate("n1", "N"),
    cases.claim("NC", class_id="N", claimed_yuan="1500", claimed_on="2021-10-10", paid_yuan=None, paid_on=None,
                claim_status="submitted"),
    # where no document binds the roster still answers
    cases.klass("G", district_code="510104"), cases.trainee("G", "g1"),
    cases.claim("GC", class_id="G", claimed_yuan="1500", claimed_on="2020-05-10", paid_yuan=None, paid_on=None,
                claim_status="submitted"),
    # over the roster at its standard: the set rate of a new occupation gives 1,500 where the class says 1,000
    cases.klass("V", occupation_name="供应链管理师", standard_yuan="1000"), cases.trainee("V", "v1"),
    cases.certificate("v1", "V"),
    cases.claim("VC", class_id="V", claimed_yuan="1600", claimed_on="2021-11-10", paid_yuan=None, paid_on=None,
                claim_status="submitted"),
    # paid against approved: recovered, no more than the advance so far, short by a fen; a day after the data date; persons named
    cases.klass("R"), *[cases.trainee("R", person) for person in ("r1", "r2")],
    *[cases.certificate(person, "R") for person in ("r1", "r2")],
    *[cases.claim(name, class_id="R", subsidy_kind="skill_upgrade", claimed_yuan="100", approved_yuan="100", **paid)
      for name, paid in {
          "recovered": {"paid_yuan": "90", "paid_on": "2022-04-01", "claim_status": "recovered", "recovered_yuan": "90"},
          "advanced": {"paid_yuan": "50", "paid_on": "2022-01-03", "advance_yuan": "50", "advance_on": "2022-01-03"},
          "short": {"paid_yuan": "99.99", "paid_on": "2022-02-03", "advance_yuan": "50", "advance_on": "2022-01-03"},
          "settled": {"paid_yuan": "100", "paid_on": "2022-03-03", "advance_yuan": "100", "advance_on": "2022-03-03"},
          "last": {"paid_yuan": "60", "paid_on": "2022-06-30"}, "late": {"paid_yuan": "60", "paid_on": "2022-07-01"},
      }.items()],
    cases.claim("RH", class_id="R", claimed_yuan="3000", claimed_on="2021-12-20", paid_yuan=None, paid_on=None,
                claim_status="submitted"),
    *[cases.claim("RN", class_id="R", person_key=person, claimed_yuan="1500", claimed_on="2022-01-20", paid_yuan=None,
                  paid_on=None, claim_status="submitted") for person in ("r1", "stranger")],
    # duties: exactly met, a fen short, blank; Dalian's list
    firm("E1", 2021, "1000", "15.00", "100", "60"), firm("E2", 2021, "1000", "14.99", "100", "59.99"), firm("E3", 2021),
    firm("E4", 2021, "1000", "14.99", "100", "60", district="210202"),
    # publication: fund use of the third quarter is out, the report is not
    cases.row("publications", item="fund_use", period="2021Q3", published_on="2021-10-31"),
    cases.row("publications", item="fund_use", period="2021Q4", published_on="2022-07-01"),
    cases.row("publications", item="project_catalogue", period="2021", published_on="2021-01-05"),
    base("B1", "municipal", "100", "40"), base("B2", "national"), base("B3", "district"),
    cases.klass("S", institution_id="B1", skill_level="3"), cases.trainee("S", "senior"),
    # pipeline and archive
    cases.klass("P", applied_on="2021-03-01"), cases.trainee("P", "q"), cases.certificate("q", "P", issued_on="2021-05-20"),
    cases.claim("PC", class_id="P", claimed_yuan="1500", approved_yuan="1500", paid_yuan="1500", claimed_on="2021-05-10"),
    cases.spell("q", "2021-06-01", "2021-12-31"), cases.klass("W", class_status="pending", applied_on="2021-03-19"),
    cases.klass("U", starts_on="2022-06-01", ends_on="2022-07-31"),
]  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    case = cases.Case("marts", "", tuple(ROWS))
    connection = cases.build(Home(tmp_path_factory.mktemp("home")), [case], data_date="2022-06-30")
    yield connection
    connection.close()


def rows(connection, sql, *values):
    return connection.execute(sql, values).fetchall()


def test_limits_used_and_what_is_left(built):
    assert rows(built, "select calendar_year, used_count, allowed_count, left_count, surplus_count from marts.mart_limit_use"
                " where person_key = 'turns' order by 1") == [(2020, 4, 3, 0, 1), (2021, 1, 3, 2, 0)]  # fmt: skip
    assert rows(built, "select limit_code, used_count, left_count from marts.mart_limit_use where person_key = 'dalian'"
                " order by 1") == [("trainings_lifetime", 2, 4), ("trainings_per_person_year", 2, 0)]  # fmt: skip


def test_months_of_work_for_training_run_on_over_the_year(built):
    used = "select used_count, left_count from marts.mart_limit_use where person_key = 'mover'"
    assert rows(built, used) == [(2, 4)]
    assert rows(built, used.replace("mover", "loner")) == [(1, 5)]
    assert rows(built, "select calendar_year, employer_id, used_count, left_count, surplus_count from marts.mart_limit_use"
                " where person_key = 'worker' order by 1") == [(2020, "work", 4, 2, 0), (2021, "work", 7, 0, 1)]  # fmt: skip


@pytest.mark.parametrize(
    ("leg", "period", "expected"),
    [
        ("ledger_payment", "202106", (0, 6600, -3000, -3600)),  # 3,000 booked in July: timing; 3,600 never booked
        (
            "ledger_payment",
            "202107",
            (3531.11, 0, 3520, 11.11),
        ),  # timing, the advance and capacity explain; 11.11 nobody
        ("ledger_payment", "202108", (300.01, 300, 0, 0.01)),  # a fen too much
        ("ledger_payment", "2021", (3831.12, 6900, 520, -3588.88)),
        ("ledger_report", "202107", (3531.11, 3531.11, 0, 0)),
        ("ledger_report", "2021Q3", (3831.12, 3831.12, 0, 0)),
        ("payment_claim", "202108", (300, 300, 0, 0)),
        ("claim_roster", "202105", (4500, 4500, 0, 0)),  # C1 and PC, every head on a roster
        ("claim_roster", "202108", (500, 0, 200, 300)),  # claimed twice: what was cut explains a part
        ("claim_roster", "202005", (1500, 1500, 0, 0)),
        ("claim_roster", "202109", (2400, 3000, -540, -60)),  # hours online explain 540 less, nobody the other 60
        ("claim_roster", "202110", (1500, 3000, -1500, 0)),  # one of two has no certificate
        ("payment_claim", "202204", (90, 100, -10, 0)),  # recovered
        ("payment_claim", "202201", (50, 100, -50, 0)),  # the advance, not settled yet
        ("payment_claim", "202202", (99.99, 100, 0, -0.01)),  # settled a fen short
        ("payment_claim", "202203", (100, 100, 0, 0)),
        ("payment_claim", "202206", (60, 100, 0, -40)),  # on the data date, not the day after
        ("claim_roster", "202112", (3000, 3000, 0, 0)),
        ("claim_roster", "202201", (3000, 1500, 0, 1500)),  # by person: one of the two named is on no roster
        ("claim_roster", "202111", (1600, 1000, 500, 100)),  # a set rate explains 500 more
    ],
)
def test_reconciliation_by_month_to_the_fen(built, leg, period, expected):
    ((left, right, explained, unexplained),) = rows(
        built, "select left_yuan, right_yuan, explained_yuan, unexplained_yuan from marts.mart_fund_reconciliation"
        " where reporting_unit = '500103' and leg = ? and period = ?", leg, period)  # fmt: skip
    assert (left, right, explained, unexplained) == tuple(Decimal(str(value)) for value in expected)


def test_months_of_every_leg_add_up_to_the_year(built):
    assert rows(built, "with months as (select leg, sum(unexplained_yuan) as yuan from marts.mart_fund_reconciliation"
                " where period similar to '2021[01][0-9]' group by leg), years as (select leg, unexplained_yuan as yuan"
                " from marts.mart_fund_reconciliation where period = '2021' and reporting_unit = '500103')"
                " select count(*) filter (where m.yuan <> y.yuan), count(*) from months as m join years as y using (leg)"
                ) == [(0, 4)]  # fmt: skip


def test_duties_of_enterprises(built):
    found = rows(built, "select employer_id, duty, rule_id, is_met, shortfall_yuan, is_excluded from marts.mart_enterprise_duty"
                 " order by 1, 2")  # fmt: skip
    fund, line_ = "education_fund_share_min", "frontline_share_min"
    assert found == [
        ("E1", fund, "CQ2012-2.1a", True, 0, False), ("E1", line_, "CQ2012-2.1b", True, 0, False),
        ("E2", fund, "CQ2012-2.1a", False, Decimal("0.01"), False), ("E2", line_, "CQ2012-2.1b", False, Decimal("0.01"), False),
        ("E3", fund, "CQ2012-2.1a", None, None, False), ("E3", line_, "CQ2012-2.1b", None, None, False),
        ("E4", fund, "DL2011-2.2-4e", False, Decimal("0.01"), True), ("E4", line_, "DL2011-2.2-4c", True, 0, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "period", "expected"),
    [
        ("fund_use", "2021Q3", ("published", None)),
        ("fund_use", "2021Q4", ("overdue", 181)),  # published after the data date counts for nothing yet
        ("quarterly_report", "2021Q3", ("overdue", 273)),
        ("project_catalogue", "2021", ("published", None)),
        ("assessor_catalogue", "2021", ("overdue", 181)),
    ],
)
def test_what_is_to_be_published_and_overdue(built, item, period, expected):
    assert rows(built, "select state, overdue_days from marts.mart_publication_duty where reporting_unit = '500103' and item = ?"
                " and period = ?", item, period) == [expected]  # fmt: skip


def test_what_is_overdue_is_a_finding(built):
    assert rows(built, "select count(*) from marts.mart_publication_duty where state = 'overdue'") == rows(
        built, "select count(*) from marts.mart_finding"
        " where test in ('fund_use_unpublished', 'report_missing', 'list_unpublished')")  # fmt: skip


def test_bases_against_their_volume(built):
    found = rows(built, "select institution_id, senior_person_times, required_count, shortfall, is_qualified, consequence"
                 " from marts.mart_base_qualification where calendar_year = 2021 order by 1")  # fmt: skip
    assert found == [
        ("B1", 1, 300, 299, False, "cancel_and_suspend_grant"), ("B2", 0, 600, 600, False, "cancel"),
        ("B3", 0, None, None, None, "none"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("class_id", "stage", "days"),
    [("P", "paid", (19, 12, 30, 0, 10, 31, 385)), ("W", "pending", None), ("U", "started", None), ("S", "ended", None)],
)
def test_where_a_class_stands_and_for_how_long(built, class_id, stage, days):
    columns = "approval_days, waiting_days, teaching_days, assessment_days, claiming_days, payment_days, standing_days"
    ((found, *rest),) = rows(
        built, f"select stage, {columns} from marts.mart_class_pipeline where class_id = ?", class_id
    )
    assert found == stage
    assert days is None or tuple(rest) == days


def test_a_person_has_one_time_line(built):
    line_ = (
        "select event_on, event_kind, amount_yuan from marts.mart_person_archive where person_key = 'q' order by all"
    )
    assert [(str(day), kind, str(yuan)) for day, kind, yuan in rows(built, line_)] == [
        ("2021-04-01", "training", "None"), ("2021-04-30", "assessment", "None"), ("2021-06-01", "employment", "None"),
        ("2021-06-10", "subsidy", "1500.00"),
    ]  # fmt: skip
    assert rows(
        built, "select count(*), sum(amount_yuan) from marts.mart_person_archive where person_key = 'worker'"
    ) == [(7, 2100)]


def test_events_of_an_archive_are_told_apart(built):
    assert rows(built, "select count(*) > 20, count(*) = count(distinct (person_key, event_kind, event_id)), count(*) ="
                " count(event_id) from marts.mart_person_archive") == [(True, True, True)]  # fmt: skip


def test_a_rule_without_a_test_has_a_blank_one(built):
    ((without, with_),) = rows(built, "select count(*) filter (where test = ''), count(*) filter (where test <> '')"
                               " from marts.mart_policy_rule")  # fmt: skip
    assert without > 50
    assert with_ > 80
