"""Allocation over districts and institutions: who takes part, by which figures, from which pool, and what decisions do."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestration.allocation.record import write
from tests.spec.marts.home import Home
from tests.spec.marts.rows import claim, klass, trainee

DISTRICTS = {"500103": 6, "500105": 3, "500107": 1}


def target(unit, value, breakdown=None, period="2022"):
    return {
        "indicator_code": "person_times", "period": period, "breakdown": breakdown, "target_value": str(value),
        "comparator": "ge", "unit_of_measure": "person_times", "plan_version": 0, "document_no": "计划", "reporting_unit": unit,
    }  # fmt: skip


def quota(unit, year, yuan, number="1"):
    return {"reporting_unit": unit, "fund_source": "special_account", "year": year, "quota_yuan": str(yuan),
            "issued_on": f"{year}-01-10", "document_no": number}  # fmt: skip


def fill(home):
    for unit, classes in DISTRICTS.items():
        rows = [klass(f"{unit}-{n}", district_code=unit, institution_id=f"I{n % 2}-{unit}") for n in range(classes)]
        home.submit("classes", rows, unit=unit, period="2021Q2")
        people = [trainee(row["class_id"], f"{row['class_id']}-{p}") for row in rows for p in range(4)]
        home.submit("enrollments", people, unit=unit, period="2021Q2")
        claims = [claim(f"C{row['class_id']}", class_id=row["class_id"], paid_yuan=str(1000 * classes)) for row in rows]
        home.submit("claims", claims, unit=unit, period="2021Q2")
        home.submit("fund_quota", [quota(unit, 2021, 100_000 * classes)], unit=unit, period="2021")
        home.submit("targets", [target(unit, 1000 * classes)], unit=unit, period="2021")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    fill(home)
    decided = {
        "allocator_unit": "500103", "recipient_kind": "institution", "year": 2021, "pool_fen": 5_000_00, "release_id": "r",
        "amounts": [{"allocator_unit": "500103", "recipient_kind": "institution", "recipient_id": "I0-500103", "year": 2021,
                     "reporting_unit": "500103", "proposed_yuan": "5000.00", "amount_fen": 5_000_00, "scenario": "x"}],
    }  # fmt: skip
    write(home.settings, decided | {"reason": "先"})
    write(home.settings, decided | {"reason": "后"})
    connection = home.build(policy=True)
    yield connection
    connection.close()


def rows(connection, kind, where="scenario = 'proposal' AND year = 2022"):
    found = connection.execute(
        "SELECT allocator_unit, recipient_id, proposed_yuan, last_year_yuan, pool_yuan, pool_source, refusal"
        f" FROM marts.mart_allocation WHERE recipient_kind = '{kind}' AND {where} ORDER BY ALL"
    )
    return found.fetchall()


def test_districts_share_what_all_of_them_had_where_no_quota_is_issued_yet(built):
    found = rows(built, "district")
    assert {row[0] for row in found} == {"500000"} and {row[1] for row in found} == set(DISTRICTS)
    assert {row[1]: row[3] for row in found} == {unit: Decimal(100_000 * n) for unit, n in DISTRICTS.items()}, (
        "last year's quotas"
    )
    assert sum(row[2] for row in found) == found[0][4] == Decimal(1_000_000) and found[0][5] == "last_year"


def test_institutions_take_part_in_their_district_and_where_all_are_suspended_nothing_is_given(built):
    found = [row for row in rows(built, "institution") if row[0] == "500105"]
    assert {row[1]: row[3] for row in found} == {"I0-500105": Decimal(6000), "I1-500105": Decimal(3000)}, (
        "paid for their classes"
    )
    # nobody passed an examination, so the example's grade is poor and its consequence is to suspend
    assert {row[6] for row in found} == {"all_suspended"} and {row[2] for row in found} == {None}


def test_the_pool_is_the_quota_of_the_year_where_there_is_one(built):
    found = rows(built, "district", "scenario = 'proposal' AND year = 2021")
    assert found == [] or found[0][5] in ("quota", "quotas_below")


def test_a_plan_counts_only_where_everybody_has_one(built):
    measures = built.execute(
        "SELECT recipient_kind, recipient_id, value, source FROM marts.mart_allocation_measure"
        " WHERE measure = 'plan_person_times' AND year = 2022 ORDER BY ALL"
    ).fetchall()
    assert [m[2:] for m in measures if m[0] == "district"] == [(6000, "plan"), (3000, "plan"), (1000, "plan")]
    assert {m[3] for m in measures if m[0] == "institution"} == {"actual"}


def test_decisions_are_scenarios_and_the_one_that_stands_is_last_years_amount(built):
    found = built.execute(
        "SELECT scenario, is_standing, replaces IS NOT NULL, proposed_yuan FROM marts.mart_allocation"
        " WHERE is_decided ORDER BY is_standing"
    ).fetchall()
    assert [row[1:] for row in found] == [(False, False, Decimal(5000)), (True, True, Decimal(5000))]
    assert all(row[0].startswith("decided-") for row in found)
    (last,) = built.execute(
        "SELECT last_year_yuan FROM marts.mart_allocation"
        " WHERE recipient_id = 'I0-500103' AND year = 2022 AND scenario = 'proposal'"
    ).fetchone()
    assert last == Decimal(5000), "decided for 2021, so neither the quota nor what was paid"


def test_every_pot_comes_to_its_pool_and_every_row_says_why(built):
    pots = built.execute(
        "SELECT pot_key, sum(proposed_yuan) - any_value(pool_yuan), count(*) FILTER (reason IS NULL OR reason_en IS NULL)"
        " FROM marts.mart_allocation WHERE NOT is_decided AND refusal IS NULL GROUP BY 1"
    ).fetchall()
    assert pots and all((difference, silent) == (0, 0) for _, difference, silent in pots)
