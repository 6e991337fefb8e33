"""`trace`: the rows it names come to the published figure, on both sides, for every indicator of the code list."""

import pytest

from orchestration.errors import UsageError
from orchestration.figures.indicators import indicator_definitions
from orchestration.figures.trace import NoSuchTrace, trace
from orchestration.figures.trace_form import trace_cell
from orchestration.figures.trace_line import is_line, trace_line

CODES = [item["code"] for _, item in indicator_definitions()]
LINES = ["classes_started", "enrolled", "trained", "passed", "employed"]


def side(figure: dict, name: str) -> float:
    """What is published on one side; a quantile is told as the value alone."""
    told = figure[name] if figure[name] is not None or name == "denominator" else figure["value"]
    return float(told or 0)


@pytest.mark.parametrize("code", CODES + LINES)
@pytest.mark.parametrize("period", ["2021Q2", "2019-2021"])
def test_rows_come_to_both_sides_of_the_published_figure(bureau, code, period):
    if code in LINES and period == "2019-2021":
        period = "2021"  # forms are printed by quarter and year
    found = trace(bureau.settings, code, unit="500103", period=period)
    assert "denominator" in found["sides"] or found["figure"]["denominator"] is None
    for name, behind in found["sides"].items():
        assert float(behind["rows_come_to"] or 0) == pytest.approx(side(found["figure"], name)), name
        assert bool(behind["rows"]) or not side(found["figure"], name)


@pytest.mark.parametrize(
    ("code", "breakdown"),
    [
        ("person_times", "sex=female"),
        ("person_times", "skill_level=none"),
        ("persons", "trainee_category=rural_worker"),
        ("pass_rate", "training_type=job_skills"),
        ("unit_cost_per_job_yuan", "delivery_mode=offline"),
        ("execution_rate", "fund_source=employment_fund"),
        ("employment_rate", "cumulative=all"),
        ("execution_rate", "cumulative=all"),
    ],
)
def test_a_breakdown_takes_the_members_rows_only(bureau, code, breakdown):
    dimension, member = breakdown.split("=")
    sql = f"SELECT max(period) FROM marts.mart_indicator WHERE indicator_code = '{code}' AND dimension = '{dimension}'"
    ((period,),) = bureau.query(f"{sql} AND member = '{member}' AND value > 0 AND period LIKE '20__'")
    found = trace(bureau.settings, code, unit="500103", period=period, breakdown=breakdown)
    for name, behind in found["sides"].items():
        assert float(behind["rows_come_to"]) > 0
        assert float(behind["rows_come_to"]) == pytest.approx(side(found["figure"], name)), name


def test_the_municipality_takes_its_districts_rows(bureau):
    district = trace(bureau.settings, "person_times", unit="500103", period="2021")
    city = trace(bureau.settings, "person_times", unit="500000", period="2021")
    assert city["rows"] == district["rows"]


def test_every_row_says_where_it_stood_and_each_row_is_told_once(bureau):
    found = trace(bureau.settings, "certificate_rate", unit="500103", period="2021Q2")
    places = [(row["file_name"], row["sheet"], row["row_no"], row["submission_id"]) for row in found["rows"]]
    assert len(set(places)) == len(places) == found["figure"]["denominator"]
    assert sum(row["in_numerator"] for row in found["rows"]) == found["figure"]["numerator"]
    assert all(row["submission_id"] and row["file_name"] and row["row_no"] >= 1 for row in found["rows"])


def test_a_target_is_told_with_the_row_that_set_it(bureau):
    (target, *_) = trace(bureau.settings, "person_times", unit="500103", period="2021")["targets"]
    assert target["target_value"] > 0 and target["file_name"] and target["row_no"] >= 1


@pytest.mark.parametrize(("code", "period"), [("no_such", "2021"), ("person_times", "2031")])
def test_a_figure_that_is_not_there_is_refused(bureau, code, period):
    with pytest.raises(NoSuchTrace):
        trace(bureau.settings, code, unit="500103", period=period)


