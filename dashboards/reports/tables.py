"""The report forms and which report prints which, in the order they are printed: layout as data.

Belongs here: a new form, its columns and the relations checked under it (see docs/reports.md). Not here: any figure.
"""

from __future__ import annotations

from dashboards.reports.form import REFERENCE, RESULT, Column, Form, columns, is_total
from dashboards.reports.review_forms import REVIEW_FORMS
from dashboards.reports.statements import INSTITUTIONS, PROGRESS, RESTATED, SERIES, SPANS, UNIT_PROGRESS, cross

__all__ = ["FORMS", "KINDS", "Column", "Form", "is_total"]

RESTATEMENT = columns("""
    period_label text 20
    line_label text 28
    unit_of_measure text 15
    frozen_value line 16 group=restated
    current_value line 16 group=restated label=restated_value
    difference line 14 group=restated
    reason text 66
""")

LEVELS = "".join(f"cell_{level} number 10 group=levels label=level_{level}\n" for level in "54321")

_FORMS = (
    Form(
        code="J1",
        mart="mart_report_j1",
        columns=columns("""
            line_label text 31
            code text 37
            unit_of_measure text 17
            current_value line 18 group=completed
            cumulative_value line 20 group=completed
            previous_year_value line 17 group=comparison
            change_ratio ratio 12 group=comparison
            target_value line 13 group=annual label=target_only
            completion_ratio ratio 15 group=annual
        """),
        checks=("check_order", "check_cumulative"),
        chart=(("current_value", RESULT), ("previous_year_value", REFERENCE)),
        chart_label="line_label",
    ),
    Form(
        code="J2",
        mart="mart_report_j2",
        columns=columns("""
            line_no text 6
            unit_name text 20
            target_value number 13 group=person_times
            current_value number 13 group=person_times
            cumulative_value number 13 group=person_times
            completion_ratio ratio 14 group=person_times
            time_gap_ratio points 15 group=person_times
            pass_rate ratio 12 group=quality
            employment_rate ratio 15 group=quality
            subsidy_yuan yuan 18
        """),
        checks=("check_total", "check_cross"),
        chart=(("target_value", REFERENCE), ("cumulative_value", RESULT)),
        chart_label="unit_name",
    ),
    Form(
        code="J3",
        mart="mart_report_cross",
        sql=cross("J3"),
        columns=columns("""
            member_label text 26 label=training_type
            cell_enterprise_employee number 13 group=groups label=group_enterprise_employee
            cell_unemployed number 13 group=groups label=group_unemployed
            cell_rural_worker number 13 group=groups label=group_rural_worker
            cell_graduate number 13 group=groups label=group_graduate
            cell_veteran number 13 group=groups label=group_veteran
            cell_other number 13 group=groups label=group_other
            cell_all number 13 label=row_total
            cell_female number 13 label=female
        """),
        checks=("check_total", "check_cross"),
        chart=(("cell_all", RESULT),),
        chart_label="member_label",
    ),
    Form(
        code="J4",
        mart="mart_report_cross",
        sql=cross("J4"),
        columns=columns(f"""
            member_label text 30 label=occupation
            row_code text 14 label=occupation_code
            {LEVELS}
            cell_specific_ability number 11
            cell_none number 10
            cell_all number 11 label=row_total
            cell_certified number 11 label=person_times_certified
            cell_certificate_rate ratio 11 label=certificate_rate
        """),
        checks=("check_total", "check_levels", "check_cross"),
    ),
    Form(
        code="J5",
        mart="mart_report_j5",
        columns=columns("""
            fund_label text 28
            opening_yuan yuan 18 label=year_opening
            quota_yuan yuan 18
            income_yuan yuan 18 group=year_income
            returned_yuan yuan 16 group=year_income
            current_outlay_yuan yuan 18 group=outlay
            outlay_yuan yuan 18 group=outlay label=cumulative_outlay
            execution_ratio ratio 13
            closing_yuan yuan 18
            unexplained_yuan yuan 18
        """),
        checks=("check_balance", "check_total", "check_cross"),
        chart=(("quota_yuan", REFERENCE), ("outlay_yuan", RESULT)),
        chart_label="fund_label",
    ),
    Form(
        code="J5-2",
        mart="mart_report_j5",
        columns=columns("""
            fund_label text 30
            outlay_yuan yuan 22 label=total_outlay
            claims_yuan yuan 22
            other_yuan yuan 22
            difference_yuan yuan 22 label=to_reconcile
        """),
        checks=("check_claims",),
        notes=("note_1", "note_2"),
    ),
    Form(
        code="J6",
        mart="mart_report_j6",
        columns=columns("""
            item_label text 30
            unit_name text 22
            previous_value number 18
            current_value number 18 label=this_period
            difference_value number 18 label=difference
        """),
        checks=("check_rows",),
        notes=("note_1", "note_2"),
    ),
    Form(
        code="J7",
        mart="mart_restatement",
        sql=RESTATED,
        columns=RESTATEMENT,
        notes=("note_1", "note_2"),
    ),
    Form(
        code="N1",
        mart="mart_target_progress",
        sql=SPANS,
        columns=columns("""
            line_label text 32
            unit_of_measure text 15
            target_value line 16 label=span_target
            cell_* line 15 group=years
            actual_value line 16 label=span_total
            completion_ratio ratio 15
            state_label text 15
            clause text 14
        """),
        beside=("mart_indicator",),
        notes=("note_1", "note_2"),
    ),
    Form(
        code="N2",
        mart="mart_report_cross",
        sql=INSTITUTIONS,
        columns=columns("""
            member_label text 40 label=institution
            institution_kind_label text 20
            cell_classes number 12
            cell_completed number 14 label=completed_trainings
            cell_certified number 14 label=person_times_certified
            cell_certificate_rate ratio 14 label=certificate_rate
            cell_employed number 14
            satisfaction_rate ratio 15
        """),
        checks=("check_total",),
        beside=("mart_indicator", "dim_institution"),
    ),
    Form(
        code="N3",
        mart="mart_report_j1",
        sql=SERIES,
        columns=columns("""
            line_label text 32
            unit_of_measure text 16
            cell_* line 20 group=years
        """),
        notes=("note_1", "note_2"),
    ),
    Form(
        code="N5",
        mart="mart_restatement",
        sql=RESTATED,
        columns=RESTATEMENT,
        notes=("note_1", "note_2"),
    ),
    Form(
        code="C1",
        mart="mart_target_progress",
        sql=PROGRESS,
        columns=columns("""
            line_label text 28
            breakdown_label text 21
            period_label text 20
            unit_of_measure text 12
            target_value line 12 label=target_only
            actual_value line 12
            completion_ratio ratio 14
            time_progress_ratio ratio 13
            shortfall line 12
            state_label text 14
            forecast_value line 12 group=forecast
            forecast_range text 22 group=forecast
            back_test_error_ratio ratio 13 group=forecast
            clause text 16
        """),
        beside=("mart_target_forecast",),
        notes=("note_1", "note_2", "note_3", "note_4"),
    ),
    Form(
        code="C2",
        mart="mart_report_j2",
        sql=UNIT_PROGRESS,
        columns=columns("""
            line_no text 6
            unit_name text 20
            span_target_value number 13 group=span label=target_only
            span_actual_value number 13 group=span label=cumulative_value
            span_completion_ratio ratio 13.5 group=span label=completion_ratio
            target_value number 13 group=this_year label=target_only
            current_value number 13 group=this_year
            cumulative_value number 13 group=this_year
            completion_ratio ratio 13.5 group=this_year
            time_gap_ratio points 14 group=this_year
            pace_label text 12
            forecast_value number 13 group=forecast
            forecast_range text 20 group=forecast
            back_test_error_ratio ratio 11 group=forecast
            in_charge text 11
        """),
        beside=("mart_report_c2", "mart_target_progress", "mart_target_forecast"),
        notes=("note_1", "note_2", "note_3", "note_4"),
        checks=("check_total",),
        chart=(("target_value", REFERENCE), ("cumulative_value", RESULT)),
        chart_label="unit_name",
    ),
    Form(
        code="D1",
        mart="mart_report_d1",
        columns=columns("""
            line_no text 6
            institution_name text 23
            occupation_name text 15
            class_id text 17
            subsidy_label text 18
            mode_label text 9
            total_lessons number 10
            enrolled_count number 12.5 group=heads
            completed_count number 12.5 group=heads
            certified_count number 12.5 group=heads
            approved_headcount number 12.5 group=heads
            standard_yuan yuan 12
            paid_yuan yuan 15
            remark text 20
        """),
        checks=("check_total",),
    ),
    Form(
        code="F1",
        mart="mart_fund_reconciliation",
        order="leg",
        columns=columns("""
            leg_label text 30
            left_yuan yuan 20
            right_yuan yuan 20
            difference_yuan yuan 20
            explained_yuan yuan 20
        """),
    ),
)

FORMS = {form.code: form for form in (*_FORMS, *REVIEW_FORMS)}
STATISTICS = ("J1", "J2", "J3", "J4", "J5", "J5-2", "J6")
KINDS = {
    "quarterly": (*STATISTICS, "J7"),
    "annual": (*STATISTICS, "N1", "N2", "N3", "N5"),
    "targets": ("C2", "C1"),
    "funds": ("D1", "J5", "J5-2", "F1"),
    "review": ("E1", "E1-2", "E2", "E3", "E4", "E4-2", "E4-3"),
}
