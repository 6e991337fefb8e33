"""Rows of the report forms: cross-tabs, funds against claims, data quality, the publication; and what ties them together."""

import pytest

from tests.spec.marts.home import Home
from tests.spec.marts.rows import assessment, claim, klass, spell, trainee
from tests.spec.marts.test_funds import line

UNIT = "500103"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    home.submit("institutions", [{"institution_id": "I1", "institution_name": "甲校", "institution_kind": "private_school",
                                  "district_code": UNIT, "listed_on": "2019-01-01"}])  # fmt: skip
    home.submit("classes", [
        klass("A", standard_yuan="500"),
        klass("B", training_type="upskilling", skill_level="3", starts_on="2021-01-04", ends_on="2021-01-20"),
        klass("C", occupation_name="缝纫工", skill_level=None, institution_id="I2", district_code="500104"),
        klass("D", ends_on="2021-07-10"),
    ])  # fmt: skip
    home.submit("enrollments", [
        trainee("A", "p1", trainee_categories=["veteran", "unemployed"], sex="female"),
        trainee("A", "p2", trainee_categories=["disabled", "reservoir_migrant"], sex="male"),
        trainee("A", "p3", completion="dropped"),
        trainee("B", "p1", trainee_categories=["enterprise_employee"]),
        trainee("C", "p4", trainee_categories=None),
        trainee("D", "p5"),
    ])  # fmt: skip
    home.submit("certifications", [
        assessment("p1", class_id="A"), assessment("p4", class_id="C", occupation_name="缝纫工", skill_level=None,
                                                   certificate_kind="specific_ability"),
    ])  # fmt: skip
    home.submit("employment", [spell("p1", "2021-05-10")])
    home.submit("claims", [
        claim("c1", class_id="A", standard_yuan="500", claimed_headcount=3, claimed_yuan="1500", cut_headcount=1,
              cut_yuan="500", cut_reason="未结业", approved_yuan="1000"),
        claim("c2", subsidy_kind="on_the_job", payee_kind="enterprise", person_key="p9", ojt_month="2021-05-01",
              claimed_yuan="500", paid_yuan="500", paid_on="2021-02-01"),
        claim("c3", claim_status="void"),
    ], period="2021Q2")  # fmt: skip
    home.submit("fund_ledger", [
        line("2021-01-01", "opening", balance="5000", voucher="0"),
        line("2021-02-01", "on_the_job", outlay="500", balance="4500", voucher="1"),
        line("2021-06-10", "training", outlay="1000", balance="3500", voucher="2"),
        line("2021-06-11", "capacity", outlay="200", balance="3300", voucher="3"),
    ], period="2021Q2")  # fmt: skip
    home.submit("fund_quota", [
        {"reporting_unit": UNIT, "fund_source": "special_account", "year": 2021, "quota_yuan": "6000",
         "issued_on": "2021-01-05", "document_no": "1"},
        {"reporting_unit": UNIT, "fund_source": "special_account", "year": 2021, "quota_yuan": "10",
         "issued_on": "2021-07-05", "document_no": "2"},
    ])  # fmt: skip
    home.submit("classes", [klass("E", starts_on="2021-01-10", ends_on="2021-02-10")], period="2021Q1",
                quarantined=[{"row_no": 9, "rule_id": "classes.x", "reason": "code"}])  # fmt: skip
    home.submit("classes", [klass("F"), klass("G")], period="2021Q2")
    connection = home.build()
    yield connection
    connection.close()


def cells(connection, form, period="2021Q2", unit=UNIT):
    """Values by (row member, column member)."""
    found = connection.execute(
        "SELECT row_member, column_member, value FROM marts.mart_report_cross WHERE form = ? AND period = ?"
        " AND reporting_unit = ?",
        [form, period, unit],
    ).fetchall()
    return {(row, column): value for row, column, value in found}


def records(connection, mart, period="2021Q2", unit=UNIT):
    """Rows of a form's mart in printed order, as dictionaries."""
    answer = connection.execute(
        f"SELECT * FROM marts.{mart} WHERE period = ? AND reporting_unit = ? ORDER BY line_no", [period, unit]
    )
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def test_types_by_groups_count_each_group_in_full_and_the_total_once(built):
    assert cells(built, "J3") == {
        ("job_skills", "veteran"): 1, ("job_skills", "unemployed"): 1, ("job_skills", "other"): 1,
        ("job_skills", "female"): 1, ("job_skills", "all"): 2,
        ("upskilling", "enterprise_employee"): 1, ("upskilling", "all"): 1,
        ("all", "veteran"): 1, ("all", "unemployed"): 1, ("all", "other"): 1, ("all", "female"): 1,
        ("all", "enterprise_employee"): 1, ("all", "all"): 3,
    }  # fmt: skip


