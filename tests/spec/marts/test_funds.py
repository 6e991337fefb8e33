"""Fund position and execution: opening, income, returned, outlay, stated closing, what stays unexplained; shares of stocks."""

from decimal import Decimal

import pytest

from tests.spec.marts.home import Home
from tests.spec.marts.rows import figure, klass, value

COLUMNS = "opening_yuan, income_yuan, returned_yuan, outlay_yuan, closing_yuan, unexplained_yuan"


def line(booked_on, purpose, income=None, outlay=None, balance=None, voucher="1", **changes):
    row = {"voucher_no": voucher, "line_no": 1, "booked_on": booked_on, "account": "special_account", "purpose": purpose,
           "income_yuan": income, "outlay_yuan": outlay, "balance_yuan": balance}  # fmt: skip
    return row | changes


def position(connection, period, unit="500103", fund="special_account"):
    row = connection.execute(
        f"SELECT {COLUMNS} FROM marts.mart_fund_position WHERE period = ? AND reporting_unit = ? AND fund_source = ?",
        [period, unit, fund],
    ).fetchone()
    return row and tuple(float(x) for x in row)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    home.submit("fund_ledger", [
        line("2020-10-01", "opening", balance="1000", voucher="0"),
        line("2020-10-05", "quota_in", income="500.10", balance="1500.10", voucher="1"),
        line("2020-11-05", "training", outlay="300.10", voucher="2"),  # no balance stated: bridged
        line("2020-12-31", "interest", income="10", balance="1210", voucher="3"),
        line("2020-12-31", "training", outlay="1", account="employment_fund", voucher="4"),
    ], period="2020Q4")  # fmt: skip
    home.submit("fund_ledger", [
        line("2021-04-01", "opening", balance="1200", voucher="0"),  # ten yuan less than the last closing
        line("2021-04-02", "returned", income="100", balance="1300", voucher="1"),
        line("2021-06-30", "training", outlay="200", voucher="2"),
    ], period="2021Q2")  # fmt: skip
    home.submit("fund_ledger", [], period="2021Q1")
    quota = {"reporting_unit": "500103", "fund_source": "special_account"}
    home.submit("fund_quota", [
        quota | {"year": 2021, "quota_yuan": "5000", "issued_on": "2020-12-20", "document_no": "1"},
        quota | {"year": 2021, "quota_yuan": "-200", "issued_on": "2021-05-20", "document_no": "2"},
    ], period="2021Q2")  # fmt: skip
    connection = home.build()
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2020Q4", (1000, 510.10, 0, 300.10, 1210, 0)),
        ("2020", (1000, 510.10, 0, 300.10, 1210, 0)),
        ("2021Q1", (1210, 0, 0, 0, 1210, 0)),  # no lines: opening = closing
        ("2021Q2", (1210, 0, 100, 200, 1100, -10)),  # the opening that differs stays unexplained
        ("2021", (1210, 0, 100, 200, 1100, -10)),
        ("2020-2021", (1000, 510.10, 100, 500.10, 1100, -10)),
        ("2020Q3", None),
    ],
)
def test_position(built, period, expected):
    assert position(built, period) == expected


def test_a_fund_without_a_stated_opening_begins_at_what_its_first_balance_implies(built):
    assert position(built, "2020Q4", fund="employment_fund") == (0, 0, 0, 1, -1, 0)


@pytest.mark.parametrize(("period", "expected"), [("2020Q4", 5000), ("2021Q2", -200), ("2021", 4800), ("2020", 0)])
def test_quota_by_day_of_issue_in_a_quarter_and_by_its_year_in_a_year(built, period, expected):
    row = built.execute(
        "SELECT quota_yuan FROM marts.mart_fund_position WHERE period = ? AND fund_source = 'special_account'", [period]
    ).fetchone()
    assert row == (Decimal(expected),)


