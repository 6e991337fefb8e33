"""Synthetic rows of the marts that only reports print, and their columns. Not here: J1 and J2 (`rows_of_statistics`)."""

from __future__ import annotations

from decimal import Decimal

from tests.browser.rows_of_facts import INSTITUTIONS, UNIT

PERIODS = ("2021Q2", "2021")
YUAN = "decimal(18,2)"
TABLES = {
    "mart_report_cross": """reporting_unit varchar, period varchar, form varchar, row_member varchar, row_label varchar,
        column_member varchar, value double""",
    "mart_report_j5": f"""reporting_unit varchar, period varchar, line_no integer, fund_source varchar, opening_yuan {YUAN},
        quota_yuan {YUAN}, income_yuan {YUAN}, returned_yuan {YUAN}, current_outlay_yuan {YUAN}, outlay_yuan {YUAN},
        claims_yuan {YUAN}, other_yuan {YUAN}, difference_yuan {YUAN}, closing_yuan {YUAN}, unexplained_yuan {YUAN},
        execution_ratio double""",
    "mart_report_j6": """reporting_unit varchar, period varchar, line_no integer, item varchar, member_unit varchar,
        unit_name varchar, previous_value double, current_value double, difference_value double""",
    "mart_report_d1": f"""reporting_unit varchar, period varchar, line_no integer, is_total boolean, class_id varchar,
        institution_name varchar, occupation_name varchar, subsidy_kind varchar, delivery_mode varchar,
        total_lessons integer, enrolled_count bigint, completed_count bigint, certified_count bigint,
        approved_headcount bigint, cut_headcount bigint, cut_reason varchar, standard_yuan {YUAN}, claimed_yuan {YUAN},
        cut_yuan {YUAN}, paid_yuan {YUAN}""",
    "mart_fund_reconciliation": f"""leg varchar, reporting_unit varchar, period varchar, left_yuan {YUAN},
        right_yuan {YUAN}, difference_yuan {YUAN}, explained_yuan {YUAN}, unexplained_yuan {YUAN}""",
    "mart_report_c2": """reporting_unit varchar, period varchar, line_no integer, unit_code varchar, unit_name varchar,
        target_value double, current_value double, cumulative_value double, completion_ratio double,
        time_gap_ratio double, span_target_value double, span_actual_value double, span_completion_ratio double""",
    "mart_restatement": """period varchar, indicator_code varchar, reporting_unit varchar, dimension varchar,
        member varchar, frozen_value double, current_value double, difference double, unit_of_measure varchar,
        reason_zh varchar, reason_en varchar""",
}


def cross() -> list[tuple]:
    cells = {
        "J3": {
            ("job_skills", None): {"enterprise_employee": 2100, "rural_worker": 3400, "other": 900, "all": 6100, "female": 2950},
            ("upskilling", None): {"enterprise_employee": 4330, "veteran": 12, "all": 4330, "female": 1200},
            ("all", None): {"enterprise_employee": 6430, "rural_worker": 3400, "veteran": 12, "other": 900, "all": 10430,
                            "female": 4150},
        },
        "J4": {
            ("4-10-01-01", "婴幼儿发展引导员"): {"5": 5000, "4": 1430, "all": 6430, "certified": 6000,
                                          "certificate_rate": 6000 / 6430},
            ("保安员", "保安员"): {"none": 3500, "specific_ability": 500, "all": 4000, "certified": 3077,
                             "certificate_rate": 3077 / 4000},
            ("all", None): {"5": 5000, "4": 1430, "none": 3500, "specific_ability": 500, "all": 10430, "certified": 9077,
                            "certificate_rate": 9077 / 10430},
        },
        "N2": {
            ("all", None): {"classes": 30, "completed": 10430, "certified": 9077, "employed": 4210,
                            "certificate_rate": 9077 / 10430},
            **{(code, name): {"classes": 15, "completed": 5215, "certified": 4538, "employed": 2105,
                              "certificate_rate": 4538 / 5215} for code, name in list(INSTITUTIONS.items())[:2]},
        },
    }  # fmt: skip
    return [
        (UNIT, period, form, row, label, column, value)
        for period in PERIODS
        for form, rows in cells.items()
        for (row, label), columns in rows.items()
        for column, value in columns.items()
    ]


def c2() -> list[tuple]:
    """June 2021, one line and its total."""
    figures = (24100, 2210, 10430, 10430 / 24100, 10430 / 24100 - 181 / 365, 60200, 46800, 46800 / 60200)
    return [(UNIT, "202106", 1, UNIT, "渝中区", *figures), (UNIT, "202106", 2, None, "合计", *figures)]


def j5() -> list[tuple]:
    rows = []
    for period in PERIODS:
        for line, fund, part in ((1, "employment_fund", "0.2"), (2, "special_account", "0.8"), (3, None, "1")):
            share = Decimal(part)
            spent = Decimal("4743600.50") * share
            claims, other = spent - 200000 * share, 100000 * share
            rows.append((UNIT, period, line, fund, 9000000 * share, 8000000 * share, 6000000 * share, 12000 * share,
                         spent / 2, spent, claims, other, 100000 * share, 15012000 * share - spent, 0,
                         float(spent / (15012000 * share))))  # fmt: skip
    return rows


def j6() -> list[tuple]:
    counts = {"rows_read": 1200, "rows_not_data": 40, "rows_duplicate": 9, "rows_quarantined": 21, "rows_accepted": 1130,
              "rows_superseded": 5}  # fmt: skip
    return [
        (UNIT, period, line, item, UNIT, "渝中区", rows - 20, rows, 20)
        for period in PERIODS
        for line, (item, rows) in enumerate(counts.items(), 1)
    ]


def d1() -> list[tuple]:
    first = ("YZ2021-200", "甲职业培训学校", "育婴员", "training", "offline", 60, 31, 31, 31, 28, 3, "户籍不符", Decimal(500),
             Decimal(15500), Decimal(1500), Decimal(14000))  # fmt: skip
    second = (None, None, None, "on_the_job", None, None, None, None, None, 12, 0, None, Decimal(500), Decimal(6000),
              Decimal(0), Decimal(6000))  # fmt: skip
    total = (None,) * 12 + (None, Decimal(21500), Decimal(1500), Decimal(20000))
    return [
        (UNIT, period, line, line == 3, *row)
        for period in PERIODS
        for line, row in enumerate((first, second, total), 1)
    ]


def legs() -> list[tuple]:
    return [
        ("ledger_payment", UNIT, period, Decimal("4743600.50"), Decimal("4543600.50"), Decimal(200000), Decimal(100000),
         Decimal(100000))
        for period in PERIODS
    ]  # fmt: skip


def restated() -> list[tuple]:
    reason = ("补报或更正：培训花名册（渝中区，2021Q1）", "sent later: enrollments (500103, 2021Q1)")
    return [("2021Q1", "person_times", UNIT, "all", "all", 4080, 4100, 20, "person_times", *reason)]


ROWS = {
    "mart_report_cross": cross,
    "mart_report_j5": j5,
    "mart_report_j6": j6,
    "mart_report_d1": d1,
    "mart_fund_reconciliation": legs,
    "mart_restatement": restated,
    "mart_report_c2": c2,
}
