"""Reads what dbt found and what it says is due from a built home, in the shapes of the independent reckoning."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction

import duckdb

from tests.independent.facts import Finding

# the ids that carry a finding, by the kind of its subject
CARRIER = {
    "training": ("class_id", "person_key"), "class": ("class_id",), "claim": ("claim_id", "person_key"),
    "employer": ("employer_id", "period"), "institution": ("institution_id", "period"), "ledger_line": ("subject_id",),
    "project": ("subject_id",), "unit": ("reporting_unit", "subject_id", "period"),
}  # fmt: skip


def data_set_of(*ids: str | None) -> str:
    """The data set an id belongs to: what stands before its first full stop; '' for those of a unit."""
    return next((each.split(".")[0] for each in ids if each and "." in each), "")


def found_by_dbt(connection: duckdb.DuckDBPyConnection) -> dict[str, Counter[Finding]]:
    """Findings of `mart_finding` by data set."""
    columns = "class_id, person_key, claim_id, employer_id, institution_id, subject_id, reporting_unit, period"
    relation = connection.sql(
        f"select test, rule_id, severity, subject_kind, (coalesce(amount_yuan, 0) * 100)::bigint as fen, {columns} "
        "from marts.mart_finding"
    )
    found: dict[str, Counter[Finding]] = defaultdict(Counter)
    for values in relation.fetchall():
        row = dict(zip(relation.columns, values, strict=True))
        carrier = tuple(row[name] for name in CARRIER[row["subject_kind"]])
        if row["subject_kind"] == "unit":
            carrier = tuple(each or "" for each in carrier)
        finding = Finding(row["test"], row["rule_id"], row["severity"], carrier, row["fen"])
        found[data_set_of(*carrier)][finding] += 1
    return found


def jurisdictions_by_dbt(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str, str]]:
    """(rule, severity, jurisdiction) of all findings."""
    return set(connection.sql("select distinct rule_id, severity, jurisdiction from marts.mart_finding").fetchall())


def documents_by_dbt(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Document that the sums due of a class are reckoned under."""
    return dict(connection.sql("select distinct class_id, document_no from marts.mart_subsidy_due").fetchall())


def scores_by_dbt(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str, str], Fraction]:
    """Scores of the review by unit, year and institution: a given for the equal-split rule, not a result of it."""
    rows = connection.sql(
        "select distinct reporting_unit, year, institution_id, total_score from marts.mart_institution_review "
        "where total_score is not null"
    ).fetchall()
    return {(unit, str(year), institution): Fraction(str(score)) for unit, year, institution, score in rows}


def due_by_dbt(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str, str], int]:
    """(class, person, subsidy kind) -> fen of `mart_subsidy_due`, sums of 0 left out."""
    rows = connection.sql(
        "select class_id, person_key, subsidy_kind, (due_yuan * 100)::bigint from marts.mart_subsidy_due where due_yuan <> 0"
    ).fetchall()
    return {(class_id, person, kind): fen for class_id, person, kind, fen in rows}


def money_by_dbt(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str, str], tuple[int, int, int]]:
    """(class, person, subsidy kind) -> fen claimed, approved and paid of `mart_subsidy_due`, rows of 0 left out."""
    rows = connection.sql(
        "select class_id, person_key, subsidy_kind, (claimed_yuan * 100)::bigint, (approved_yuan * 100)::bigint,"
        " (paid_yuan * 100)::bigint from marts.mart_subsidy_due where person_key is not null"
        " and (claimed_yuan <> 0 or approved_yuan <> 0 or paid_yuan <> 0)"
    ).fetchall()
    return {(row[0], row[1], row[2]): (row[3], row[4], row[5]) for row in rows}


def limits_by_dbt(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str, str, str, int], tuple[int, int]]:
    """(limit, jurisdiction, person, employer, year) -> used and allowed of `mart_limit_use`."""
    rows = connection.sql(
        "select limit_code, jurisdiction, person_key, employer_id, calendar_year, used_count, allowed_count"
        " from marts.mart_limit_use"
    ).fetchall()
    return {(row[0], row[1], row[2], row[3], row[4]): (row[5], row[6]) for row in rows}
