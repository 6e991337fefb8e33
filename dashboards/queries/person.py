"""What the marts hold of one person, by person key; read for the auditor alone, and without a name."""

from __future__ import annotations

from dashboards.release import Release, Row

TABLES = {
    "fct_training": "class_id, reporting_unit, training_type, occupation_name, skill_level, starts_on, ends_on, "
    "completion, is_certified, is_paid, submission_id, file_name, sheet, row_no",
    "fct_certification": "class_id, occupation_name, skill_level, examined_on, result, certificate_kind, "
    "certificate_status, submission_id, file_name, sheet, row_no",
    "fct_claim": "claim_id, class_id, reporting_unit, subsidy_kind, claim_status, claimed_on, paid_on, claimed_yuan, "
    "paid_yuan, recovered_yuan, submission_id, file_name, sheet, row_no",
    "fct_employment": "insurance_kind, starts_on, ends_on, submission_id, file_name, sheet, row_no",
    "mart_finding": "rule_id, severity, class_id, claim_id, period, amount_yuan, message_zh, message_en, "
    "submission_id, file_name, sheet, row_no",
}
ARCHIVE = """
select event_on, until_on, event_kind, detail_code, outcome_code, class_id, occupation_name, skill_level, amount_yuan
from marts.mart_person_archive
where person_key = $1
order by event_on, until_on, event_kind, class_id
"""
# The dataset of the vault that holds the personal columns of a table's rows.
DATASETS = {
    "fct_training": "enrollments",
    "fct_certification": "certifications",
    "fct_claim": "claims",
    "fct_employment": "employment",
}


def rows(release: Release, table: str, person_key: str) -> list[Row]:
    """Rows of one table of the person, in order of file and row; empty where the release has none of persons."""
    if "person_key" not in release.tables.get(table, set()):
        return []
    return release.rows(
        f"select {TABLES[table]} from marts.{table} where person_key = $1 order by file_name, sheet, row_no",
        [person_key],
    )


def archive(release: Release, person_key: str) -> list[Row]:
    """What happened to the person, in order of time; empty where the release has no archive of persons."""
    return release.rows(ARCHIVE, [person_key]) if release.has("mart_person_archive") else []


def places(release: Release, person_key: str) -> list[tuple[str, str]]:
    """Where the vault holds the person: (dataset, submission id), each once."""
    found = {
        (dataset, row["submission_id"])
        for table, dataset in DATASETS.items()
        for row in rows(release, table, person_key)
        if row["submission_id"]
    }
    return sorted(found)
