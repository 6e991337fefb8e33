"""Claims: who is paid for, what a training costs, months of work-for-training, advances and days to payment."""

import pytest

from tests.spec.marts.home import Home
from tests.spec.marts.rows import claim, figure, klass, trainee, value

# case -> claims of the class (changes), persons paid of p1, p2
PAID = {
    "class_claim_pays_all": ([{}], {"p1", "p2"}),
    "lines_say_who": ([{}, {"person_key": "p1", "paid_yuan": None}], {"p1"}),
    "line_returned": (
        [{}, {"person_key": "p1", "paid_yuan": None}, {"person_key": "p2", "paid_yuan": None, "claim_status": "returned"}],
        {"p1"}),
    "lines_alone_carry_money": ([{"person_key": "p1", "paid_yuan": "500"}, {"person_key": "p2", "paid_yuan": "0"}], {"p1"}),
    "not_yet_paid": ([{"claim_status": "approved"}], set()),
    "paid_after_the_data_date": ([{"paid_on": "2022-01-01"}], set()),
    "claimed_after_the_data_date": ([{"claimed_on": "2022-01-01", "paid_on": None}], set()),
    "fully_recovered": ([{"recovered_yuan": "1000"}], set()),
    "recovered_later": ([{"recovered_yuan": "1000", "recovered_on": "2022-01-01"}], {"p1", "p2"}),
    "partly_recovered": ([{"recovered_yuan": "999.99"}], {"p1", "p2"}),
    "status_recovered": ([{"claim_status": "recovered", "recovered_yuan": "10"}], set()),
    "apprenticeship_kind": ([{"subsidy_kind": "apprenticeship"}], {"p1", "p2"}),
    "assessment_kind": ([{"subsidy_kind": "assessment"}], set()),
}  # fmt: skip