def test_execution_rate_over_all_funds_is_sum_over_sum(built):
    assert figure(built, "execution_rate", period="2020Q4") == (301.10, 1510.10, 301.10 / 1510.10)
    fund = {"dimension": "fund_source", "member": "special_account"}
    assert figure(built, "execution_rate", period="2020Q4", **fund) == (300.10, 1510.10, 300.10 / 1510.10)
    # spent though nothing was there to spend: a row, without a value
    nothing = {"dimension": "fund_source", "member": "employment_fund"}
    assert figure(built, "execution_rate", period="2020Q4", **nothing) == (1, 0, None)
    assert figure(built, "fund_spend", period="2020-2021") == (501.10, None, 501.10)
    assert value(built, "fund_spend", period="2021Q2", dimension="cumulative") == 200
    assert value(built, "fund_spend", period="2021Q2", unit="500000") == 200


def test_opening_rows_without_a_voucher(tmp_path):
    home = Home(tmp_path)
    stated = [{"account": "special_account", "booked_month": "2021-04-01", "opening_yuan": "900.00"}]
    home.submit("fund_ledger", [line("2021-04-01", "training", outlay="100")], period="2021Q2", opening=stated)
    connection = home.build()
    assert position(connection, "2021Q2") == (900, 0, 0, 100, 800, 0)
    connection.close()


def test_municipality_sums_its_districts_unless_it_submits_its_own(tmp_path):
    home = Home(tmp_path)
    stock = {
        "population": "resident",
        "is_official": True,
        "employed_total": 100,
        "skilled_total": 20,
        "high_skilled_total": 5,
    }

    def row(unit, as_of, **changes):
        return stock | {"reporting_unit": unit, "as_of": as_of, "revised_on": "2022-01-01"} | changes

    home.submit("workforce_stats", [
        row("500103", "2020-12-31"), row("500105", "2020-12-31", skilled_total=40),
        row("500103", "2021-12-31"), row("500103", "2021-06-30", skilled_total=99),
        row("500103", "2021-12-31", revised_on="2021-12-31", skilled_total=1),
        row("500103", "2021-12-31", population="on_post", is_official=False, revised_on="2022-02-01"),
        row("500000", "2021-12-31", employed_total=1000, skilled_total=300),
    ], period="2021")  # fmt: skip
    home.submit("classes", [klass("C1"), klass("C2", district_code="500105")], period="2020")
    home.submit("fund_ledger", [line("2021-01-02", "training", outlay="5")], unit="500103", period="2021")
    home.submit("fund_ledger", [line("2020-11-02", "training", outlay="3")], unit="500103", period="2020")
    home.submit("fund_ledger", [line("2021-01-02", "training", outlay="7")], unit="500000", period="2021")
    connection = home.build()
    assert figure(connection, "skilled_share", period="2021") == (
        20,
        100,
        0.2,
    )  # latest date, latest revision, official
    assert figure(connection, "skilled_share", period="2021Q2") == (99, 100, 0.99)
    assert figure(connection, "skilled_share", period="2021Q1") == (None, None, None)
    assert figure(connection, "high_skilled_share", period="2021") == (5, 20, 0.25)
    assert figure(connection, "skilled_share", unit="500000", period="2020") == (60, 200, 0.3)
    assert figure(connection, "skilled_share", unit="500000", period="2021") == (300, 1000, 0.3)
    assert value(connection, "fund_spend", unit="500000", period="2021") == 7
    # before the municipality kept a ledger its districts' stand
    assert value(connection, "fund_spend", unit="500000", period="2020") == 3
    assert value(connection, "fund_spend", unit="500000", period="2020Q4", dimension="cumulative") == 3
    connection.close()


def test_education_fund_by_years_only(tmp_path):
    home = Home(tmp_path)
    firm = {"year": 2021, "district_code": "500103", "payroll_yuan": "1000", "education_fund_drawn_yuan": "15",
            "education_fund_used_yuan": "10", "education_fund_frontline_yuan": "6"}  # fmt: skip
    home.submit("enterprises", [firm | {"employer_id": "E1"}, firm | {"employer_id": "E2", "payroll_yuan": "2000"}])
    connection = home.build()
    assert figure(connection, "education_fund_ratio", period="2021") == (30, 3000, 0.01)
    assert figure(connection, "frontline_fund_share", period="2021") == (12, 20, 0.6)
    assert figure(connection, "frontline_fund_share", period="2021Q4") == (None, None, None)
    connection.close()