FORMS = {
    "J3": ("mart_report_cross", "row_member", ["all", "female", "other", "rural_worker"]),
    "J4": ("mart_report_cross", "row_member", ["all", "5", "none", "certified", "certificate_rate"]),
    "N2": ("mart_report_cross", "row_member", ["completed", "certified", "employed", "classes", "certificate_rate"]),
    "J5": ("mart_report_j5", "coalesce(fund_source, 'all')",
           ["opening_yuan", "quota_yuan", "income_yuan", "returned_yuan", "current_outlay_yuan", "outlay_yuan", "claims_yuan",
            "other_yuan", "closing_yuan"]),
    "J6": ("mart_report_j6", "item", ["current_value"]),
    "D1": ("mart_report_d1", "case when is_total then 'all' else concat(class_id, '/', subsidy_kind) end", ["paid_yuan"]),
    "C2": ("mart_report_c2", "coalesce(unit_code, 'all')", ["current_value", "cumulative_value"]),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("unit", ["500103", "500000"])
def test_rows_come_to_the_printed_cells_of_the_other_forms(bureau, form, unit):
    """The total line and the first and last other line, every column, both sides of a rate."""
    mart, named, asked = FORMS[form]
    period = "202105" if form == "C2" else "2021Q2"
    where = f"reporting_unit = '{unit}' and period = '{period}'" + (f" and form = '{form}'" if "cross" in mart else "")
    (lines,) = bureau.query(
        f"SELECT list(DISTINCT line ORDER BY line) FROM (SELECT {named} AS line FROM marts.{mart} WHERE {where})"
    )
    for line in dict.fromkeys([*lines[0][:1], *lines[0][-1:], *({"all"} & set(lines[0]))]):
        printed = 0
        for column in asked:
            try:
                found = trace_cell(bureau.settings, form, unit=unit, period=period, line=line, column=column)
            except NoSuchTrace:
                continue  # nobody of the line is in this column: it is printed as a dash
            printed += 1
            come_to = [float(side["rows_come_to"] or 0) for side in found["sides"].values()]
            value = come_to[0] / come_to[1] if len(come_to) == 2 else come_to[0]
            assert value == pytest.approx(found["figure"]["value"]), (line, column)
            assert all(row["submission_id"] and row["file_name"] for row in found["rows"]), (line, column)
        assert printed, line


@pytest.mark.parametrize(
    ("form", "line", "column"), [("J3", "no_such", "all"), ("J5", "all", "unexplained_yuan"), ("J5", "all", "no_such")]
)
def test_a_cell_that_is_not_there_or_is_reckoned_from_others_is_refused(bureau, form, line, column):
    with pytest.raises(NoSuchTrace):
        trace_cell(bureau.settings, form, unit="500103", period="2021Q2", line=line, column=column)


# form, line, column, period; what the form prints there
LINES_OF_FORMS = [
    ("J1", "enrolled", "cumulative_value", "2021Q2", "mart_report_j1", "code = 'enrolled'"),
    ("J1", "person_times", "previous_year_value", "2021Q2", "mart_report_j1", "code = 'person_times'"),
    ("J2", "500103", "pass_rate", "2021Q2", "mart_report_j2", "unit_code = '500103'"),
    ("J2", "all", "subsidy_yuan", "2021Q2", "mart_report_j2", "unit_code is null"),
    ("C2", "all", "cumulative_value", "2021Q2", "mart_report_j2", "unit_code is null"),
    ("C1", "person_times", "actual_value", "2021", "mart_target_progress",
     "indicator_code = 'person_times' and breakdown = '' and is_latest_version"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "line", "column", "period", "mart", "where"), LINES_OF_FORMS)
def test_a_cell_that_is_an_indicator_is_traced_by_line_and_column(bureau, form, line, column, period, mart, where):
    assert is_line(form, period, column)
    found = trace_line(bureau.settings, form, unit="500103", period=period, line=line, column=column)
    sql = f"SELECT {column} FROM marts.{mart} WHERE reporting_unit = '500103' AND period = '{period}' AND {where}"
    assert found["figure"]["value"] == pytest.approx(float(bureau.query(sql)[0][0]))
    for name, behind in found["sides"].items():
        assert float(behind["rows_come_to"] or 0) == pytest.approx(side(found["figure"], name))


def test_a_year_of_a_series_and_the_satisfaction_of_an_institution_are_traced(bureau):
    year = trace_line(bureau.settings, "N3", unit="500103", period="2021", line="person_times", column="2020")
    assert (year["figure"]["period"], len(year["rows"])) == ("2020", year["figure"]["value"])
    assert is_line("N2", "2021", "satisfaction_rate") and not is_line("N2", "2021", "completed")
    found = trace_line(bureau.settings, "N2", unit="500103", period="2021", line="all", column="satisfaction_rate")
    assert found["figure"]["indicator_code"] == "satisfaction_rate" and found["rows"]


def test_what_is_reckoned_or_not_frozen_is_refused_with_what_to_ask_instead(bureau):
    with pytest.raises(UsageError, match="cumulative_value"):
        trace_line(bureau.settings, "J1", unit="500103", period="2021Q2", line="enrolled", column="change_ratio")
    with pytest.raises(UsageError, match="尚未定稿"):
        trace_line(bureau.settings, "J7", unit="500103", period="2021Q1", line="enrolled", column="frozen_value")
    with pytest.raises(UsageError, match="--column"):
        trace(bureau.settings, "J1", unit="500103", period="2021Q2")
    with pytest.raises(UsageError, match="指标按代码追溯"):
        trace_cell(bureau.settings, "E3", unit="500103", period="2021", line="all", column="value")