@pytest.fixture(scope="module")
def paid(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    home.submit("classes", [klass(case) for case in PAID])
    home.submit("enrollments", [trainee(case, p) for case in PAID for p in ("p1", "p2")])
    home.submit(
        "claims", [claim(f"K_{case}", class_id=case, **row) for case, (rows, _) in PAID.items() for row in rows]
    )
    connection = home.build()
    yield connection
    connection.close()


@pytest.mark.parametrize("case", PAID)
def test_who_is_paid_for(paid, case):
    rows = paid.execute("SELECT person_key FROM marts.fct_training WHERE class_id = ? AND is_paid", [case]).fetchall()
    assert {p for (p,) in rows} == PAID[case][1]


@pytest.fixture(scope="module")
def costs(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    home.submit("classes", [
        klass("A"),
        klass("B", institution_id="I2", skill_level=None),
        klass("nobody_completed"),
        klass("next_quarter", starts_on="2021-05-01", ends_on="2021-08-31"),
    ])  # fmt: skip
    people = [
        trainee("A", "p1"),
        trainee("A", "p2"),
        trainee("B", "p3"),
        trainee("nobody_completed", "p4", completion="dropped"),
    ]
    home.submit("enrollments", [*people, trainee("next_quarter", "p5")])
    home.submit("claims", [
        claim("1", class_id="A", paid_yuan="1200.50"),
        claim("1", class_id="A", person_key="p1", paid_yuan="600.25"),  # the row without a person carries the money
        claim("2", class_id="A", person_key="p2", paid_yuan="99.50", paid_on="2021-11-30"),  # whenever paid
        claim("3", class_id="A", paid_yuan="-100"),  # an adjustment
        claim("4", class_id="A", paid_yuan="300", claim_status="recovered", recovered_yuan="300"),
        claim("5", class_id="A", paid_yuan="5000", subsidy_kind="assessment"),
        claim("6", class_id="A", paid_yuan="5000", claim_status="approved"),
        claim("7", class_id="nobody_completed", paid_yuan="5000"),
        claim("8", class_id="next_quarter", advance_yuan="400", advance_on="2021-06-15", paid_on=None, paid_yuan="400",
              claim_status="approved"),
        claim("9", class_id="next_quarter", advance_yuan="50", advance_on="2021-06-15", paid_on="2021-10-01", paid_yuan="50"),
        claim("10", class_id="A", advance_yuan="7", advance_on="2021-05-01", paid_on=None, claim_status="void"),
        claim("11", class_id="A", advance_yuan="3", advance_on="2021-05-01", paid_on="2021-07-01", paid_yuan="0"),
        *[claim(f"m{n}", subsidy_kind="on_the_job", payee_id=payee, person_key=person, ojt_month=month, claim_status=state)
          for n, (payee, person, month, state) in enumerate([
              ("E1", "w1", "2021-04-01", "paid"), ("E1", "w1", "2021-04-01", "paid"), ("E1", "w1", "2021-06-01", "submitted"),
              ("E2", "w1", "2021-06-01", "paid"), ("E1", "w1", "2021-07-01", "paid"), ("E1", "w2", "2021-04-01", "void"),
              ("E1", "w2", "2021-04-01", "returned"), ("E1", None, "2021-04-01", "paid")])],
    ])  # fmt: skip
    connection = home.build()
    yield connection
    connection.close()


def test_unit_cost_is_paid_less_recovered_of_the_classes_whenever_paid(costs):
    assert figure(costs, "unit_cost_yuan") == (1200, 3, 400)
    assert figure(costs, "unit_cost_yuan", dimension="institution_id", member="I1") == (1200, 2, 600)
    assert figure(costs, "unit_cost_yuan", dimension="skill_level", member="none") == (0, 1, 0)
    assert figure(costs, "unit_cost_yuan", dimension="trainee_category", member="veteran") is None
    assert figure(costs, "unit_cost_yuan", period="2021Q1") == (0, 0, None)


def test_on_the_job_person_months(costs):
    assert value(costs, "on_the_job_person_months") == 3
    assert value(costs, "on_the_job_person_months", period="2021Q3") == 1
    assert value(costs, "on_the_job_person_months", period="2021Q3", dimension="cumulative") == 4
    assert value(costs, "on_the_job_person_months", period="2021") == 4


@pytest.mark.parametrize(
    ("period", "expected"), [("2021Q1", 0), ("2021Q2", 3), ("2021Q3", 450), ("2021Q4", 400), ("2021", 400)]
)
def test_advance_outstanding_at_the_end_of_the_period(costs, period, expected):
    assert value(costs, "advance_outstanding_yuan", period=period) == expected


def test_claim_cycle_days_are_one_value_per_claim(tmp_path):
    home = Home(tmp_path)
    home.submit("classes", [klass("A")])
    days = {"a": "2021-05-20", "b": "2021-05-30", "c": "2021-06-19", "d": "2021-07-10"}
    home.submit("claims", [claim(i, class_id="A", paid_on=day) for i, day in days.items()]
                + [claim("a", class_id="A", person_key="p1"), claim("e", class_id="A", claim_status="approved")])  # fmt: skip
    connection = home.build()
    assert value(connection, "claim_cycle_days_p50") == 20  # of 10, 20, 40
    assert value(connection, "claim_cycle_days_p90") == pytest.approx(36)
    assert value(connection, "claim_cycle_days_p50", period="2021") == 30  # of 10, 20, 40, 61
    assert value(connection, "claim_cycle_days_p50", period="2021Q1") is None
    connection.close()


def test_a_member_without_a_certificate_or_a_job_has_a_row_without_a_value(costs):
    assert figure(costs, "unit_cost_per_certificate_yuan", dimension="institution_id", member="I1") == (1200, 0, None)
    assert figure(costs, "unit_cost_per_job_yuan", dimension="institution_id", member="I2") == (0, 0, None)
    assert figure(costs, "unit_cost_per_job_yuan", dimension="institution_id", member="I9") is None
