"""The report forms: which mart each prints, its columns and headers, in the order they are printed.

Belongs here: layout as data. Not here: any figure; a form prints rows of its mart as they are, totals included.
"""

from __future__ import annotations

from dataclasses import dataclass

# Results in blue; what they are held against in grey.
RESULT, REFERENCE = "#2B6CB0", "#A0AEC0"


@dataclass(frozen=True)
class Column:
    """One printed column. `kind`: text, number, line (the row's own unit of measure), ratio, points, yuan."""

    field: str
    kind: str
    width: float
    group: str | None = None
    label: str | None = None

    @property
    def label_key(self) -> str:
        return f"column.{self.label or self.field}"

    @property
    def is_text(self) -> bool:
        return self.kind == "text"


@dataclass(frozen=True)
class Form:
    """One form: the mart it prints, columns, notes, checks, and (field, colour) of what its chart compares."""

    code: str
    mart: str
    columns: tuple[Column, ...]
    order: str = "line_no"
    # Where rows stand for several rows of the mart side by side: a SELECT on it, $1 the unit, $2 the period.
    sql: str = ""
    checks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ("note_1", "note_2", "note_3")
    chart: tuple[tuple[str, str], ...] = ()
    chart_label: str = ""

    def text_key(self, what: str) -> str:
        return f"table.{self.code.lower()}.{what}"


J1 = Form(
    code="J1",
    mart="mart_report_j1",
    columns=(
        Column("line_label", "text", 24),
        Column("code", "text", 26),
        Column("unit_of_measure", "text", 12),
        Column("current_value", "line", 19, "completed"),
        Column("cumulative_value", "line", 19, "completed"),
        Column("previous_year_value", "line", 19, "comparison"),
        Column("change_ratio", "ratio", 11, "comparison"),
        Column("target_value", "line", 13, "annual", "target_only"),
        Column("completion_ratio", "ratio", 12, "annual"),
    ),
    checks=("check_order", "check_cumulative"),
    chart=(("current_value", RESULT), ("previous_year_value", REFERENCE)),
    chart_label="line_label",
)
J2 = Form(
    code="J2",
    mart="mart_report_j2",
    columns=(
        Column("line_no", "text", 6),
        Column("unit_name", "text", 20),
        Column("target_value", "number", 13, "person_times"),
        Column("current_value", "number", 13, "person_times"),
        Column("cumulative_value", "number", 13, "person_times"),
        Column("completion_ratio", "ratio", 12, "person_times"),
        Column("time_gap_ratio", "points", 15, "person_times"),
        Column("pass_rate", "ratio", 12, "quality"),
        Column("employment_rate", "ratio", 12, "quality"),
        Column("subsidy_yuan", "yuan", 18),
    ),
    checks=("check_total", "check_cross"),
    chart=(("target_value", REFERENCE), ("cumulative_value", RESULT)),
    chart_label="unit_name",
)

# One line per member of three breakdowns, after the line of the whole: values of mart_indicator side by side.
BREAKDOWNS = """
select
    dimension, member, dimension = 'all' as is_total,
    max(value) filter (indicator_code = 'person_times') as person_times,
    max(value) filter (indicator_code = 'person_times_certified') as person_times_certified,
    max(value) filter (indicator_code = 'certificate_rate') as certificate_rate,
    max(value) filter (indicator_code = 'pass_rate') as pass_rate,
    max(value) filter (indicator_code = 'employment_rate') as employment_rate,
    max(value) filter (indicator_code = 'person_times_paid') as person_times_paid
from marts.mart_indicator
where reporting_unit = $1 and period = $2 and dimension in ('all', 'training_type', 'trainee_category', 'skill_level')
group by dimension, member
having person_times is not null
order by list_position(['all', 'training_type', 'trainee_category', 'skill_level'], dimension), member
"""
J3 = Form(
    code="J3",
    mart="mart_indicator",
    sql=BREAKDOWNS,
    columns=(
        Column("dimension_label", "text", 18),
        Column("member_label", "text", 26),
        Column("person_times", "number", 15, label="completed_trainings"),
        Column("person_times_certified", "number", 15),
        Column("certificate_rate", "ratio", 13),
        Column("pass_rate", "ratio", 13),
        Column("employment_rate", "ratio", 13),
        Column("person_times_paid", "number", 15),
    ),
    checks=("check_types",),
)
J5 = Form(
    code="J5",
    mart="mart_fund_position",
    order="fund_source",
    columns=(
        Column("fund_label", "text", 28),
        Column("opening_yuan", "yuan", 18),
        Column("income_yuan", "yuan", 18, "flows"),
        Column("returned_yuan", "yuan", 16, "flows"),
        Column("outlay_yuan", "yuan", 18, "flows"),
        Column("closing_yuan", "yuan", 18),
        Column("execution_ratio", "ratio", 12),
        Column("unexplained_yuan", "yuan", 16),
    ),
    checks=("check_balance",),
)

# Targets whose period lies in the years of $2 or covers them, the newest version of each plan.
PROGRESS = """
select *
from marts.mart_target_progress
where reporting_unit = $1 and left(period, 4) <= right(regexp_replace($2, 'Q.$', ''), 4)
    and right(regexp_replace(period, 'Q.$', ''), 4) >= left($2, 4)
qualify plan_version = max(plan_version) over (partition by indicator_code, period, breakdown)
order by indicator_code <> 'person_times', indicator_code, period like '%-%', period, breakdown
"""
C1 = Form(
    code="C1",
    mart="mart_target_progress",
    sql=PROGRESS,
    columns=(
        Column("line_label", "text", 28),
        Column("breakdown_label", "text", 22),
        Column("period_label", "text", 14),
        Column("unit_of_measure", "text", 10),
        Column("target_value", "line", 14, label="target_only"),
        Column("actual_value", "line", 14),
        Column("completion_ratio", "ratio", 11),
        Column("time_progress_ratio", "ratio", 11),
        Column("shortfall", "line", 14),
        Column("state_label", "text", 11),
        Column("clause", "text", 13),
    ),
)
F1 = Form(
    code="F1",
    mart="mart_fund_reconciliation",
    order="leg",
    columns=(
        Column("leg_label", "text", 30),
        Column("left_yuan", "yuan", 20),
        Column("right_yuan", "yuan", 20),
        Column("difference_yuan", "yuan", 20),
        Column("explained_yuan", "yuan", 20),
    ),
)

FORMS = {form.code: form for form in (J1, J2, J3, J5, C1, F1)}
STATISTICS = ("J1", "J2", "J3", "J5")
KINDS = {"quarterly": STATISTICS, "annual": STATISTICS, "targets": ("C1",), "funds": ("J5", "F1")}


def is_total(row: dict) -> bool:
    """Whether a row of a form is its printed total: the line that belongs to no single unit."""
    return bool(row.get("is_total")) or "unit_code" in row and row["unit_code"] in (None, "", "total", "all")
