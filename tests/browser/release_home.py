"""A small home with two published releases, shaped as the pipeline publishes them, for tests of pages and reports.

Belongs here: the tables and the files of a release. Not here: their rows (`rows_of_facts`, `_statistics`, …).
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb

from tests.browser import rows_of_allocation, rows_of_facts, rows_of_reports, rows_of_statistics
from tests.browser.rows_of_facts import UNIT

TABLES = {
    "mart_target_progress": """reporting_unit varchar, indicator_code varchar, period varchar, breakdown varchar,
        plan_version integer, target_value decimal(18,4), comparator varchar, actual_value double,
        completion_ratio double, time_progress_ratio double, is_met boolean, shortfall double, clause varchar,
        document_no varchar""",
    "mart_indicator": """indicator_code varchar, reporting_unit varchar, period varchar, dimension varchar,
        member varchar, numerator double, denominator double, value double, unit_of_measure varchar""",
    "mart_fund_position": """fund_source varchar, reporting_unit varchar, period varchar, opening_yuan decimal(18,2),
        income_yuan decimal(18,2), returned_yuan decimal(18,2), outlay_yuan decimal(18,2), closing_yuan decimal(18,2),
        quota_yuan decimal(18,2), execution_ratio double, unexplained_yuan decimal(18,2)""",
    "mart_row_account": """submission_id varchar, dataset varchar, reporting_unit varchar, period varchar,
        file_name varchar, rows_read bigint, rows_not_data bigint, rows_duplicate bigint, rows_quarantined bigint,
        rows_accepted bigint, rows_superseded bigint, fen_read bigint, fen_duplicate bigint, fen_quarantined bigint,
        fen_accepted bigint, fen_superseded bigint""",
    "mart_quality": """suite varchar, rule_id varchar, submission_id varchar, reporting_unit varchar,
        period varchar, is_standing boolean, severity varchar, checked bigint, failed bigint, state varchar,
        reason varchar, clause varchar, message_zh varchar, message_en varchar""",
    "mart_quarantine": """submission_id varchar, dataset varchar, reporting_unit varchar, period varchar,
        file_name varchar, sheet varchar, row_no integer, rule_id varchar, reason varchar, column_name varchar,
        amount_fen bigint, is_standing boolean""",
    "mart_mended_row": """submission_id varchar, dataset varchar, reporting_unit varchar, period varchar,
        file_name varchar, sheet varchar, row_no integer, amount_fen bigint, first_submission_id varchar,
        first_file_name varchar, first_sheet varchar, first_row_no integer, first_committed_at timestamp,
        is_standing boolean""",
    "mart_indicator_definition": """indicator_code varchar, label_zh varchar, label_en varchar, kind varchar,
        unit_of_measure varchar, formula_zh varchar, formula_en varchar, numerator_zh varchar, denominator_zh varchar,
        clause varchar, convention varchar, maturity varchar, model varchar, sort_no integer""",
    "mart_finding": """finding_id varchar, rule_id varchar, severity varchar, clause varchar, class_id varchar,
        institution_id varchar, claim_id varchar, subject_id varchar, reporting_unit varchar, amount_yuan decimal(18,2),
        period varchar, file_name varchar, sheet varchar, row_no integer, message_zh varchar, message_en varchar,
        test varchar, person_key varchar, evidence json""",
    "mart_policy_rule": """rule_id varchar, test varchar, state varchar, clause varchar, document_no varchar,
        document_title varchar, title_zh varchar, title_en varchar, quote varchar, reading varchar, needs varchar,
        valid_from date, valid_to date""",
    "mart_target_forecast": """reporting_unit varchar, indicator_code varchar, period varchar, breakdown varchar,
        plan_version integer, forecast_value double, lower_value double, upper_value double,
        expected_completion_ratio double, is_expected_met boolean, back_test_error_ratio double,
        back_test_years bigint, reason varchar""",
    "fct_claim": """claim_key varchar, claim_id varchar, reporting_unit varchar, class_id varchar, person_key varchar,
        payee_kind varchar, payee_id varchar, subsidy_kind varchar, fund_source varchar, claim_status varchar,
        claimed_on date, paid_on date, claimed_yuan decimal(18,2), approved_yuan decimal(18,2),
        recovered_yuan decimal(18,2), paid_yuan decimal(18,2), net_paid_yuan decimal(18,2), is_money_row boolean,
        is_live boolean, is_counted boolean, submission_id varchar, file_name varchar, sheet varchar,
        row_no integer""",
    "mart_target_course": """reporting_unit varchar, indicator_code varchar, period varchar, ends_on date, value double,
        running_value double, running_target double""",
    "dim_institution": "institution_id varchar, institution_name varchar, institution_kind varchar",
    "dim_class": """class_id varchar, reporting_unit varchar, institution_id varchar, training_type varchar,
        occupation_name varchar, skill_level varchar, delivery_mode varchar, fund_source varchar, class_status varchar,
        approved_on date, starts_on date, ends_on date, total_lessons integer, is_in_scope boolean,
        submission_id varchar, file_name varchar, sheet varchar, row_no integer""",
    "fct_training": """class_id varchar, person_key varchar, reporting_unit varchar, is_counted boolean,
        is_certified boolean, is_paid boolean, submission_id varchar, file_name varchar, sheet varchar,
        row_no integer""",
    "dim_period": "period varchar, period_kind varchar, is_loaded boolean",
    "dim_unit": "reporting_unit varchar, unit_name varchar, is_rollup boolean",
    "mart_report_j1": """reporting_unit varchar, period varchar, line_no integer, code varchar, label_zh varchar,
        label_en varchar, unit_of_measure varchar, current_value double, cumulative_value double,
        previous_year_value double, change_ratio double, target_value double, completion_ratio double""",
    "mart_report_j2": """reporting_unit varchar, period varchar, line_no integer, unit_code varchar, unit_name varchar,
        target_value double, current_value double, cumulative_value double, completion_ratio double,
        time_gap_ratio double, pass_rate double, employment_rate double, subsidy_yuan decimal(18,2)""",
    **rows_of_reports.TABLES,
    **rows_of_allocation.TABLES,
}


ROWS = {
    "mart_target_progress": rows_of_statistics.progress,
    "mart_indicator": rows_of_statistics.indicators,
    "mart_target_course": rows_of_statistics.course,
    "mart_fund_position": rows_of_statistics.funds,
    "mart_row_account": rows_of_statistics.files,
    "mart_quality": rows_of_statistics.quality,
    "mart_quarantine": lambda: [
        (
            f"{2:020x}",
            "claims",
            UNIT,
            "2020Q1",
            "claims_2020Q1.xlsx",
            "Sheet1",
            17,
            "claims.amount_wrong",
            "amount",
            "paid_yuan",
            118000,
            True,
        )
    ],  # fmt: skip
    "mart_mended_row": rows_of_statistics.mended,
    "mart_indicator_definition": rows_of_statistics.definitions,
    "mart_finding": rows_of_facts.findings,
    "mart_policy_rule": rows_of_facts.rules,
    "mart_target_forecast": lambda: [
        (UNIT, "person_times", "2021", "", 0, 22900.0, 22100.0, 23800.0, 0.95, False, 0.04, 2, None)
    ],
    "fct_claim": rows_of_facts.claims,
    "dim_institution": rows_of_facts.institutions,
    "dim_class": rows_of_facts.classes,
    "fct_training": rows_of_facts.trainings,
    "dim_period": lambda: [("2020", "year", True), ("2021", "year", True), ("2021Q1", "quarter", True)],
    "dim_unit": lambda: [("500000", "重庆市", True), ("500103", "渝中区", False), ("500199", "两江新区", False)],
    "mart_report_j1": rows_of_statistics.j1,
    "mart_report_j2": rows_of_statistics.j2,
    **rows_of_reports.ROWS,
    **rows_of_allocation.ROWS,
}


def write_release(
    home: Path, release_id: str, *, without: tuple[str, ...] = (), person_times: int | None = None
) -> Path:
    """Publish one release in `home` and move CURRENT to it; `person_times` replaces the three-year actual."""
    directory = home / "releases" / release_id
    directory.mkdir(parents=True)
    connection = duckdb.connect(str(directory / "warehouse.duckdb"))
    connection.execute("create schema marts")
    for table, columns in TABLES.items():
        if table in without:
            continue
        connection.execute(f"create table marts.{table} ({columns})")
        rows = ROWS[table]()
        if rows:
            # One statement for all rows: row by row takes seconds.
            marks = ", ".join([f"({', '.join('?' * len(rows[0]))})"] * len(rows))
            connection.execute(f"insert into marts.{table} values {marks}", [value for row in rows for value in row])
    if person_times is not None:
        connection.execute(
            "update marts.mart_target_progress set actual_value = ? where indicator_code = 'person_times' "
            "and period = '2019-2021'",
            [person_times],
        )
    connection.close()
    (directory / "manifest.json").write_text(
        json.dumps(
            {
                "release_id": release_id,
                "data_date": date(2021, 12, 31).isoformat(),
                "as_of": f"2022-01-1{len(list(home.glob('releases/*')))}T08:00:00.000000Z",
                "code_version": "0.1.0",
                "checks": {"passed": 212, "total": 214},
            }
        ),
        encoding="utf-8",
    )
    move_current(home, release_id)
    return directory


def move_current(home: Path, release_id: str) -> None:
    """Move CURRENT by one rename, as publishing does."""
    link = home / ".CURRENT.tmp"
    link.symlink_to(Path("releases") / release_id)
    link.replace(home / "CURRENT")