def test_cross_tabs_run_from_the_first_of_january_and_stop_at_the_period(built):
    assert cells(built, "J3", "2021Q1")["all", "all"] == 1
    assert cells(built, "J3", "2021")["all", "all"] == 4


def test_a_person_without_a_group_counts_under_other_and_a_municipality_holds_its_districts(built):
    assert cells(built, "J3", unit="500104") == {
        ("job_skills", "other"): 1, ("job_skills", "all"): 1, ("all", "other"): 1, ("all", "all"): 1,
    }  # fmt: skip
    assert cells(built, "J3", unit="500000")["all", "all"] == 4


def test_occupations_by_level_with_certificates(built):
    found = cells(built, "J4")
    assert found["焊工", "5"] == 2 and found["焊工", "3"] == 1 and found["焊工", "all"] == 3
    assert found["焊工", "certified"] == 1 and found["焊工", "certificate_rate"] == pytest.approx(1 / 3)
    assert cells(built, "J4", unit="500104")["缝纫工", "specific_ability"] == 1


def test_institutions_with_their_results(built):
    found = cells(built, "N2", "2021")
    assert found["I1", "classes"] == 3 and found["I1", "completed"] == 4
    assert found["I1", "certified"] == 1 and found["I1", "employed"] == 2
    (name,) = built.execute("SELECT DISTINCT row_label FROM marts.mart_report_cross WHERE row_member = 'I1'").fetchone()
    assert name == "甲校"


def test_funds_hold_spending_against_claims(built):
    line, total = records(built, "mart_report_j5")
    assert (line["fund_source"], total["fund_source"]) == ("special_account", None)
    for row in (line, total):
        figures = [float(row[f"{name}_yuan"]) for name in ("opening", "quota", "current_outlay", "outlay", "claims", "other",
                                                           "difference", "closing", "unexplained")]  # fmt: skip
        assert figures == [5000, 6000, 1200, 1700, 1500, 200, 0, 3300, 0]
        assert row["execution_ratio"] == pytest.approx(1700 / 5000)
    assert float(records(built, "mart_report_j5", "2021")[0]["quota_yuan"]) == 6010


def test_quality_holds_a_period_against_the_one_before(built):
    lines = {row["item"]: (row["previous_value"], row["current_value"], row["difference_value"])
             for row in records(built, "mart_report_j6")}  # fmt: skip
    assert lines["rows_quarantined"] == (1, 0, -1)
    assert lines["rows_accepted"] == (1, 9, 8)  # claims 3, ledger 4, classes 2
    assert records(built, "mart_report_j6", "2021Q1")[0]["previous_value"] is None


def test_publication_lists_payments_by_class_and_payments_without_one_by_kind(built):
    first, total = records(built, "mart_report_d1")
    assert (first["class_id"], first["institution_name"], first["occupation_name"]) == ("A", "甲校", "焊工")
    assert (first["enrolled_count"], first["completed_count"], first["certified_count"]) == (3, 2, 1)
    assert (first["approved_headcount"], first["cut_headcount"], first["cut_reason"]) == (2, 1, "未结业")
    assert (float(first["standard_yuan"]), float(first["paid_yuan"])) == (500, 1000)
    assert total["is_total"] and float(total["paid_yuan"]) == 1000
    (other, _) = records(built, "mart_report_d1", "2021Q1")
    assert (other["class_id"], other["subsidy_kind"], float(other["paid_yuan"])) == (None, "on_the_job", 500)


@pytest.mark.parametrize("unit", [UNIT, "500104", "500000"])
@pytest.mark.parametrize("period", ["2021Q1", "2021Q2", "2021Q3", "2021"])
def test_forms_agree_with_each_other(built, unit, period):
    """J1 cumulative = sum of J2 = total of J3 = total of J4; J5 spending = sum of J2; the year's publication = claims paid."""
    (completed,) = built.execute(
        "SELECT cumulative_value FROM marts.mart_report_j1 WHERE code = 'person_times' AND reporting_unit = ? AND period = ?",
        [unit, period],
    ).fetchone()
    units = [row for row in records(built, "mart_report_j2", period, unit) if row["unit_code"]]
    assert completed == sum(row["cumulative_value"] for row in units)
    assert completed == cells(built, "J3", period, unit).get(("all", "all"), 0)
    assert completed == cells(built, "J4", period, unit).get(("all", "all"), 0)
    assert completed == sum(v for (row, column), v in cells(built, "J3", period, unit).items()
                            if row != "all" and column == "all")  # fmt: skip
    funds = [row for row in records(built, "mart_report_j5", period, unit) if row["fund_source"] is None]
    spent = funds[0] if funds else {"outlay_yuan": 0, "claims_yuan": 0, "other_yuan": 0}
    assert spent["outlay_yuan"] == sum(row["subsidy_yuan"] for row in units)
    assert spent["outlay_yuan"] == spent["claims_yuan"] + spent["other_yuan"]
