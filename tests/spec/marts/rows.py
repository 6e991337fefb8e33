"""Rows of a plain case: one class, its trainees, and how to read a figure back. Every test changes only what it is about."""

from __future__ import annotations

import duckdb


def klass(class_id: str, **changes: object) -> dict:
    """A filed job-skills class of 500103 that ran in April 2021."""
    row = {
        "class_id": class_id, "institution_id": "I1", "training_type": "job_skills", "occupation_name": "焊工",
        "skill_level": "5", "approved_on": "2021-03-20", "starts_on": "2021-04-01", "ends_on": "2021-04-30", "total_lessons": 60,
        "delivery_mode": "offline", "district_code": "500103", "fund_source": "special_account", "class_status": "filed",
    }  # fmt: skip
    return row | changes


def trainee(class_id: str, person: str, **changes: object) -> dict:
    """A trainee who completed."""
    return {
        "class_id": class_id,
        "person_key": person,
        "completion": "completed",
        "trainee_categories": ["veteran"],
    } | changes


def assessment(person: str, **changes: object) -> dict:
    """A passed welding assessment at level 5 of April 2021, without a class."""
    row = {
        "assessment_batch": "B1", "person_key": person, "occupation_name": "焊工", "skill_level": "5",
        "examined_on": "2021-04-30", "result": "passed", "certificate_kind": "skill_level",
    }  # fmt: skip
    return row | changes


def spell(person: str, starts_on: str, ends_on: str | None = None, **changes: object) -> dict:
    """A pension spell with one employer."""
    row = {
        "person_key": person,
        "employer_id": "E1",
        "insurance_kind": "pension",
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    return row | changes


def claim(claim_id: str, **changes: object) -> dict:
    """A paid training claim of an institution for 1,000 yuan."""
    row = {
        "claim_id": claim_id, "payee_kind": "institution", "payee_id": "I1", "subsidy_kind": "training", "claimed_yuan": "1000",
        "paid_yuan": "1000", "claimed_on": "2021-05-10", "paid_on": "2021-06-10", "fund_source": "special_account",
        "claim_status": "paid",
    }  # fmt: skip
    return row | changes


def figure(
    connection: duckdb.DuckDBPyConnection, code: str, unit: str = "500103", period: str = "2021Q2", dimension: str = "all",
    member: str = "all",
) -> tuple | None:  # fmt: skip
    """(numerator, denominator, value) of one figure; None where there is no row."""
    return connection.execute(
        "SELECT numerator, denominator, value FROM marts.mart_indicator WHERE indicator_code = ? AND reporting_unit = ?"
        " AND period = ? AND dimension = ? AND member = ?",
        [code, unit, period, dimension, member],
    ).fetchone()


def value(connection: duckdb.DuckDBPyConnection, code: str, unit: str = "500103", period: str = "2021Q2", **where: str):
    """The value of one figure; None where it has none."""
    found = figure(connection, code, unit, period, **where)
    assert found is not None, f"no row {code} {unit} {period} {where}"
    return found[2]
